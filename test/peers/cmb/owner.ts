import type { Account, OwnerOptions } from './accounts.ts';
import type { DownAnswer } from './answers.ts';
import type { BindOptions, Conversations } from './conversations.ts';
import type { Downlink, PushOptions } from './downlink.ts';
import { type Fee, feeOf } from './fee.ts';
import type { Payment } from './orders.ts';
import type { PayListStyle } from './pay-fields.ts';
import type { Push } from './push.ts';
import type { State } from './state.ts';

export interface VisitOptions extends PayListStyle {
  /** How calc is written and sent. */
  readonly calc?: PushOptions;
  /** How pay is. */
  readonly pay?: PushOptions;
  /** Instead of what should be paid, fen; 0 pays nothing. */
  readonly amount?: number;
  /** Paid in these parts, as several elements of one pay_list. */
  readonly parts?: readonly number[];
}

/** What came of scanning or typing a plate. */
export interface Visit {
  readonly calc: Push;
  readonly answer: DownAnswer | null;
  /** There when calc was answered 0. */
  readonly fee: Fee | null;
  /** Empty when nothing was due, or is not paid yet. */
  readonly payments: readonly Payment[];
  readonly push: Push | null;
}

/** The owner of a plate, or a driver without one: the plate is the bank's virtual one then. */
export class Owner {
  readonly account: Account;
  /** What the car park goes by, after `scanEntry`: the bank's plate or the car park's own. */
  virtualPlate: string;
  readonly #state: State;
  readonly #downlink: Downlink;
  readonly #conversations: Conversations;

  constructor(account: Account, state: State, downlink: Downlink, conversations: Conversations) {
    this.account = account;
    this.virtualPlate = account.plate;
    this.#state = state;
    this.#downlink = downlink;
    this.#conversations = conversations;
  }

  get plate(): string {
    return this.account.plate;
  }

  /** 无感 and habits. Nobody is told. */
  set(options: OwnerOptions): this {
    this.account.set(options);
    return this;
  }

  /** Types the plate, and pays what is due. */
  payByPlate(options: VisitOptions = {}): Promise<Visit> {
    return this.#visit({ vpl_number: this.virtualPlate }, 'plate', options);
  }

  /** Scans the code of an exit, and pays for whatever stands there. */
  scanExit(outCode: number, options: VisitOptions = {}): Promise<Visit> {
    return this.#visit({ out_code: String(outCode) }, 'scan', options);
  }

  /** A driver without a plate scans the code of an exit: the third use of calc. */
  scanExitWithoutPlate(outCode: number, options: VisitOptions = {}): Promise<Visit> {
    return this.#visit({ out_code: String(outCode), vpl_number: this.virtualPlate }, 'no-plate', options);
  }

  /** A driver without a plate scans the code of an entry. Answered 0, the plate of the answer is the one from now on. */
  async scanEntry(inCode: number, options: PushOptions = {}): Promise<Push> {
    const push = await this.#downlink.send('NoVpln', { vpl_number: this.plate, in_code: String(inCode) }, options);
    const given = push.answer?.data?.['vpl_number'];
    if (push.done && typeof given === 'string') this.virtualPlate = given;
    return push;
  }

  /** Signs 无感 while the car is inside. */
  signsUp(limit: number, options: PushOptions & BindOptions = {}): Promise<Push> {
    this.account.binding = { limit };
    return this.#conversations.sendBind(this.account, options);
  }

  /** Cancels 无感 while the car is inside. */
  cancels(options: PushOptions = {}): Promise<Push> {
    this.account.binding = null;
    return this.#conversations.sendUnbind(this.account, options);
  }

  /** Pays an order that calc answered, be it long ago, and tells the car park. */
  async pay(fee: Fee, options: VisitOptions & { readonly via?: Payment['via'] } = {}): Promise<Visit['push']> {
    return this.#conversations.tell(this.#take(fee, options), { ...options, ...options.pay });
  }

  /** Pays without telling: the money is at the bank, and no `pay` comes. */
  paySilently(fee: Fee, options: VisitOptions & { readonly via?: Payment['via'] } = {}): readonly Payment[] {
    return this.#take(fee, options);
  }

  #take(fee: Fee, { amount, parts, via = 'plate' }: VisitOptions & { readonly via?: Payment['via'] }): Payment[] {
    const { recordId, billId, plate } = fee;
    const paidAt = this.#state.now();
    return (parts ?? [amount ?? fee.due]).map((part) =>
      this.#state.orders.pay({
        ...{ recordId, billId, plate: plate || this.virtualPlate },
        ...{ amount: part, paidAt, via },
      }),
    );
  }

  async #visit(query: Readonly<Record<string, string>>, via: Payment['via'], options: VisitOptions): Promise<Visit> {
    const calc = await this.#downlink.send('calc', query, options.calc);
    const { answer } = calc;
    const fee = answer?.status === 0 && answer.data ? feeOf(answer.data) : null;
    const visit: Visit = { calc, answer, fee, payments: [], push: null };
    const { pays, delayMs } = this.account.habits;
    if (!fee || (options.amount ?? fee.due) <= 0 || pays === 'never' || pays === 'declines') return visit;
    if (pays === 'later') {
      this.#conversations.after(delayMs, () => this.pay(fee, { ...options, via }));
      return visit;
    }
    const payments = this.#take(fee, { ...options, via });
    return { ...visit, payments, push: await this.#conversations.tell(payments, { ...options, ...options.pay }) };
  }
}
