import { type Attempt, type Bill, toPayFen } from '../../../../shared/domain/money-flow.ts';
import type { Agreement } from '../../../../shared/domain/registry.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { Passage } from '../../lanes/state.ts';
import type { ChargeRequest, Outcome, PaymentChannel } from '../../payments/channel.ts';
import { carOf } from './car.ts';
import { KEYTOP, type KeytopContext } from './context.ts';
import { toSlashed } from './fields.ts';
import { PostCarOutInfo } from './messages/PostCarOutInfo.ts';
import { keepOut, noteTold, outKept, type Told } from './out-kept.ts';
import { imageNamed } from './pictures.ts';
import { placeOf } from './places.ts';
import { deductedFen } from './readings.ts';

/** Beyond the time of the request itself: the picture is made ready, and what was heard is written down. */
const BESIDES_MS = 1500;

/**
 * 免密支付: the third party is asked for the money while a signed car stands at the exit; once, and there is no interface to ask what
 * became of it. Where nobody knows, other ways to pay are open at once, and it is corrected after the car has left (`corrections.ts`).
 */
export class KeytopChannel implements PaymentChannel {
  readonly id = KEYTOP.name;
  readonly title = '科拓免密支付';
  readonly kind = 'agreement';
  readonly method = 'platform';
  readonly via = KEYTOP.name;
  /** What is known to have been deducted stays so. */
  readonly givesBack = false;
  readonly askAtMs = [];
  /** Its driver has just said at the exit how to pay. */
  readonly chargesStanding = true;
  readonly answerMs: number;
  readonly #context: KeytopContext;
  readonly #ended: (attempt: Attempt) => void;
  /** Attempts whose request has not ended: a correction must not overtake it. After a start there are none. */
  readonly #onTheWay = new Set<string>();

  /** @param ended told when nothing more can come of a request */
  constructor(context: KeytopContext, ended: (attempt: Attempt) => void) {
    this.#context = context;
    this.#ended = ended;
    this.answerMs = context.settings.timeouts.passageMs + BESIDES_MS;
  }

  isOnTheWay(attemptId: string): boolean {
    return this.#onTheWay.has(attemptId);
  }

  /** It is about one stay: debts of others are collected elsewhere. */
  covers(bill: Bill, stay: Stay, agreement: Agreement | null): boolean {
    const own = bill.arrears.length === 0 && (bill.scene === 'gate' || bill.scene === 'prepaid');
    const agreed = agreement?.kind === 'auto-pay' && agreement.uid === stay.uid;
    return this.#context.settings.seamless.enabled && own && toPayFen(bill) > 0 && agreed && !this.#wasAsked(bill);
  }

