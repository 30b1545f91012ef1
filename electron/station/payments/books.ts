import type { Actor, EventBody } from '../../../shared/domain/events.ts';
import { STATION } from '../../../shared/domain/events.ts';
import { type Attempt, type Bill, isOverDebt, type PaymentScene, toPayFen } from '../../../shared/domain/money-flow.ts';
import type { AppliedDiscount, Debt } from '../../../shared/domain/registry.ts';
import type { LaneRef, Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Repositories } from '../store/repositories.ts';
import type { Tx } from '../store/store.ts';
import { settleBill, settleDebt, stillDue } from './bills.ts';
import { type CaseFacts, openCase } from './cases.ts';
import { changeOrderOf } from './change-order.ts';
import { spendCoupons } from './coupons.ts';
import { voidCollected } from './departure-pay.ts';
import { withDiscounts } from './discounts.ts';
import { spendPrepaid } from './prepaid.ts';
import { requestRefund } from './refunds.ts';
import { type Facts, isUnderWay, paidInPart } from './settlement.ts';
import type { Payment } from './watcher.ts';

/** What money means for the store, where no lane books it. Everything here runs inside the caller's transaction. */

export interface Booking {
  readonly actor: Actor;
  readonly now: EpochMs;
  readonly newId: (prefix: string) => string;
}

/** What the settlement must know about a bill. */
export function factsOf(read: Repositories, bill: Bill): Facts {
  const ofStay = bill.uid === '' ? read.attempts.ofBill(bill.id) : read.attempts.ofStay(bill.uid);
  const paid = read.payments.get(bill.id);
  return {
    bill,
    attempts: ofStay.filter((attempt) => attempt.billId === bill.id || isUnderWay(attempt) || paidInPart(attempt)),
    settledBy: paid?.state === 'paid' ? paid.attempt_id : null,
    settledReference: paid?.reference ?? null,
    // Also where a part of the debt was paid under the bill's number.
    owing:
      (bill.state === 'void' || (paid !== undefined && paid.debt_id !== null && !isOverDebt(bill))) &&
      read.debts.ofStay(bill.uid).some((debt) => debt.state === 'open'),
    paidElsewhere: bill.state === 'void' && isOverDebt(bill) && bill.arrears.every(isPaid(read)),
    dueInside: bill.state === 'void' && !isOverDebt(bill) && isDueInside(read, bill),
  };
}

function isDueInside({ stays }: Pick<Repositories, 'stays'>, bill: Bill): boolean {
  const stay = stays.get(bill.uid);
  return stay?.status === 'inside' && bill.dueFen > 0 && stillDue(bill, stay);
}

const isPaid =
  ({ debts }: Pick<Repositories, 'debts'>) =>
  ({ debtId }: { readonly debtId: string }): boolean =>
    debts.get(debtId)?.state === 'paid';

export function recordAttempts(tx: Tx, attempts: readonly Attempt[], actor: Actor): void {
  for (const attempt of attempts)
    tx.record({
      kind: 'attempt-changed',
      key: attempt.uid,
      laneId: attempt.laneId,
      passageId: null,
      actor,
      body: { attempt },
    });
}

/** What a platform took off at the moment of paying, as lines of the bill: as it told them, else as one. */
export function platformDiscounts(attempt: Attempt, origin: string): AppliedDiscount[] {
  if (attempt.discounts !== undefined) return attempt.discounts;
  if (attempt.discountFen === 0) return [];
  return [
    {
      discount: {
        id: `by-${attempt.id}`.slice(0, 64),
        kind: 'amount',
        value: attempt.discountFen,
        maxFen: null,
        minimumFen: 0,
        origin,
        originKind: 'platform',
        couponId: null,
        grantedAt: attempt.createdAt,
      },
      amountFen: attempt.discountFen,
      text: `${origin}：平台优惠`,
    },
  ];
}

