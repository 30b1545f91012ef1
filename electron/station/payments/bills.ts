import type { EventBody } from '../../../shared/domain/events.ts';
import { type Bill, type PaymentScene, toPayFen } from '../../../shared/domain/money-flow.ts';
import type { AppliedDiscount, Debt } from '../../../shared/domain/registry.ts';
import type { LaneRef, Stay } from '../../../shared/domain/stay.ts';
import type { Fee } from '../../../shared/domain/tariff.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Payment } from './watcher.ts';

/**
 * The arithmetic of bills. Pure, and the only place where a stay's money is added up: charge = paid + discount + what is
 * still due, at every moment.
 */

/** What a stay comes to at a moment. Fen. */
export interface Account {
  readonly fee: Fee;
  /** Discounts that would be used up by a bill made now. */
  readonly discounts: readonly AppliedDiscount[];
  /** Fee before discounts, over the whole stay. */
  readonly chargeFen: number;
  /** All discounts: those used by earlier bills and `discounts`. */
  readonly discountFen: number;
  readonly paidFen: number;
  readonly dueFen: number;
  /** Until when a car that has paid may leave without paying again; null: it has not paid, or that is over. */
  readonly graceUntil: EpochMs | null;
}

/** What earlier bills of a stay have settled. */
export const settledFen = (stay: Pick<Stay, 'paidFen' | 'discountFen'>): number => stay.paidFen + stay.discountFen;

/**
 * What a fee leaves open. What was paid or let off before never comes back: a smaller fee than that leaves nothing due, and no
 * refund. A fee that counts from the last payment comes on top of what was settled.
 */
export const openFen = (stay: Pick<Stay, 'paidFen' | 'discountFen'>, fee: Pick<Fee, 'feeFen' | 'since'>): number =>
  fee.since === undefined ? Math.max(0, fee.feeFen - settledFen(stay)) : fee.feeFen;

/** Adds up a stay whose fee leaves `open` to settle, of which `discounts` take off some. */
export function accountOf(
  stay: Stay,
  fee: Fee,
  open: number,
  discounts: readonly AppliedDiscount[],
  graceUntil: EpochMs | null,
): Account {
  const newly = discounts.reduce((sum, each) => sum + each.amountFen, 0);
  return {
    fee,
    discounts,
    chargeFen: settledFen(stay) + open,
    discountFen: stay.discountFen + newly,
    paidFen: stay.paidFen,
    dueFen: open - newly,
    graceUntil,
  };
}

/** A bill over what is due now, with the debts of earlier stays that are collected with it. */
export function makeBill(what: {
  readonly id: string;
  readonly stay: Stay;
  readonly account: Account;
  readonly scene: PaymentScene;
  readonly debts: readonly Debt[];
  readonly now: EpochMs;
  readonly validUntil: EpochMs | null;
}): Bill {
  const { account } = what;
  return {
    id: what.id,
    uid: what.stay.uid,
    state: 'open',
    scene: what.scene,
    tariffId: account.fee.tariffId,
    minutes: account.fee.minutes,
    chargeFen: account.chargeFen,
    discountFen: account.discountFen,
    paidFen: account.paidFen,
    dueFen: account.dueFen,
    steps: [...account.fee.steps],
    discounts: [...account.discounts],
    arrears: what.debts
      .filter((debt) => debt.amountFen > debt.paidFen)
      .map((debt) => ({ debtId: debt.id, uid: debt.uid, amountFen: debt.amountFen - debt.paidFen })),
    createdAt: what.now,
    validUntil: what.validUntil,
  };
}

/** Whether the stay stands as it did when the bill was made over it: what it asks for has not been paid or let off since. */
export const stillDue = (bill: Bill, stay: Pick<Stay, 'paidFen' | 'discountFen'>): boolean =>
  stay.paidFen === bill.paidFen && stay.discountFen === bill.discountFen - newDiscountFen(bill);

/** Discounts that this bill itself uses up. */
const newDiscountFen = (bill: Bill): number => bill.discounts.reduce((sum, each) => sum + each.amountFen, 0);

/**
 * A part payment: the bill shrinks to what was paid, and a new one is open over the rest. Discounts are used by the first part;
 * debts of earlier stays are collected last, with the rest.
 */
