import { type Attempt, type Bill, toPayFen } from '../../../../shared/domain/money-flow.ts';
import type { Agreement } from '../../../../shared/domain/registry.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { ChargeRequest, Outcome, PaymentChannel } from '../../payments/channel.ts';
import { isSamePlate } from './answer-fields.ts';
import { isAboutOrder, isInDoubt } from './autopay-words.ts';
import { postUrlOf } from './bindings.ts';
import type { CmbContext } from './context.ts';
import { vplOf } from './fields.ts';
import { AutoPay } from './messages/AutoPay.ts';
import { PayOrderStatus } from './messages/PayOrderStatus.ts';
import { isBookedAs, noteNumber, numberOf } from './pay-numbers.ts';

/** The bank that collects, in our books. */
export const VIA = 'cmb';

/** So long the last question may take while the car waits. */
const LAST_QUESTION_MS = 3000;

/** Timers and the wall clock need not agree to the millisecond. */
const CLOCKS_DIFFER_MS = 500;

/**
 * 无感: the bank is asked for the money while the car stands at the exit. The number of the order is that of the attempt, stored
 * before the request leaves, which leaves once.
 */
export class CmbChannel implements PaymentChannel {
  readonly id = VIA;
  readonly title = '招行无感支付';
  readonly kind = 'agreement';
  readonly method = 'platform';
  readonly via = VIA;
  /** No interface takes a payment back. */
  readonly givesBack = false;
  readonly answerMs: number;
  readonly askAtMs: readonly number[];
  readonly #context: CmbContext;
  readonly #silent: () => boolean;
  /** Attempts whose request has not ended: the bank may not have read it yet. After a start there are none. */
  readonly #onTheWay = new Set<string>();

  /** @param silent whether nothing has been answered lately: no car waits for what is known not to come */
  constructor(context: CmbContext, silent: () => boolean) {
    this.#context = context;
    this.#silent = silent;
    this.answerMs = context.settings.timeouts.autoPayMs;
    this.askAtMs = context.settings.autoPay.askAtMs;
  }

  /** An order is about one stay: debts are collected elsewhere, and none of another platform may be collected here. */
  covers(bill: Bill, _stay: Stay, agreement: Agreement | null): boolean {
    const fen = toPayFen(bill);
    const own = bill.arrears.length === 0 && (bill.scene === 'gate' || bill.scene === 'prepaid');
    const agreed = agreement?.kind === 'auto-pay' && fen <= (agreement.limitFen ?? fen);
    return this.#context.settings.autoPay.enabled && own && fen > 0 && agreed && !this.#silent();
  }

