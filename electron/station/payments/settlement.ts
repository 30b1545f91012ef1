import type { Attempt, AttemptState, Bill, ChannelKind, PaymentMethod } from '../../../shared/domain/money-flow.ts';
import { toPayFen } from '../../../shared/domain/money-flow.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Outcome } from './channel.ts';

/**
 * How the tries to get one bill paid follow each other (DESIGN: money is never taken twice and never lost). Pure: facts and an
 * input give the attempts as they are from now on, and what is to be done. Two rules carry everything:
 *
 * - Nobody is asked while an earlier try may still turn into money, unless a person takes that decision; then the earlier try
 *   is on its way back (`reversing`) and is followed until its end is known.
 * - An attempt only becomes `paid` when its money is accounted for, in the same transaction: as the payment of a bill or a
 *   debt, or as a case that a person sees. So whatever a crash interrupts is found again among those under way.
 */

/** What the store knows about one bill when something happens. */
export interface Facts {
  readonly bill: Bill;
  /** All attempts of the bill, and those of other bills of the same stay that are not over, or brought a part only. */
  readonly attempts: readonly Attempt[];
  /** The bill's payment names this attempt; null: cash, a card, or nobody yet. */
  readonly settledBy: string | null;
  /** The other side's number in that payment, where it is known. */
  readonly settledReference?: string | null | undefined;
  /** The car left owing: money that still comes settles the debt and is welcome. */
  readonly owing: boolean;
  /** A bill over debts alone that is void because they were paid in another way. */
  readonly paidElsewhere: boolean;
  /** The bill is void, its car stands inside, and what it was over is still to pay. */
  readonly dueInside: boolean;
}

/** A channel as far as the order of things is concerned. */
export interface ChannelFacts {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly method: PaymentMethod;
}

export type SettlementInput =
  /** Ask the next agreement channel that covers the bill; `candidates` in the manager's order. */
  | {
      readonly type: 'ask';
      readonly candidates: readonly ChannelFacts[];
      readonly newId: string;
      readonly laneId: string | null;
    }
  /** A code is to be shown, or was scanned. */
  | {
      readonly type: 'charge';
      readonly channel: ChannelFacts;
      readonly newId: string;
      readonly laneId: string | null;
      /** A person says so although an earlier try is open. */
      readonly despiteUnknown: boolean;
    }
  /** The request is about to leave. */
  | { readonly type: 'leave'; readonly attemptId: string }
  /**
   * `afterRefusal`: the channel refused to take the attempt back, or there is none that could. `final`: nobody ever gives this
   * money back; what the other side says later does not undo it.
   */
  | {
      readonly type: 'answered';
      readonly attemptId: string;
      readonly outcome: Outcome;
      readonly afterRefusal: boolean;
      readonly final?: boolean | undefined;
    }
  | { readonly type: 'taken-back'; readonly attemptId: string; readonly result: 'reversed' | 'refused' | 'unknown' }
  /** The money of this attempt is in the books. */
  | { readonly type: 'settled'; readonly attemptId: string; readonly outcome: Outcome }
  /** A payment that was in the books was taken back while the car stood on the loop: the channel has to give the money back. */
  | { readonly type: 'undone'; readonly attemptId: string }
  /** It was asked about as often as a waiting car is worth, and nobody knows: other ways to pay are open from now on. */
  | { readonly type: 'set-aside'; readonly attemptId: string }
  /** The bill was paid or voided, by whomever. */
  | { readonly type: 'over' }
  /** The station starts again. */
  | { readonly type: 'recovered' };

/** What is to be done, after the changes are stored. What an attempt's own state already says (send, query, take back) is not repeated here. */
export type Verdict =
  /** Book the money of this attempt: the bill is open and wants it. Then comes `settled`. */
  | { readonly do: 'settle'; readonly attempt: Attempt; readonly outcome: Outcome }
  /** Book it on the bill, although that is void: its car is inside and owes it. What was asked for instead is made anew. */
  | { readonly do: 'settle-late'; readonly attempt: Attempt; readonly outcome: Outcome }
  /** Book it on the debt with which the car left. */
  | { readonly do: 'settle-debt'; readonly attempt: Attempt; readonly outcome: Outcome }
  /** Money that nobody wants and the channel does not take back: a case, and with `refund` a refund that a manager decides. */
  | {
      readonly do: 'report';
      readonly attempt: Attempt;
      readonly outcome: Outcome;
      readonly kind: 'paid-twice' | 'late-payment';
      readonly refund: boolean;
    };

