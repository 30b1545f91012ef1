import type { Timers } from '../timers.ts';
import type { Charge } from './charges.ts';
import { WALLETS } from './codes.ts';
import type { Call, CallOptions, Downlink } from './downlink.ts';
import type { State } from './state.ts';

/** How the third party tells of money that it took. */
export interface Telling {
  /** Tries until there is an answer. */
  tries: number;
  /** From one try to the next. */
  everyMs: number;
  /** So many more times although it was answered. */
  echoes: number;
}

/** PayParkingFee, told until it is answered; what is refused goes back to the customer. */
export class Conversations {
  readonly telling: Telling = { tries: 3, everyMs: 2_000, echoes: 0 };
  readonly #state: State;
  readonly #downlink: Downlink;
  readonly #timers: Timers;

  constructor(state: State, downlink: Downlink, timers: Timers) {
    this.#state = state;
    this.#downlink = downlink;
    this.#timers = timers;
    state.tell = (charge, afterMs) => timers.after(afterMs, () => this.tell(charge));
  }

  /** Tells once, as the options have it, and keeps what came of it. */
  async tellOnce(charge: Charge, options: CallOptions = {}, change: Partial<Charge> = {}): Promise<Call> {
    const { orderNo, amount, discount, freeMoney, freeTime, wallet } = { ...charge, ...change };
    const { payMethod } = WALLETS[wallet];
    const free = freeMoney > 0 || freeTime > 0;
    const freeDetail = free ? [{ type: 1, money: String(freeMoney), time: String(freeTime), code: 1_234_567 }] : '';
    const fields = { orderNo, amount, discount, payType: 4, payMethod, freeMoney, freeTime, freeDetail };
    const call = await this.#downlink.call('PayParkingFee', fields, options);
    if (charge.state === 'settled' || charge.state === 'refunded' || Object.keys(change).length > 0) return call;
    if (call.ok) charge.state = 'settled';
    else if (call.answer?.resCode === 1) this.refund(charge);
    else charge.state = 'unknown';
    return call;
  }

  /** Until it is answered, or the tries are over. */
  async tell(charge: Charge, options: CallOptions = {}): Promise<Call> {
    let call = await this.tellOnce(charge, options);
    for (let n = 1; n < this.telling.tries && charge.state === 'unknown'; n += 1) {
      await this.pause(this.telling.everyMs);
      call = await this.tellOnce(charge, options);
    }
    for (let n = 0; n < this.telling.echoes; n += 1) await this.tellOnce(charge, options);
    return call;
  }

  refund(charge: Charge): void {
    charge.state = 'refunded';
    this.#state.customers.refund(charge.customer, charge.amount);
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.#timers.after(ms, async () => resolve()));
  }
}
