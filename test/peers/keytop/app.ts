import type { Charge } from './charges.ts';
import type { Conversations } from './conversations.ts';
import type { Call, CallOptions, Downlink } from './downlink.ts';
import { numberOf, textOf } from './json.ts';
import type { State } from './state.ts';
import { momentOf } from './wire-time.ts';

export interface PayOptions {
  readonly customer?: string;
  /** Fen instead of what is due after coupons. */
  readonly amount?: number;
  readonly discount?: number;
  /** Coupons: fen, and minutes (which the car park turns into money; `amount` then says what is left). */
  readonly freeMoney?: number;
  readonly freeTime?: number;
  /** How it is told. */
  readonly options?: CallOptions;
  /** Takes the money and does not tell. */
  readonly silent?: boolean;
}

/** What came of a payment. */
export interface Paid {
  readonly bill: Call | null;
  readonly charge: Charge | null;
  readonly payment: Call | null;
  readonly status: Call | null;
}

type Key = { readonly plateNo?: string; readonly cardNo?: string; readonly deviceCode?: string };

/** The app or mini-program in the customers' hands. */
export class App {
  readonly #state: State;
  readonly #downlink: Downlink;
  readonly #conversations: Conversations;

  constructor(state: State, downlink: Downlink, conversations: Conversations) {
    this.#state = state;
    this.#downlink = downlink;
    this.#conversations = conversations;
  }

  /** Asks for the bill, takes the money, tells it and asks whether it was believed. */
  async prepay(key: Key, pay: PayOptions = {}): Promise<Paid> {
    const bill = await this.#downlink.call('GetParkingPaymentInfo', key, pay.options);
    if (!bill.row) return { bill, charge: null, payment: null, status: null };
    const charge = this.charge(bill, pay);
    if (pay.silent) return { bill, charge, payment: null, status: null };
    const payment = await this.#conversations.tell(charge, pay.options);
    const status = await this.#downlink.call('GetPaymentStatus', { orderNo: charge.orderNo }, pay.options);
    return { bill, charge, payment, status };
  }

  /** Takes the money of a bill without telling of it. */
  charge(
    { row, fields }: Call,
    { customer = 'app', amount, discount = 0, freeMoney = 0, freeTime = 0 }: PayOptions = {},
  ): Charge {
    if (!row) throw new Error('no bill');
    const payer = this.#state.customers.of(customer);
    const due = Math.max(0, numberOf(row, 'payable') - discount - freeMoney);
    const taken = amount ?? due;
    if (!this.#state.customers.pay(payer, taken)) throw new Error(`${customer} has no ${taken} fen`);
    return this.#state.charges.take({
      ...{ platformOrder: `A${this.#state.next()}`, orderNo: textOf(row, 'orderNo'), via: 'app' },
      ...{ plate: textOf(row, 'plateNo'), card: textOf(row, 'cardNo') || textOf(fields, 'cardNo') },
      ...{ enteredAt: momentOf(textOf(row, 'entryTime')), amount: taken, discount, freeMoney, freeTime },
      ...{ wallet: payer.wallet, customer, at: this.#state.now() },
    });
  }

  /** A customer scans the code that GetPayQRCode gave, and pays. */
  async payQr(
    qrcode: string,
    { customer = 'qr', amount, options, silent, discount = 0, freeMoney = 0, freeTime = 0 }: PayOptions = {},
  ): Promise<Paid> {
    const offer = this.#state.offers.get(qrcode);
    if (!offer) throw new Error(`nobody gave the code ${qrcode}`);
    const payer = this.#state.customers.of(customer);
    const taken = amount ?? Math.max(0, offer.amount - discount - freeMoney);
    if (!this.#state.customers.pay(payer, taken)) throw new Error(`${customer} has no ${taken} fen`);
    const { orderNo, plate, card, platformOrder } = offer;
    const stay = this.#state.stays.inside(plate, card);
    const charge = this.#state.charges.take({
      ...{ platformOrder, orderNo, via: 'qr', plate, card, enteredAt: stay?.enteredAt ?? null },
      ...{ amount: taken, discount, freeMoney, freeTime, wallet: payer.wallet, customer, at: this.#state.now() },
    });
    const payment = silent ? null : await this.#conversations.tell(charge, options);
    return { bill: null, charge, payment, status: null };
  }

  /** Tells of a charge as a badly behaved callback would: again, late, with another amount. Changes nothing on this side. */
  retell(charge: Charge, change: Partial<Charge> = {}, options: CallOptions = {}): Promise<Call> {
    return this.#conversations.tellOnce(charge, options, change);
  }

  /** Tells of a charge for the first time, or as one whose outcome is unknown. */
  tell(charge: Charge, options: CallOptions = {}): Promise<Call> {
    return this.#conversations.tell(charge, options);
  }

  /** Tells of everything that is open or unknown. */
  async settle(options: CallOptions = {}): Promise<void> {
    for (const charge of this.#state.charges.all)
      if (charge.via !== 'seamless' && (charge.state === 'unknown' || charge.state === 'open'))
        await this.#conversations.tell(charge, options);
  }

  /** A card for a customer without a plate: longer than 12 characters. */
  openId(name: string): string {
    return `o${Buffer.from(name).toString('hex').padEnd(27, '0').slice(0, 27)}`;
  }

  /** The mini-program at an entrance or exit: the lane knows which it is. */
  async scanLane(
    name: string,
    deviceCode: string,
    options: CallOptions & { readonly deviceType?: number } = {},
  ): Promise<Call> {
    const { deviceType = 0, ...how } = options;
    return this.#downlink.call('OnlineCarInOut', { deviceCode, deviceType, cardNo: this.openId(name) }, how);
  }

  /** At an exit: the bill of the card, its payment, then the gate. */
  async leave(name: string, deviceCode: string, pay: PayOptions = {}): Promise<Paid & { readonly gate: Call | null }> {
    const bill = await this.#downlink.call('GetParkingPaymentInfo', { cardNo: this.openId(name) }, pay.options);
    if (!bill.row) return { bill, charge: null, payment: null, status: null, gate: null };
    const isFree = numberOf(bill.row, 'payable') === 0;
    const charge = isFree ? null : this.charge(bill, { customer: name, ...pay });
    const payment = charge && (await this.#conversations.tell(charge, pay.options));
    const gate = await this.scanLane(name, deviceCode, pay.options);
    return { bill, charge, payment, status: null, gate };
  }

  /** A reduction without a bill. The interface counts seconds, whatever the coupon says. */
  coupon(
    car: { readonly plateNo?: string; readonly cardNo?: string },
    worth: { readonly fen?: number; readonly minutes?: number; readonly seconds?: number },
    options?: CallOptions,
  ): Promise<Call> {
    const { fen = 0, minutes = 0, seconds = minutes * 60 } = worth;
    const grant = { freeMoney: fen, freeTime: seconds, payType: 4, payMethod: 4, remark: '会员减免' };
    return this.#downlink.call('ParkingFree', { ...car, ...grant }, options);
  }
}