export interface SettlementStep {
  readonly changed: readonly Attempt[];
  readonly verdicts: readonly Verdict[];
}
export type SettlementResult = SettlementStep | { readonly refused: 'bill-over' | 'payment-under-way' };

const NOTHING: SettlementStep = { changed: [], verdicts: [] };

const UNDER_WAY: ReadonlySet<AttemptState> = new Set(['created', 'sent', 'unknown', 'reversing']);
/** Whether an attempt may still turn into money. */
export const isUnderWay = (attempt: Pick<Attempt, 'state'>): boolean => UNDER_WAY.has(attempt.state);

/** A code that is shown, and nobody is known to have paid by. */
const isShown = ({ kind, state }: Pick<Attempt, 'kind' | 'state'>): boolean => kind === 'qr' && state === 'sent';

/** Whether money may be on its way, so that what it is for must stay as it is. A code that is merely shown gives way. */
export const isMoneyOnItsWay = (attempt: Pick<Attempt, 'kind' | 'state'>): boolean =>
  isUnderWay(attempt) && !isShown(attempt);

/** Whoever paid a part of what was asked for has given what there was: the rest is not asked for there by itself. */
export const paidInPart = ({ state, shortFen = 0 }: Pick<Attempt, 'state' | 'shortFen'>): boolean =>
  state === 'paid' && shortFen > 0;

/**
 * Whether a person's or the driver's next try must wait for this one. Not for what was set aside: then they know. Nor does a code
 * wait for a code that nobody has paid yet: the driver sees one at a time.
 */
const stops = (attempt: Attempt, next: ChannelFacts): boolean =>
  isUnderWay(attempt) && !attempt.setAside && !(isShown(attempt) && next.kind === 'qr');

export function settlementStep(facts: Facts, input: SettlementInput, now: EpochMs): SettlementResult {
  switch (input.type) {
    case 'ask':
      return ask(facts, input, now);
    case 'charge':
      return charge(facts, input, now);
    case 'leave':
      return leave(facts, input.attemptId, now);
    case 'answered':
      return answered(facts, input, now);
    case 'taken-back':
      return takenBack(facts, input.attemptId, input.result, now);
    case 'settled':
      return settled(facts, input.attemptId, input.outcome, now);
    case 'undone': {
      const attempt = facts.attempts.find((each) => each.id === input.attemptId);
      return attempt?.state === 'paid' ? changed(become(attempt, 'reversing', now)) : NOTHING;
    }
    case 'set-aside':
      return setAside(facts, input.attemptId, now);
    case 'over':
      return over(facts, now);
    case 'recovered':
      return recovered(facts, now);
  }
}

function ask(facts: Facts, input: Extract<SettlementInput, { type: 'ask' }>, now: EpochMs): SettlementStep {
  const { bill, attempts } = facts;
  if (bill.state !== 'open' || attempts.some(isUnderWay)) return NOTHING;
  const tried = new Set(
    attempts
      .filter((each) => (each.billId === bill.id && each.state !== 'abandoned') || paidInPart(each))
      .map((each) => each.channel),
  );
  const channel = input.candidates.find((candidate) => !tried.has(candidate.id));
  // None left that is asked by itself: code, scan or cash.
  return channel ? changed(created(bill, channel, input, now)) : NOTHING;
}

function charge(facts: Facts, input: Extract<SettlementInput, { type: 'charge' }>, now: EpochMs): SettlementResult {
  const { bill, attempts } = facts;
  if (bill.state !== 'open') return { refused: 'bill-over' };
  const open = attempts.filter(isUnderWay);
  if (!input.despiteUnknown && open.some((each) => stops(each, input.channel))) return { refused: 'payment-under-way' };
  return { changed: [...takeBack(open, now), created(bill, input.channel, input, now)], verdicts: [] };
}

