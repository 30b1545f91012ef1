import { STATION } from '../../../shared/domain/events.ts';
import { type Attempt, type Bill, isOverDebt, toPayFen } from '../../../shared/domain/money-flow.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Tx } from '../store/store.ts';
import { splitBill } from './bills.ts';
import {
  type Booking,
  bookLatePayment,
  bookPayment,
  factsOf,
  platformDiscounts,
  recordAttempts,
  reportMoney,
} from './books.ts';
import type { Outcome } from './channel.ts';
import { withDiscounts } from './discounts.ts';
import { settlementStep, type Verdict } from './settlement.ts';
import type { Payment } from './watcher.ts';

/** What the settlement's verdicts mean for the books, where no lane carries them out. Inside the caller's transaction. */

export interface VerdictBooking extends Booking {
  /** The platform that collected; null when the car park did. */
  readonly via: string | null;
  /** What people call the channel. */
  readonly title: string;
  /** Whether the money can still go back by itself. */
  readonly givesBack: boolean;
}

/** An attempt's money as the payment of its bill. May come to more or less than the attempt brought. */
export function paymentOf(
  attempt: Attempt,
  bill: Bill,
  outcome: Outcome,
  { via, title, givesBack, now }: VerdictBooking,
): Payment {
  const discounts = platformDiscounts(attempt, title);
  const whole = toPayFen(withDiscounts(bill, discounts));
  return {
    attemptId: attempt.id,
    method: outcome.method ?? attempt.method,
    via,
    reference: outcome.reference ?? attempt.reference,
    amountFen: isPart(attempt, bill, whole) ? Math.min(attempt.amountFen, bill.dueFen) : whole,
    receivedFen: null,
    changeFen: 0,
    paidAt: paidBetween(outcome.paidAt ?? now, bill, now),
    shiftId: null,
    ...(givesBack ? {} : { final: true }),
    ...(discounts.length > 0 ? { discounts } : {}),
  };
}

/** Of what a debt alone is asked for, nobody pays a part; nor is it one where the bill came to less meanwhile. */
const isPart = ({ shortFen = 0, amountFen }: Attempt, bill: Bill, wholeFen: number): boolean =>
  shortFen > 0 && amountFen < wholeFen && bill.dueFen > 0 && !isOverDebt(bill);

/**
 * When the other side says that it was paid: not before there was a bill, and not later than now. Its clock may be wrong, and a grace
 * begins with the payment.
 */
const paidBetween = (told: EpochMs, { createdAt }: Pick<Bill, 'createdAt'>, now: EpochMs): EpochMs =>
  Math.min(now, Math.max(createdAt, told));

/**
 * What the other side took off at the moment of paying, and that it guarantees the money, is the attempt's before its money is booked:
 * whoever books it, and wherever the station dies, it is known. Repeats change nothing.
 */
export function noteTold(
  tx: Tx,
  attemptId: string,
  { state, discountFen = 0, paidFen = 0, guaranteed }: Outcome,
  now: EpochMs,
): void {
  const attempt = tx.attempts.get(attemptId);
  if (state !== 'paid' || !attempt || attempt.state === 'paid' || attempt.state === 'reversed') return;
  const takenOff = attempt.discountFen === 0 && discountFen > 0 && discountFen <= attempt.amountFen ? discountFen : 0;
  const guarantee = guaranteed ? (attempt.guarantee ?? 'pending') : attempt.guarantee;
  const askedFen = attempt.amountFen - takenOff;
  const isPart = attempt.shortFen === undefined && paidFen > 0 && paidFen < askedFen;
  if (takenOff === 0 && !isPart && guarantee === attempt.guarantee) return;
  const told: Attempt = {
    ...{ ...attempt, guarantee, updatedAt: now },
    ...(takenOff > 0 ? { discountFen: takenOff } : {}),
    ...(isPart ? { amountFen: paidFen, shortFen: askedFen - paidFen } : { amountFen: askedFen }),
  };
  recordAttempts(tx, [told], STATION);
}

const DEBT_PAID_TWICE = '欠费已用其他方式结清，又收到款项';

