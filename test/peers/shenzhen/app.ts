import type { Charge, Charges } from './charges.ts';
import type { Calls } from './down/calls.ts';
import { type Coupon, CouponMaker } from './down/coupons.ts';
import type { Ask } from './down/downlink.ts';
import type { Call, CallOptions } from './down/judge.ts';
import type { JsonObject } from './json.ts';

/** How the car park learns of a payment. */
export type Order = 'online-first' | 'order-first' | 'both-at-once' | 'online-only' | 'order-only';

export interface PayOptions {
  readonly customer?: string;
  readonly coupons?: readonly Coupon[];
  readonly order?: Order;
  /** Tells it so many times more, under new requestIds. */
  readonly repeat?: number;
  /** Awaited between the money and its telling, e.g. to let the car leave. */
  readonly late?: () => Promise<unknown> | undefined;
  /** Charged instead of needPay. */
  readonly fen?: number;
  /** How feeQuery, onlinePay and orderPush are written. */
  readonly options?: CallOptions;
  /** Other fields of orderPush. */
  readonly push?: JsonObject;
}

export interface Payment {
  readonly quote: Call;
  /** Null if nothing was owed, or the question failed. */
  readonly charge: Charge | null;
  /** What told of it, in order of sending. */
  readonly told: readonly Call[];
}

type Way = 'onlinePay' | 'orderPush';
const WAYS: Readonly<Record<Order, readonly Way[]>> = {
  ...{ 'online-first': ['onlinePay', 'orderPush'], 'order-first': ['orderPush', 'onlinePay'] },
  ...{ 'both-at-once': ['onlinePay', 'orderPush'], 'online-only': ['onlinePay'], 'order-only': ['orderPush'] },
};

/** The phones of those who park: they ask what it costs, and pay. */
export class App {
  readonly coupons = new CouponMaker();
  readonly charges: Charges;
  readonly #cloud: Calls;

  constructor(cloud: Calls, charges: Charges) {
    this.#cloud = cloud;
    this.charges = charges;
  }

  /** feeQuery, the money, and onlinePay or orderPush or both. */
  async pay(recordCode: string, how: PayOptions = {}): Promise<Payment> {
    const { customer = '王', coupons, order = 'online-first', repeat = 0, late, options = {} } = how;
    const quote = await this.#cloud.feeQuery(recordCode, coupons, options);
    const fen = how.fen ?? Number(quote.answer?.data['needPay'] ?? 0);
    if (!quote.ok || fen <= 0) return { quote, charge: null, told: [] };
    const charge = this.charges.take(recordCode, customer, fen, this.#cloud.state.now());
    await late?.();
    const told: Call[] = [];
    for (let time = 0; time <= repeat; time += 1) told.push(...(await this.tell(charge, order, options, how.push)));
    return { quote, charge, told };
  }

  /** Tells of a charge, once more if it was told before. */
  async tell(
    charge: Charge,
    order: Order = 'online-first',
    options: CallOptions = {},
    push: JsonObject = {},
  ): Promise<Call[]> {
    const asks = WAYS[order].map((way) => this.#ask(way, charge, options, push));
    const told: Call[] = [];
    if (order === 'both-at-once') told.push(...(await this.#cloud.downlink.together(asks)));
    else for (const { name, fields } of asks) told.push(await this.#cloud.downlink.call(name, fields, options));
    charge.told.push(...told);
    return told;
  }

  /** Tells once more of everything that nobody acknowledged. */
  async settle(order: Order = 'online-first'): Promise<Charge[]> {
    const open = this.charges.all.filter(({ told, refunded }) => !refunded && !told.some(({ ok }) => ok));
    for (const charge of open) await this.tell(charge, order);
    return open;
  }

  #ask(way: Way, { orderNum, recordCode, fen }: Charge, options: CallOptions, push: JsonObject): Ask {
    const fields =
      way === 'onlinePay'
        ? { orderNum, recordCode, payStatus: 1 }
        : this.#cloud.orderFields({ ...push, orderCode: orderNum, recordCode, fen });
    return { name: way, fields, options };
  }
}