function created(
  bill: Bill,
  channel: ChannelFacts,
  input: { readonly newId: string; readonly laneId: string | null },
  now: EpochMs,
): Attempt {
  return {
    id: input.newId,
    billId: bill.id,
    uid: bill.uid,
    laneId: input.laneId,
    channel: channel.id,
    kind: channel.kind,
    method: channel.method,
    amountFen: toPayFen(bill),
    discountFen: 0,
    state: 'created',
    setAside: false,
    guarantee: null,
    reference: null,
    detail: '',
    createdAt: now,
    updatedAt: now,
  };
}

function leave(facts: Facts, attemptId: string, now: EpochMs): SettlementStep {
  const attempt = facts.attempts.find((each) => each.id === attemptId);
  if (attempt?.state !== 'created') return NOTHING;
  return changed(become(attempt, facts.bill.state === 'open' ? 'sent' : 'abandoned', now));
}

function answered(facts: Facts, input: Extract<SettlementInput, { type: 'answered' }>, now: EpochMs): SettlementStep {
  const attempt = facts.attempts.find((each) => each.id === input.attemptId);
  if (!attempt) return NOTHING;
  const { final = false } = input;
  const outcome = isNothing(input.outcome) ? ({ ...input.outcome, state: 'declined' } as const) : input.outcome;
  const afterRefusal = input.afterRefusal || final;
  if (outcome.state === 'paid') return moneyCame(facts, attempt, outcome, { afterRefusal, final }, now);
  // What is on its way back is decided by its reversal, not by an answer that set out before it.
  if (!isUnderWay(attempt) || (attempt.state === 'reversing' && !afterRefusal)) return NOTHING;
  if (outcome.state === 'declined') return changed(become(attempt, 'declined', now, outcome));
  if (attempt.state === 'reversing') return NOTHING;
  const state = outcome.state === 'pending' ? 'sent' : 'unknown';
  // An answer that tells nothing new is no event.
  const same = attempt.state === state && (outcome.reference === null || outcome.reference === attempt.reference);
  return same && attempt.detail !== '' ? NOTHING : changed(become(attempt, state, now, outcome));
}

/** A part that comes to nothing is no payment. */
const isNothing = ({ state, paidFen }: Outcome): boolean => state === 'paid' && paidFen !== undefined && paidFen <= 0;

/** The other side says: paid. By answer or by notice, once or ten times. */
function moneyCame(
  facts: Facts,
  attempt: Attempt,
  outcome: Outcome,
  { afterRefusal, final }: { readonly afterRefusal: boolean; readonly final: boolean },
  now: EpochMs,
): SettlementStep {
  // Known, or given back since: a repeated notice changes nothing.
  if (attempt.state === 'paid' || attempt.state === 'reversed') return NOTHING;
  if (facts.settledBy === attempt.id) return changed(become(attempt, 'paid', now, outcome));
  // The reversal under way will either undo it or be refused; using the money meanwhile would settle with money that goes back.
  if (attempt.state === 'reversing' && !afterRefusal) return NOTHING;
  if (facts.bill.state === 'open' && facts.bill.id === attempt.billId)
    return { changed: [], verdicts: [{ do: 'settle', attempt, outcome }] };
  if (facts.owing) return { changed: [], verdicts: [{ do: 'settle-debt', attempt, outcome }] };
  if (facts.paidElsewhere)
    return { changed: [], verdicts: [{ do: 'report', attempt, outcome, kind: 'paid-twice', refund: true }] };
  if (facts.dueInside && final) return { changed: [], verdicts: [{ do: 'settle-late', attempt, outcome }] };
  const late = facts.bill.state === 'void';
  // Nobody takes it back, so it stays with us: a person must see it.
  if (attempt.state === 'reversing' || (afterRefusal && !late))
    return {
      changed: [],
      verdicts: [{ do: 'report', attempt, outcome, kind: late ? 'late-payment' : 'paid-twice', refund: true }],
    };
  // The car was let go without paying: whether this money is kept is a person's decision.
  if (late) return { changed: [], verdicts: [{ do: 'report', attempt, outcome, kind: 'late-payment', refund: false }] };
  return changed(become(attempt, 'reversing', now, outcome));
}

