/** 无感 as the bank holds it for a plate, or as the car park was told. */
export interface Binding {
  /** fen; what may be charged at once. */
  readonly limit: number;
}

/** direct: 非保付, the answer to AutoPay is the result. guaranteed: 保付, it releases the car and the bank sees to the rest. */
export type Mode = 'direct' | 'guaranteed';

export interface OwnerOptions {
  /** 无感 with this limit, or not at all. Nobody is told: `signsUp` and `cancels` tell. */
  readonly autopay?: Binding | null;
  /**
   * - `at-once`: AutoPay charges and answers 0; a scan is paid as soon as the fee is known.
   * - `later`: AutoPay is answered with "being worked on" and charged `delayMs` later; a scan is paid after `delayMs`.
   * - `declines`: AutoPay is refused, a scan is not paid.
   * - `never`: as `later`, but it never comes.
   *
   * Guaranteed, AutoPay is answered 0 for all of them but `declines`, and only the completion is at once, later or never.
   */
  readonly pays?: 'at-once' | 'later' | 'never' | 'declines';
  readonly delayMs?: number;
  /** `status` of a refused AutoPay; 1 without it. */
  readonly declineStatus?: number;
  /** When the `pay` push of an AutoPay comes: before the answer to it, after, twice, or not at all. */
  readonly echo?: 'before' | 'after' | 'never' | 'twice';
  readonly echoDelayMs?: number;
  /** Which number the echo has as its `order`. */
  readonly echoOrder?: 'channel' | 'request' | 'other';
  /** The bank's own without it. */
  readonly mode?: Mode;
  /** How the car park learns of 无感 at the entry: in the answer to Indata, by autoPayBind, both, or not. */
  readonly announces?: 'answer' | 'push' | 'both' | 'none';
}

type Habits = Required<Omit<OwnerOptions, 'autopay' | 'mode'>> & { readonly mode: Mode | undefined };

const USUAL: Habits = {
  ...{ pays: 'at-once', delayMs: 0, declineStatus: 1, mode: undefined, announces: 'answer' },
  ...{ echo: 'after', echoDelayMs: 0, echoOrder: 'channel' },
};

/** What the bank holds of one plate, and what the car park may believe about it. */
export class Account {
  readonly plate: string;
  binding: Binding | null = null;
  /** 无感支付配置序列号, of the binding in force. */
  serialNo = '';
  habits: Habits = USUAL;
  /** What the car park may go by: the last that it heard for certain, and all it was told since. */
  #told: (Binding | null)[] = [null];

  constructor(plate: string) {
    this.plate = plate;
  }

  set({ autopay, ...habits }: OwnerOptions): void {
    if (autopay !== undefined) this.binding = autopay;
    this.habits = { ...this.habits, ...habits };
  }

  /** Whoever heard it goes by it alone; whoever may not have heard may still go by the earlier. */
  told(binding: Binding | null, heard: boolean): void {
    this.#told = heard ? [binding] : [...this.#told, binding];
  }

  /** What forbids this amount by everything that the car park can have been told. */
  objection(amount: number): string | undefined {
    if (this.#told.every((binding) => binding === null)) return `${this.plate} is not 无感`;
    const most = Math.max(...this.#told.map((binding) => binding?.limit ?? 0));
    return amount > most ? `${amount} exceeds the limit ${most} of ${this.plate}` : undefined;
  }
}

/** Every plate has an account, empty until told otherwise. */
export class Accounts {
  readonly #accounts = new Map<string, Account>();

  of(plate: string): Account {
    const account = this.#accounts.get(plate) ?? new Account(plate);
    this.#accounts.set(plate, account);
    return account;
  }
}