/** Books a payment on the bill, the debts collected with it and the coupons it used. The amount must be what the bill takes. */
export function bookPayment(
  tx: Tx,
  what: { readonly bill: Bill; readonly stay: Stay; readonly payment: Payment; readonly lane: LaneRef | null },
  { actor, now }: Booking,
): void {
  const { payment, lane } = what;
  const bill = withDiscounts(what.bill, payment.discounts ?? []);
  if (payment.amountFen !== toPayFen(bill)) throw new Error(`a payment of ${payment.amountFen} fen for another amount`);
  const about = { key: bill.uid, laneId: null, passageId: null, actor };
  // A bill over a debt alone takes nothing for its stay: the debt's payment is the bill's.
  const alone = isOverDebt(bill);
  const paid = settleBill(bill, what.stay, payment, lane);
  if (!alone) tx.record({ ...about, kind: 'bill-paid', body: paid });
  for (const opened of changeOrderOf(payment, { billId: bill.id, stay: what.stay, actor })) tx.record(opened);
  const current = alone ? what.stay : paid.stay;
  for (const [index, arrear] of bill.arrears.entries()) {
    const debt = tx.debts.get(arrear.debtId);
    // What was settled elsewhere meanwhile is not booked twice; the surplus is the caller's to report.
    const amountFen = debt?.state === 'open' ? Math.min(arrear.amountFen, debt.amountFen - debt.paidFen) : 0;
    const late = bill.scene === 'after-departure';
    const discounts = late && debt?.state === 'open' ? bill.discounts : [];
    if (debt && (amountFen > 0 || discounts.length > 0))
      bookDebt(tx, {
        ...{ billId: alone ? bill.id : `${bill.id}-a${index + 1}`, debt, amountFen, current, payment, actor, alone },
        ...{ scene: late ? bill.scene : undefined, discounts },
      });
  }
  const spent = spendCoupons(
    bill,
    (id) => tx.coupons.get(id),
    (id) => tx.merchants.get(id),
    now,
  );
  for (const coupon of spent.coupons)
    tx.record({ ...about, kind: 'coupon-changed', body: { change: 'updated', coupon } });
  for (const merchant of spent.merchants)
    tx.record({ ...about, kind: 'merchant-changed', body: { change: 'updated', merchant } });
  for (const booking of spendPrepaid(what.stay, bill, (id) => tx.bookings.get(id), now))
    tx.record({ ...about, kind: 'booking-changed', body: { change: 'updated', booking } });
}

/** Books a sum on a debt, up to the whole of it. */
export function bookDebt(
  tx: Tx,
  what: {
    readonly billId: string;
    readonly debt: Debt;
    readonly amountFen: number;
    readonly current: Stay;
    readonly payment: Payment;
    readonly actor: Actor;
    /** How it was asked for, where that was not as a debt. */
    readonly scene?: PaymentScene | undefined;
    /** Nothing else is paid with this money: what was handed over, and the change, are this payment's. */
    readonly alone?: boolean;
    /** The order over the change of this money is opened here, and nowhere else. */
    readonly opensChange?: boolean;
    /** What the collecting platform took off the debt besides. */
    readonly discounts?: readonly AppliedDiscount[];
  },
): void {
  const { debt, amountFen, payment, actor, discounts = [] } = what;
  const { paid } = settleDebt({
    billId: what.billId,
    debt: { ...debt, amountFen: debt.paidFen + amountFen },
    owing: debt.uid === null ? null : (tx.stays.get(debt.uid) ?? null),
    current: what.current,
    payment,
    lane: null,
  });
  const about = { key: paid.stay.uid, laneId: null, passageId: null, actor };
  const handed = what.alone ? { receivedFen: payment.receivedFen, changeFen: payment.changeFen } : {};
  const scene = what.scene ?? paid.scene;
  tx.record({ ...about, kind: 'bill-paid', body: takenOff({ ...paid, ...handed, scene }, discounts) });
  const ofDebt = { billId: what.billId, stay: what.current, actor };
  for (const opened of what.opensChange ? changeOrderOf(payment, ofDebt) : []) tx.record(opened);
  const paidFen = debt.paidFen + amountFen;
  // What was taken off is owed no more: the debt shrinks to what was paid of it.
  const amountOwed = debt.amountFen - sumOf(discounts);
  const state = paidFen >= amountOwed ? 'paid' : debt.state;
  const after: Debt = { ...debt, amountFen: amountOwed, paidFen, state, updatedAt: payment.paidAt };
  tx.record({ ...about, kind: 'debt-changed', body: { change: 'updated', debt: after } });
  voidCollected(tx, after, actor);
}

const sumOf = (discounts: readonly AppliedDiscount[]): number =>
  discounts.reduce((sum, { amountFen }) => sum + amountFen, 0);