  /** Its request goes on to its end also where nobody waits for it any more: the answer may make a correction needless. */
  async charge({ attempt, stay }: ChargeRequest): Promise<Outcome> {
    const { settings, clock, station } = this.#context;
    const lane = attempt.laneId === null ? undefined : station().lanes.lane(attempt.laneId);
    const { plateNo, cardNo } = carOf(stay, this.#context);
    const exit = lane
      ? { laneId: lane.id, laneName: lane.name }
      : { laneId: stay.entryLane.id, laneName: stay.entryLane.name };
    const sent = {
      plateNo,
      entryTime: toSlashed(stay.enteredAt, settings),
      leaveTime: toSlashed(clock.now(), settings),
      // What was paid before is no part of it, unless the third party takes it off itself (G26).
      totalMoney: attempt.amountFen + (settings.readings.seamlessTotal === 'fee' ? stay.paidFen : 0),
      leavePlace: placeOf(exit, 'out', this.#context),
    };
    keepOut(attempt.id, sent, this.#context);
    this.#onTheWay.add(attempt.id);
    try {
      const imgName = await imageNamed(this.#passageOf(stay.uid)?.photo?.id, this.#context);
      // The limits of the connection end it, and the end of the platform.
      const unending = new AbortController().signal;
      const reply = await this.#context.ask(PostCarOutInfo, { ...sent, cardNo, imgName }, unending);
      if (reply.kind === 'answered') return this.#said(attempt, reply.answer);
      if (reply.kind === 'failed' && reply.maybeArrived) return unknown(`第三方未应答（${reply.reason}）`);
      if (reply.kind === 'no' && reply.code !== 1) return unknown(`第三方应答 ${reply.code}`);
      return this.#told(attempt, { state: 'declined', detail: declinedBecause(reply) });
    } finally {
      this.#onTheWay.delete(attempt.id);
      this.#ended(attempt);
    }
  }

  /** Nobody to ask: what was heard is known, and nothing else ever will be. */
  async query({ id }: Attempt): Promise<Outcome> {
    const told = outKept(id, this.#context)?.told;
    return told ? outcomeOf(told) : unknown('第三方未应答');
  }

  /** What was heard to be no deduction is none. A deduction that is not wanted is corrected once the car has left, like an unknown one. */
  async reverse({ id, uid }: Attempt): Promise<'reversed' | 'refused' | 'unknown'> {
    if (this.#onTheWay.has(id)) return 'unknown';
    const { read } = this.#context.station();
    const told = outKept(id, this.#context)?.told;
    if (told?.state === 'declined' || told?.state === 'corrected') return 'reversed';
    // The car still stands inside: the money is there, and is used.
    return told?.state === 'paid' && read.stays.get(uid)?.status === 'inside' ? 'refused' : 'unknown';
  }

  #said(
    attempt: Attempt,
    answer: { readonly densitymoney?: number | undefined; readonly deductmoney?: number | undefined },
  ): Outcome {
    const deducted = deductedFen(answer, this.#context);
    if ('unknown' in deducted) return unknown(deducted.unknown);
    const { fen } = deducted;
    if (fen === 0) return this.#told(attempt, { state: 'declined', detail: '第三方未扣款' });
    if (fen > attempt.amountFen)
      this.#context.log.warn('more was deducted than asked for', {
        attempt: attempt.id,
        asked: attempt.amountFen,
        fen,
      });
    return this.#told(attempt, { state: 'paid', paidFen: Math.min(fen, attempt.amountFen) });
  }

  /** Written down before anybody acts on it: nobody can be asked again. */
  #told({ id }: Attempt, told: Told): Outcome {
    noteTold(id, told, this.#context);
    return outcomeOf(told);
  }

  /** Once for each time that the car stands at an exit, however often its bill is made anew there. */
  #wasAsked(bill: Bill): boolean {
    const since = this.#passageOf(bill.uid)?.startedAt ?? 0;
    return this.#context
      .station()
      .read.attempts.ofStay(bill.uid)
      .some(
        ({ channel, state, billId, createdAt }) =>
          channel === this.id && state !== 'abandoned' && billId !== bill.id && createdAt >= since,
      );
  }

  #passageOf(uid: string): Passage | undefined {
    const { lanes } = this.#context.station();
    return lanes
      .lanes()
      .flatMap(({ id }) => lanes.state(id).passage ?? [])
      .find((passage) => passage.uid === uid);
  }
}

const unknown = (why: string): Outcome => {
  const detail = `${why.slice(0, 300)}，扣款结果未知，车辆离场后自动冲正`;
  return { state: 'unknown', reference: null, detail };
};

function outcomeOf(told: Told): Outcome {
  const nothing = { reference: null, detail: '' } as const;
  if (told.state === 'paid') return { ...nothing, state: 'paid', paidFen: told.paidFen };
  return { ...nothing, state: 'declined', detail: told.state === 'declined' ? told.detail : '已冲正' };
}

const declinedBecause = (reply: { readonly kind: 'no' | 'failed'; readonly reason: string }): string =>
  (reply.kind === 'no' ? `第三方未扣款：${reply.reason}` : '未能连接第三方，未扣款').slice(0, 400);
