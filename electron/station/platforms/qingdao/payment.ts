import { type Attempt, type Bill, toPayFen } from '../../../../shared/domain/money-flow.ts';
import type { Agreement } from '../../../../shared/domain/registry.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { ChargeRequest, Outcome, PaymentChannel } from '../../payments/channel.ts';
import { billOf } from './bill-fields.ts';
import { IN_PARK, isWritable, PAID, plateNo } from './codes.ts';
import type { QingdaoContext } from './context.ts';
import { askForPayment } from './messages/applyPayment.ts';
import { getPayResult } from './messages/getPayResult.ts';
import type { PaymentAnswer } from './payment-answer.ts';
import type { Reply } from './reply.ts';
import { outcomeOf, VIA } from './settle.ts';

const HOUR_MS = 3_600_000;
/** Together, the application and the question after it are quicker than the station's patience with a channel. */
const TOGETHER_MS = 9500;
const LAST_QUESTION_MS = 4000;

/**
 * 先付费后离场: the platform is asked for the money while the car stands at the exit, before the cashier charges. The order's number is
 * that of the bill, so that asking again for the same bill is the same order.
 */
export class QingdaoChannel implements PaymentChannel {
  readonly id = VIA;
  readonly title = '青岛平台扣款';
  readonly kind = 'agreement';
  readonly method = 'platform';
  readonly via = VIA;
  /** The protocol has no way to take a payment back. */
  readonly givesBack = false;
  readonly #context: QingdaoContext;
  readonly #silent: () => boolean;

  /** @param silent whether nothing has been answered lately: no car waits for what is known not to come */
  constructor(context: QingdaoContext, silent: () => boolean) {
    this.#context = context;
    this.#silent = silent;
  }

  /** An order is about one stay: debts are collected elsewhere, and none of another platform may be collected here. */
  covers(bill: Bill, stay: Stay, agreement: Agreement | null): boolean {
    const { ask } = this.#context.settings.applyPayment;
    const own = bill.arrears.length === 0 && (bill.scene === 'gate' || bill.scene === 'prepaid');
    const wanted = own && toPayFen(bill) > 0 && isWritable(stay.plate) && (ask === 'every' || agreement !== null);
    return wanted && !this.#silent();
  }

  async charge({ attempt, bill, stay }: ChargeRequest, signal: AbortSignal): Promise<Outcome> {
    const { settings, clock, station } = this.#context;
    const outNum = attempt.laneId === null ? undefined : station().lanes.lane(attempt.laneId).number;
    const body = {
      ...billOf(bill, stay, clock.now(), settings),
      outNum: String(outNum ?? stay.entryLane.number),
      payStatus: 0,
      carStock: IN_PARK,
    } as const;
    const { timeoutMs, unpaid, afterSilence } = settings.applyPayment;
    const reply = await this.#within(timeoutMs, signal, (limited) => this.#context.ask(askForPayment, body, limited));
    switch (reply.kind) {
      case 'answered':
        return this.#said(reply.answer, attempt, unpaid);
      case 'none':
        return outcome('declined', `平台未受理扣款：${reply.reason}`);
      case 'refused':
        if (reply.unreadable !== true) return outcome('declined', `平台未受理扣款：${reply.reason}`);
        break;
      case 'failed':
        if (!reply.maybeArrived) return outcome('declined', '未能连接平台，未申请扣款');
    }
    const leftMs = Math.min(LAST_QUESTION_MS, TOGETHER_MS - timeoutMs);
    return await this.#within(leftMs, signal, (limited) => this.#asked(attempt, afterSilence, limited));
  }

  async query(attempt: Attempt, signal: AbortSignal): Promise<Outcome> {
    const { settings, clock } = this.#context;
    const over = clock.now() - attempt.createdAt >= settings.departurePay.pollHours * HOUR_MS;
    return await this.#asked(attempt, over ? 'declined' : 'unknown', signal);
  }

  /** @param unpaid what a plain no means */
  async #asked(attempt: Attempt, unpaid: 'declined' | 'unknown', signal: AbortSignal): Promise<Outcome> {
    const { settings, station } = this.#context;
    const stay = station().read.stays.get(attempt.uid);
    if (stay === undefined) return outcome('unknown', '没有停车记录');
    const reply: Reply<PaymentAnswer> = await this.#context.ask(
      getPayResult,
      { billID: attempt.billId, parkingCode: settings.parkingCode, plateNo: plateNo(stay.plate) },
      signal,
    );
    if (reply.kind === 'answered') return this.#said(reply.answer, attempt, unpaid);
    return reply.kind === 'none' ? outcome(unpaid, '平台没有这笔扣款') : outcome('unknown', '平台未应答，结果未知');
  }

  async reverse(): Promise<'refused'> {
    return 'refused';
  }

  #said(answer: PaymentAnswer, attempt: Attempt, unpaid: 'declined' | 'pending' | 'unknown'): Outcome {
    // Another bill's money, if the platform mixed them up, is not this one's.
    if (answer.billID !== null && answer.billID !== attempt.billId) return outcome('unknown', '平台答复的账单不一致');
    if (answer.payStatus !== PAID) return outcome(unpaid, '平台未扣款');
    return outcomeOf(answer, attempt) ?? outcome('unknown', '平台扣款金额小于应付金额，请与平台核对');
  }

  /** `work` with a time limit of its own, which ends with `signal` besides. */
  async #within<T>(ms: number, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const limit = new AbortController();
    const cancel = this.#context.clock.after(ms, () => limit.abort(new Error(`no answer within ${ms} ms`)));
    try {
      return await work(AbortSignal.any([signal, limit.signal]));
    } finally {
      cancel();
    }
  }
}

const outcome = (state: Outcome['state'], detail: string): Outcome => ({ state, reference: null, detail });
