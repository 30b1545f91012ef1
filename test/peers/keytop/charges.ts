import type { WalletKind } from './codes.ts';
import type { Deduction } from './stays.ts';

/** Money that the third party took from somebody for parking. */
export interface Charge {
  /** The third party's own number. */
  readonly platformOrder: string;
  /** The car park's; empty for seamless payment. */
  readonly orderNo: string;
  readonly via: 'app' | 'qr' | 'scan' | 'seamless';
  readonly plate: string;
  readonly card: string;
  /** Entry of the stay, if it was known. */
  readonly enteredAt: number | null;
  readonly amount: number;
  readonly discount: number;
  readonly freeMoney: number;
  readonly freeTime: number;
  readonly wallet: WalletKind;
  readonly customer: string;
  readonly at: number;
  readonly deduction: Deduction | null;
  /**
   * `open`: the car park has not been told · `settled`: it said 0 · `refunded`: it said 1, and the customer has the money
   * back · `reversed`: by PostCarCorrect · `unknown`: it was told, and nobody knows what it made of it.
   */
  state: 'open' | 'settled' | 'refunded' | 'reversed' | 'unknown';
}

export type NewCharge = Omit<Charge, 'state' | 'deduction' | 'discount' | 'freeMoney' | 'freeTime'> &
  Partial<Pick<Charge, 'deduction' | 'discount' | 'freeMoney' | 'freeTime'>>;

/** All money that ever was taken. */
export class Charges {
  readonly all: Charge[] = [];

  take(charge: NewCharge): Charge {
    const taken: Charge = {
      ...{ discount: 0, freeMoney: 0, freeTime: 0, deduction: null, state: 'open' },
      ...charge,
    };
    this.all.push(taken);
    return taken;
  }

  of(orderNo: string): Charge[] {
    return this.all.filter((charge) => charge.orderNo === orderNo);
  }

  /** What the third party keeps in the end. */
  get kept(): Charge[] {
    return this.all.filter(({ state }) => state === 'settled' || state === 'unknown' || state === 'open');
  }
}
