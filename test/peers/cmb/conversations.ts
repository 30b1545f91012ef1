import type { Timers } from '../timers.ts';
import type { Account } from './accounts.ts';
import type { Downlink, PushOptions } from './downlink.ts';
import type { AutoOrder, Payment } from './orders.ts';
import { type PayListStyle, payFields } from './pay-fields.ts';
import type { Processed } from './processed.ts';
import type { Push } from './push.ts';
import type { State } from './state.ts';

/** What the bank does of its own accord: charging, telling of payments and of 无感. */
export class Conversations {
  readonly #state: State;
  readonly #downlink: Downlink;
  readonly #timers: Timers;
  #serial = 0;

  constructor(state: State, downlink: Downlink, timers: Timers) {
    this.#state = state;
    this.#downlink = downlink;
    this.#timers = timers;
  }

  after(ms: number, task: () => Promise<unknown> | undefined): void {
    this.#timers.after(ms, task);
  }

  /** Decides an order of AutoPay, and says what has to happen around its answer. */
  charge(order: AutoOrder, account: Account): Omit<Processed, 'answer'> {
    const { binding, habits } = account;
    const { pays, delayMs, echo, echoDelayMs } = habits;
    if (!binding || order.amount > binding.limit || pays === 'declines') {
      order.state = 'declined';
      return {};
    }
    const tells = (): Promise<void> => this.#echo(this.#charge(order, account), echo);
    const guaranteed = this.#state.modeOf(account) === 'guaranteed';
    if (guaranteed) order.state = 'guaranteed';
    if (pays === 'never') return {};
    if (pays === 'later') return { after: () => this.#timers.after(delayMs, tells) };
    // Guaranteed, the money moves when the bank gets round to it; otherwise the answer is the result.
    if (!guaranteed) this.#charge(order, account);
    return echo === 'before' ? { before: tells } : { after: () => this.#timers.after(echoDelayMs, tells) };
  }

  /** Completes a charge that is open: an order taken for later, or a guaranteed one. */
  complete(order: AutoOrder): Promise<void> {
    const account = this.#state.accounts.of(order.plate);
    return this.#echo(this.#charge(order, account), account.habits.echo);
  }

  /** Tells the car park of a payment, or of several in one message. */
  tell(payments: readonly Payment[], options: PushOptions & PayListStyle = {}): Promise<Push> {
    return this.#downlink.send('pay', payFields(payments, options), options, () => {
      for (const payment of payments) {
        payment.confirmed = true;
        if (payment.auto) payment.auto.known = 'paid';
      }
    });
  }

  /** autoPayBind for what the account has now. */
  bind(account: Account, options: PushOptions & BindOptions = {}): void {
    this.#timers.run(() => this.sendBind(account, options));
  }

  sendBind(account: Account, options: PushOptions & BindOptions = {}): Promise<Push> {
    const { binding, plate } = account;
    if (!binding) throw new Error(`${plate} is not 无感`);
    account.serialNo = options.serialNo ?? this.#nextSerial();
    account.told(binding, false);
    const fields = {
      ...{ vpl_number: plate, auto_pay_type: options.autoPayType ?? '0', limiter: String(binding.limit) },
      ...{ serial_no: account.serialNo, post_url: options.postUrl ?? '' },
    };
    return this.#downlink.send('autoPayBind', fields, options, () => account.told(binding, true));
  }

  sendUnbind(account: Account, options: PushOptions = {}): Promise<Push> {
    account.told(null, false);
    const fields = { vpl_number: account.plate };
    return this.#downlink.send('autoPayUnbind', fields, options, () => account.told(null, true));
  }

  #nextSerial(): string {
    this.#serial += 1;
    return `WG${String(this.#serial).padStart(8, '0')}`;
  }

  #charge(order: AutoOrder, account: Account): Payment {
    const known = this.#state.orders.chargedBy(order.requestOrder);
    if (known) return known;
    const { recordId, plate, amount, channelOrder, requestOrder } = order;
    const now = this.#state.now();
    order.state = 'paid';
    order.paidAt = now;
    const { echoOrder } = account.habits;
    const number = { channel: channelOrder, request: requestOrder, other: this.#state.orders.number(now) }[echoOrder];
    const payment = { recordId, plate, amount, billId: '', paidAt: now, via: 'autopay' as const };
    return this.#state.orders.pay({ ...payment, order: number, auto: order });
  }

  async #echo(payment: Payment, echo: 'before' | 'after' | 'never' | 'twice'): Promise<void> {
    if (echo === 'never') return;
    await this.tell([payment]);
    if (echo === 'twice') await this.tell([payment]);
  }
}

export interface BindOptions {
  readonly serialNo?: string;
  readonly autoPayType?: '0' | '1';
  readonly postUrl?: string;
}
