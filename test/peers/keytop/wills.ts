import type { WalletKind } from './codes.ts';

/** What the third party will have with one plate (or card). */
export interface CarWill {
  /** Signed for seamless payment. */
  readonly signed: boolean;
  /** The most that is deducted at once, in fen; null is no limit. */
  readonly limitFen: number | null;
  /** `both`: both spellings; `unequal`: both, with different values; `none`: a row without either. */
  readonly spelling: 'densityMoney' | 'deductMoney' | 'both' | 'unequal' | 'none';
  /** Whether a deduction is refused with resCode 1. */
  readonly refuse: boolean;
  /** Added to what is answered, not to what is taken: an answer that says too much, or too little. */
  readonly answerFen: number;
  readonly wallet: WalletKind;
  readonly delayMs: number;
}

const USUAL: CarWill = {
  ...{ signed: false, limitFen: null, spelling: 'densityMoney', refuse: false, answerFen: 0 },
  ...{ wallet: 'wechat', delayMs: 0 },
};

/** Wishes of single cars over those of all. */
export class Wills {
  usual: CarWill = USUAL;
  readonly #own = new Map<string, Partial<CarWill>>();

  of(plate: string): CarWill {
    return { ...this.usual, ...this.#own.get(plate) };
  }

  set(plate: string, will: Partial<CarWill>): void {
    this.#own.set(plate, { ...this.#own.get(plate), ...will });
  }

  clear(plate: string): void {
    this.#own.delete(plate);
  }
}

/** What is answered to somebody who asks for a fee. */
export type FeeWill =
  /** Fen, as a number or as a text. */
  | { readonly kind: 'fen'; readonly fen: number; readonly as?: 'number' | 'string' }
  | { readonly kind: 'refuse'; readonly resMsg?: string }
  /** A row without payMoney. */
  | { readonly kind: 'missing' };

/** What a customer lets happen to a scanned code. */
export type ScanWill =
  /** Pays; the car park is told after `ms`. */
  | { readonly kind: 'pay'; readonly afterMs?: number }
  /** resCode 1. */
  | { readonly kind: 'refuse' }
  /** resCode 0, and nothing ever comes of it. */
  | { readonly kind: 'silent' };

/** Somebody with a wallet. */
export interface Customer {
  readonly name: string;
  wallet: WalletKind;
  balanceFen: number;
  scan: ScanWill;
}