export function splitBill(
  bill: Bill,
  amountFen: number,
  restId: string,
): { readonly part: Bill; readonly rest: Bill } | null {
  if (amountFen <= 0 || amountFen > bill.dueFen || amountFen === toPayFen(bill)) return null;
  return {
    part: { ...bill, dueFen: amountFen, arrears: [] },
    rest: {
      ...bill,
      id: restId,
      discounts: [],
      paidFen: bill.paidFen + amountFen,
      dueFen: bill.dueFen - amountFen,
    },
  };
}

/**
 * What paying a bill whole means: the stay with the money booked, and the payment as the journal tells it. The debts collected
 * with it are booked by {@link settleDebt}.
 */
export function settleBill(
  bill: Bill,
  stay: Stay,
  payment: Omit<Payment, 'amountFen'>,
  lane: LaneRef | null,
): EventBody<'bill-paid'> {
  const discountFen = newDiscountFen(bill);
  const used = new Set(bill.discounts.map((each) => each.discount.id));
  const paidFen = stay.paidFen + bill.dueFen;
  return {
    billId: bill.id,
    stay: {
      ...stay,
      chargeFen: bill.chargeFen,
      dueFen: paidFen,
      paidFen,
      discountFen: stay.discountFen + discountFen,
      discounts: stay.discounts.filter((discount) => !used.has(discount.id)),
      usedDiscounts: [...stay.usedDiscounts, ...bill.discounts],
      // The time to leave counts from the payment that left nothing due; a part payment buys none, and who pays after the bill ran
      // out gains no time by it.
      lastPaidAt:
        paidFen + stay.discountFen + discountFen >= bill.chargeFen
          ? Math.min(payment.paidAt, bill.validUntil ?? payment.paidAt)
          : stay.lastPaidAt,
    },
    lane,
    chargeFen: bill.dueFen + discountFen,
    dueFen: bill.dueFen,
    paidFen: bill.dueFen,
    method: payment.method,
    // Where we took it counts, not where the bill was made: a bill made inside may be paid in cash at the booth. A platform was asked
    // under the bill's own scene, and keeps its payment under that.
    scene: lane !== null && payment.via === null && bill.scene === 'prepaid' ? 'gate' : bill.scene,
    via: payment.via,
    billedAt: bill.createdAt,
    paidAt: payment.paidAt,
    steps: bill.steps,
    discountFen,
    discounts: bill.discounts,
    receivedFen: payment.receivedFen,
    changeFen: payment.changeFen,
    reference: payment.reference,
    attemptId: payment.attemptId,
    shiftId: payment.shiftId,
    debtId: null,
  };
}

/**
 * The payment of a debt that was collected with a bill, booked on the stay that owed it; on `current` where a platform reported
 * the debt and no stay of ours stands behind it.
 */
export function settleDebt(what: {
  readonly billId: string;
  readonly debt: Debt;
  readonly owing: Stay | null;
  readonly current: Stay;
  readonly payment: Omit<Payment, 'amountFen'>;
  readonly lane: LaneRef | null;
}): { readonly paid: EventBody<'bill-paid'>; readonly debt: Debt } {
  const { debt, owing, payment } = what;
  const amountFen = debt.amountFen - debt.paidFen;
  const stay: Stay = owing
    ? {
        ...owing,
        paidFen: owing.paidFen + amountFen,
        owedFen: Math.max(0, owing.owedFen - amountFen),
        lastPaidAt: payment.paidAt,
      }
    : what.current;
  return {
    paid: {
      billId: what.billId,
      stay,
      lane: what.lane,
      chargeFen: amountFen,
      dueFen: amountFen,
      paidFen: amountFen,
      method: payment.method,
      scene: 'arrears',
      via: payment.via,
      billedAt: debt.since,
      paidAt: payment.paidAt,
      steps: [],
      discountFen: 0,
      discounts: [],
      receivedFen: null,
      changeFen: 0,
      reference: payment.reference,
      attemptId: payment.attemptId,
      shiftId: payment.shiftId,
      debtId: debt.id,
    },
    debt: { ...debt, paidFen: debt.amountFen, state: 'paid', updatedAt: payment.paidAt },
  };
}