/** Of what is unknown, also while it is taken back: not of a code that is shown, for whoever sees it may be paying. */
function setAside(facts: Facts, attemptId: string, now: EpochMs): SettlementStep {
  const attempt = facts.attempts.find((each) => each.id === attemptId);
  if (!attempt || attempt.setAside || (attempt.state !== 'unknown' && attempt.state !== 'reversing')) return NOTHING;
  return changed({ ...attempt, setAside: true, updatedAt: now });
}

function takenBack(
  facts: Facts,
  attemptId: string,
  result: 'reversed' | 'refused' | 'unknown',
  now: EpochMs,
): SettlementStep {
  const attempt = facts.attempts.find((each) => each.id === attemptId);
  // Where nobody wanted it back yet, the other side has given it back all the same.
  if (result !== 'reversed' || (attempt?.state !== 'reversing' && attempt?.state !== 'unknown')) return NOTHING;
  return changed(become(attempt, 'reversed', now));
}

/** The books have the money of one attempt; whatever else is under way for the bill is not wanted any more. */
function settled(facts: Facts, attemptId: string, outcome: Outcome, now: EpochMs): SettlementStep {
  const { attempts } = facts;
  const winner = attempts.find((each) => each.id === attemptId);
  const others = attempts.filter((each) => each.id !== attemptId && each.billId === facts.bill.id && isUnderWay(each));
  return {
    changed: [
      // A lane that booked it has said so before; only the answer knows the other side's number.
      ...(winner && (winner.state !== 'paid' || winner.reference !== (outcome.reference ?? winner.reference))
        ? [become(winner, 'paid', now, outcome)]
        : []),
      ...takeBack(others, now),
    ],
    verdicts: [],
  };
}

function over(facts: Facts, now: EpochMs): SettlementStep {
  const { bill, settledBy } = facts;
  if (bill.state === 'open') return NOTHING;
  const mine = facts.attempts.filter((each) => each.billId === bill.id && isUnderWay(each));
  const reference = facts.settledReference ?? null;
  const winner = mine
    .filter((each) => each.id === settledBy)
    .map((each) => become(each, 'paid', now, { reference, detail: each.detail }));
  const others = mine.filter((each) => each.id !== settledBy);
  // A car that left owing is to pay: its open try is followed until the truth is known, and settles the debt if it paid.
  const pursued = facts.owing ? others.filter((each) => each.state === 'created') : others;
  return { changed: [...winner, ...takeBack(pursued, now)], verdicts: [] };
}

/** `sent` is stored before a request leaves, so `created` is certain to have gone nowhere, and `sent` may have gone anywhere. */
function recovered(facts: Facts, now: EpochMs): SettlementStep {
  const attempts = facts.attempts.map((each) =>
    each.state === 'created'
      ? become(each, 'abandoned', now)
      : each.state === 'sent'
        ? become(each, 'unknown', now, { detail: '程序重启前已发出，结果未知', reference: null })
        : each,
  );
  const ended = over({ ...facts, attempts }, now);
  const latest = new Map([...attempts, ...ended.changed].map((each) => [each.id, each]));
  return { changed: [...latest.values()].filter((each) => !facts.attempts.includes(each)), verdicts: [] };
}

/** What has not left never will; what has left is taken back. */
const takeBack = (attempts: readonly Attempt[], now: EpochMs): Attempt[] =>
  attempts
    .filter((each) => each.state !== 'reversing')
    .map((each) => become(each, each.state === 'created' ? 'abandoned' : 'reversing', now));

function become(
  attempt: Attempt,
  state: AttemptState,
  now: EpochMs,
  answer?: Pick<Outcome, 'reference' | 'detail'> & { readonly method?: PaymentMethod | undefined },
): Attempt {
  return {
    ...attempt,
    state,
    // Only what is not known is set aside, and only money can be guaranteed.
    setAside: attempt.setAside && (state === 'unknown' || state === 'reversing'),
    guarantee: state === 'declined' || state === 'reversed' || state === 'abandoned' ? null : attempt.guarantee,
    method: answer?.method ?? attempt.method,
    reference: answer?.reference?.slice(0, 100) ?? attempt.reference,
    detail: (answer?.detail ?? attempt.detail).slice(0, 400),
    updatedAt: now,
  };
}

const changed = (attempt: Attempt): SettlementStep => ({ changed: [attempt], verdicts: [] });
