import type { Call } from './down/judge.ts';

/** Money that the cloud took from a customer. */
export interface Charge {
  /** orderNum of onlinePay, orderCode of orderPush. */
  readonly orderNum: string;
  readonly recordCode: string;
  readonly customer: string;
  readonly fen: number;
  readonly at: number;
  /** onlinePay and orderPush that told of it, in order of their ends. */
  readonly told: Call[];
  /** Given back, e.g. because the car park refused it. */
  refunded: boolean;
}

/** Whether the car park said that it took note. */
export const credited = ({ told }: Charge): boolean => told.some(({ ok }) => ok);

/** Orders and wallets. */
export class Charges {
  readonly all: Charge[] = [];
  readonly #wallets = new Map<string, number>();
  #made = 0;

  take(recordCode: string, customer: string, fen: number, at: number): Charge {
    this.#made += 1;
    const orderNum = `ORD${at}${String(this.#made).padStart(6, '0')}`;
    const charge: Charge = { orderNum, recordCode, customer, fen, at, told: [], refunded: false };
    this.all.push(charge);
    this.#wallets.set(customer, this.spent(customer) + fen);
    return charge;
  }

  /** The customer gets it back. */
  refund(charge: Charge): void {
    if (!charge.refunded) this.#wallets.set(charge.customer, this.spent(charge.customer) - charge.fen);
    charge.refunded = true;
  }

  /** What a customer paid in all, in fen. */
  spent(customer: string): number {
    return this.#wallets.get(customer) ?? 0;
  }

  of(recordCode: string): Charge[] {
    return this.all.filter((charge) => charge.recordCode === recordCode && !charge.refunded);
  }
}