/** Books or reports the money of an attempt, and the attempt with it. @returns the attempts that changed */
export function bookVerdict(tx: Tx, bill: Bill, verdict: Verdict, booking: VerdictBooking): readonly Attempt[] {
  const { attempt, outcome } = verdict;
  const payment = paymentOf(attempt, bill, outcome, booking);
  const stay = tx.stays.get(bill.uid);
  /** Money that found no place, and why. */
  let left: Omit<Parameters<typeof reportMoney>[1], 'attempt'> | null = null;
  if (verdict.do === 'report') {
    const twice = isOverDebt(bill) ? DEBT_PAID_TWICE : '账单已用其他方式结清，又收到款项';
    const detail = verdict.kind === 'paid-twice' ? twice : '车辆未缴费放行后收到款项';
    left = { amountFen: attempt.amountFen, kind: verdict.kind, detail, refund: verdict.refund };
  } else if (verdict.do === 'settle-debt') {
    left = bookLate(tx, bill, attempt, payment, booking);
  } else if (isOverDebt(bill) && bill.arrears.some((each) => tx.debts.get(each.debtId)?.state !== 'open')) {
    tx.record({
      ...{ key: bill.uid, laneId: null, passageId: null, actor: STATION },
      kind: 'bill-voided',
      body: { bill, reason: 'debt-settled' },
    });
    left = {
      amountFen: attempt.amountFen,
      kind: 'paid-twice',
      detail: DEBT_PAID_TWICE,
      refund: true,
    };
  } else if (isOverDebt(bill) && (attempt.shortFen ?? 0) > 0 && attempt.amountFen < payment.amountFen) {
    tx.record({
      ...{ key: bill.uid, laneId: null, passageId: null, actor: STATION },
      kind: 'bill-voided',
      body: { bill, reason: 'part' },
    });
    left = bookLate(tx, bill, attempt, payment, booking);
  } else if (stay && payment.amountFen <= attempt.amountFen) {
    if (verdict.do === 'settle-late') voidOther(tx, bill);
    const split = splitBill(withDiscounts(bill, payment.discounts ?? []), payment.amountFen, booking.newId('bill'));
    // What a void bill leaves is asked for with the next one.
    if (split)
      bookPart(tx, { part: split.part, rest: bill.state === 'open' ? split.rest : null, stay, payment }, booking);
    else bookPayment(tx, { bill, stay, payment, lane: null }, booking);
  } else {
    left = { amountFen: attempt.amountFen, kind: 'late-payment', detail: '收到的款项与账单金额不符', refund: true };
  }
  const step = settlementStep(
    factsOf(tx, tx.bills.get(bill.id) ?? bill),
    { type: 'settled', attemptId: attempt.id, outcome },
    booking.now,
  );
  if ('refused' in step) return [];
  recordAttempts(tx, step.changed, STATION);
  if (left && left.amountFen > 0) reportMoney(tx, { attempt, ...left }, booking);
  return step.changed;
}

/** Money for what the car left owing, as far as that goes. @returns what is over */
function bookLate(tx: Tx, bill: Bill, attempt: Attempt, payment: Payment, { actor }: VerdictBooking) {
  const { amountFen, discounts } = attempt;
  const left = bookLatePayment(tx, bill, { ...payment, amountFen }, actor, discounts);
  return { amountFen: left, kind: 'late-payment', detail: '补缴金额超过欠费', refund: true } as const;
}

/** The bill shrinks to what was paid of it, and another one is open over the rest. */
function bookPart(
  tx: Tx,
  what: { readonly part: Bill; readonly rest: Bill | null; readonly stay: Stay; readonly payment: Payment },
  booking: Booking,
): void {
  const { part, rest, stay, payment } = what;
  const about = { key: part.uid, laneId: null, passageId: null, actor: booking.actor };
  tx.record({ ...about, kind: 'bill-issued', body: { bill: { ...part, state: 'open' } } });
  bookPayment(tx, { bill: part, stay, payment: whole(payment), lane: null }, booking);
  if (rest) tx.record({ ...about, kind: 'bill-issued', body: { bill: rest } });
}

/** Its discounts stand in the bill already. */
const whole = ({ discounts: _counted, ...payment }: Payment): Payment => payment;

/** What the car was asked for instead of this bill is too much from now on. Whatever was tried for it is followed to its end. */
function voidOther(tx: Tx, paid: Bill): void {
  const bill = tx.bills.open(paid.uid);
  const about = { key: paid.uid, laneId: null, passageId: null, actor: STATION };
  if (bill && !isOverDebt(bill)) tx.record({ ...about, kind: 'bill-voided', body: { bill, reason: 'made-anew' } });
}

/** More was paid than the bill took: reported when the attempt becomes the payment of its bill, which happens once. */
export function bookSurplus(tx: Tx, billId: string, attempt: Attempt, booking: VerdictBooking): void {
  if (attempt.state !== 'paid' || attempt.billId !== billId) return;
  const row = tx.payments.get(billId);
  if (row?.attempt_id !== attempt.id || row.state !== 'paid') return;
  // Known: only the other side's number was added to the attempt.
  if (tx.refunds.ofStay(attempt.uid).some((refund) => refund.attemptId === attempt.id)) return;
  const booked = tx.payments.ofAttempt(attempt.id).reduce((sum, each) => sum + each.paid_fen, 0);
  const amountFen = attempt.amountFen - booked;
  if (amountFen > 0)
    reportMoney(tx, { attempt, amountFen, kind: 'paid-twice', detail: '实付金额多于应付金额', refund: true }, booking);
}