  /**
   * Its request goes on to its end also where nobody waits for it any more: a bank that is hung up on takes the money all the same, and
   * its answer is the only one that tells its number.
   */
  async charge({ attempt, stay }: ChargeRequest): Promise<Outcome> {
    const { settings, station } = this.#context;
    const vpl = vplOf(stay);
    const body = { vpl_number: vpl, record_id: stay.uid, amount: attempt.amountFen, request_order: attempt.id };
    const to = settings.autoPay.usePostUrl ? postUrlOf(this.#context, vpl) : undefined;
    this.#onTheWay.add(attempt.id);
    try {
      // The limits of the connection end it, and the end of the platform.
      const unending = new AbortController().signal;
      const reply = await this.#context.ask(AutoPay, body, unending, to);
      switch (reply.kind) {
        case 'answered': {
          const { vpl_number: told, pay_time: paidAt, channel_order: reference } = reply.answer;
          if (!isSamePlate(told, vpl)) return outcome('unknown', '招行答复的车牌不一致，正在核实');
          if (reference === null) return outcome('unknown', '招行未返回订单号，正在核实');
          if (station().read.attempts.get(attempt.id)?.state !== 'sent')
            noteNumber(attempt.id, reference, this.#context);
          return this.#paid(attempt, reference, paidAt);
        }
        case 'no':
          return isInDoubt(reply)
            ? outcome('unknown', `招行未确认扣款，正在核实：${reply.reason}`)
            : outcome('declined', `招行未扣款：${reply.reason}`);
        case 'unreadable':
          return outcome('unknown', '招行答复无法识别，正在核实');
        case 'failed':
          return reply.maybeArrived
            ? outcome('unknown', '招行未应答，正在核实')
            : outcome('declined', '未能连接招行，未扣款');
      }
    } finally {
      this.#onTheWay.delete(attempt.id);
    }
  }

  async query(attempt: Attempt, signal: AbortSignal): Promise<Outcome> {
    // Its own answer came when nobody waited for it any more.
    const number = numberOf(attempt.id, this.#context);
    if (number !== undefined) return this.#paid(attempt, number, null);
    const reply = await this.#within(this.#patienceFor(attempt), signal, (limited) =>
      this.#context.ask(PayOrderStatus, { request_order: attempt.id }, limited),
    );
    switch (reply.kind) {
      case 'answered': {
        const { vpl_number: told, amount, channel_order: reference } = reply.answer;
        const stay = this.#context.station().read.stays.get(attempt.uid);
        if (stay && !isSamePlate(told, vplOf(stay))) return outcome('unknown', '招行答复的车牌不一致，请与招行核对');
        if (amount !== null && amount !== attempt.amountFen)
          return outcome('unknown', '招行答复的金额与扣款不一致，请与招行核对');
        return this.#paid(attempt, reference ?? attempt.reference, null);
      }
      case 'no':
        if (!isAboutOrder(reply)) return outcome('unknown', `招行尚无结果：${reply.reason}`);
        return this.#settlesIt(attempt)
          ? outcome('declined', `招行未扣款：${reply.reason}`)
          : outcome('unknown', '招行尚无这笔扣款，稍后再查');
      case 'unreadable':
      case 'failed':
        return outcome('unknown', '招行未应答，结果未知');
    }
  }

  async reverse(): Promise<'refused'> {
    return 'refused';
  }

  /**
   * Whether a plain no means that it was not paid and will not be. Soon after the request it may only mean that the bank has not come
   * to it yet: a no counts when the request has ended, and as long after that as the last question while the car waits.
   */
  #settlesIt({ id, updatedAt }: Attempt): boolean {
    const { clock } = this.#context;
    const since = clock.now() - updatedAt;
    return !this.#onTheWay.has(id) && since >= (this.askAtMs.at(-1) ?? 0) - CLOCKS_DIFFER_MS;
  }

  /** While the car waits, a question that hangs must not keep the next one from its time, nor the driver from other ways to pay. */
  #patienceFor({ state, setAside, updatedAt }: Attempt): number | undefined {
    if (state !== 'unknown' || setAside) return undefined;
    const age = this.#context.clock.now() - updatedAt + CLOCKS_DIFFER_MS;
    const next = this.askAtMs.find((at) => at > age);
    return next === undefined ? LAST_QUESTION_MS : Math.max(CLOCKS_DIFFER_MS, next - age);
  }

  /** `work` with a time limit of its own, which ends with `signal` besides. */
  async #within<T>(ms: number | undefined, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (ms === undefined) return await work(signal);
    const limit = new AbortController();
    const cancel = this.#context.clock.after(ms, () => limit.abort(new Error(`no answer within ${ms} ms`)));
    try {
      return await work(AbortSignal.any([signal, limit.signal]));
    } finally {
      cancel();
    }
  }

  #paid(attempt: Attempt, reference: string | null, paidAt: number | null): Outcome {
    const { settings, clock } = this.#context;
    // It was pushed with its bill before it was answered, and is in the books as if the driver had scanned.
    if (reference !== null && isBookedAs(reference, attempt, this.#context))
      return outcome('declined', `招行订单 ${reference} 已按支付通知入账，未另外扣款`);
    return {
      state: 'paid',
      reference,
      detail: '',
      ...(paidAt === null ? {} : { paidAt: Math.min(paidAt, clock.now()) }),
      ...(settings.autoPay.guaranteed ? { guaranteed: true } : {}),
    };
  }
}

const outcome = (state: 'declined' | 'unknown', detail: string): Outcome => ({
  state,
  reference: null,
  detail: detail.slice(0, 400),
});