/** The payment of a debt of which the platform that collected it took something off: no longer owed, and discounted instead. */
function takenOff(paid: EventBody<'bill-paid'>, discounts: readonly AppliedDiscount[]): EventBody<'bill-paid'> {
  const discountFen = sumOf(discounts);
  if (discountFen === 0) return paid;
  const { stay } = paid;
  return {
    ...paid,
    chargeFen: paid.chargeFen + discountFen,
    discountFen,
    discounts: [...discounts],
    stay: {
      ...stay,
      owedFen: Math.max(0, stay.owedFen - discountFen),
      discountFen: stay.discountFen + discountFen,
      usedDiscounts: [...stay.usedDiscounts, ...discounts],
    },
  };
}

/**
 * Money for a bill whose car has left owing: it settles what the stay still owes, then the debts that the bill was to collect. What
 * it owes itself is booked under the number and the scene by which a platform was asked for it, for that is what it knows. `discounts`:
 * what that platform took off, piece by piece; the stay's own debt shrinks by it.
 * @returns what is left over, fen
 */
export function bookLatePayment(
  tx: Tx,
  bill: Bill,
  payment: Payment,
  actor: Actor,
  discounts: readonly AppliedDiscount[] = [],
): number {
  const stay = tx.stays.get(bill.uid);
  if (!stay) return payment.amountFen;
  const others = bill.arrears.flatMap((arrear) => tx.debts.get(arrear.debtId) ?? []);
  const own = tx.debts.ofStay(bill.uid);
  const firstOpen = own.findIndex((debt) => debt.state === 'open' && debt.amountFen > debt.paidFen);
  let left = payment.amountFen;
  const unused = tx.payments.get(bill.id) === undefined;
  for (const [index, debt] of [...own, ...others].entries()) {
    const isOwn = index < own.length;
    const open = debt.amountFen - debt.paidFen;
    const lines = isOwn && index === firstOpen ? upTo(open, discounts) : [];
    const amountFen = Math.min(left, open - sumOf(lines));
    if (debt.state !== 'open' || amountFen + sumOf(lines) <= 0) continue;
    left -= amountFen;
    bookDebt(tx, {
      billId: isOwn && index === firstOpen && unused ? bill.id : `${payment.attemptId ?? bill.id}-d${index + 1}`,
      debt,
      amountFen,
      // As the debt before this one left it.
      current: tx.stays.get(bill.uid) ?? stay,
      payment,
      actor,
      scene: isOwn ? bill.scene : undefined,
      discounts: lines,
    });
  }
  return left;
}

/** Of what a platform took off, no more than is owed. */
function upTo(fen: number, discounts: readonly AppliedDiscount[]): AppliedDiscount[] {
  let left = fen;
  return discounts.flatMap((line) => {
    const amountFen = Math.min(left, line.amountFen);
    left -= amountFen;
    return amountFen > 0 ? [{ ...line, amountFen }] : [];
  });
}

/** Money that has no bill: a person sees it, and with `refund` the way back is prepared. The attempt must be stored as paid. */
export function reportMoney(
  tx: Tx,
  what: {
    readonly attempt: Attempt;
    readonly amountFen: number;
    readonly kind: 'paid-twice' | 'late-payment' | 'unknown-payment';
    readonly detail: string;
    readonly refund: boolean;
  },
  { now, newId }: Booking,
): void {
  const { attempt, amountFen } = what;
  report(tx, attempt, { kind: what.kind, amountFen, detail: what.detail }, now);
  if (what.refund)
    requestRefund(tx, { from: { attemptId: attempt.id }, amountFen, reason: what.detail }, STATION, {
      id: newId('refund'),
      now,
    });
}

/** One case per attempt and kind, however often it is seen. */
export function report(
  tx: Tx,
  attempt: Attempt,
  what: Pick<CaseFacts, 'kind' | 'amountFen' | 'detail'>,
  now: EpochMs,
): void {
  openCase(
    tx,
    {
      ...what,
      uid: attempt.uid,
      laneId: attempt.laneId,
      passageId: null,
      plate: tx.stays.get(attempt.uid)?.plate.text ?? '',
      subject: attempt.id,
    },
    STATION,
    { now, id: '' },
  );
}
