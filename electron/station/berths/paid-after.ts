import type { StayPayment } from '../../../shared/domain/money-flow.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { type Account, settledFen } from '../payments/bills.ts';
import { requestRefund } from '../payments/refunds.ts';
import type { Tx } from '../store/store.ts';

/**
 * A car went, its driver paid, and only then it was told that it had gone: what was paid for time in which it no longer stood there is
 * no money of ours.
 */

export const PAID_FOR_NOTHING = '车辆离开泊位后仍按在场计费，多收停车费';

/** Of a payment, to be given back. */
export interface Surplus {
  readonly billId: string;
  readonly amountFen: number;
}

export interface TooMuch {
  /** The stay with the discounts that it needed. */
  readonly stay: Stay;
  /** To its leaving, without the payments that came later. */
  readonly account: Account;
  readonly surplus: readonly Surplus[];
}

/**
 * @param leftAt the moment at which the berth became free
 * @param accountOf what a stay comes to at that moment
 * @returns null: nothing of what was paid later is too much
 */
export function tooMuch(
  stay: Stay,
  payments: readonly StayPayment[],
  leftAt: EpochMs,
  accountOf: (stay: Stay) => Account | null,
): TooMuch | null {
  const own = payments.filter(({ debtId }) => debtId === null);
  const later = own.filter(({ paidAt }) => paidAt > leftAt);
  const laterFen = sum(later.map(({ paidFen }) => paidFen));
  const laterOffFen = sum(later.flatMap(({ discounts }) => discounts.map(({ amountFen }) => amountFen)));
  if (laterFen === 0) return null;
  const earlier = own.filter(({ paidAt }) => paidAt <= leftAt).map(({ paidAt }) => paidAt);
  // As of its leaving: a payment to come settles nothing, buys no time and starts no other price.
  const then: Stay = {
    ...stay,
    paidFen: Math.max(0, stay.paidFen - laterFen),
    discountFen: Math.max(0, stay.discountFen - laterOffFen),
    lastPaidAt: earlier.length === 0 ? null : Math.max(...earlier),
  };
  const account = accountOf(then);
  if (!account) return null;
  const openFen = account.chargeFen - settledFen(then);
  // What discounts took off beyond the fee was never needed.
  const offFen = Math.min(laterOffFen, openFen);
  let restFen = laterFen - (openFen - offFen);
  if (restFen <= 0) return null;
  const surplus: Surplus[] = [];
  for (const { billId, paidFen } of later.toSorted((a, b) => b.paidAt - a.paidAt)) {
    const amountFen = Math.min(paidFen, restFen);
    if (amountFen > 0) surplus.push({ billId, amountFen });
    restFen -= amountFen;
  }
  return { stay: { ...stay, discountFen: then.discountFen + offFen }, account, surplus };
}

const sum = (fen: readonly number[]): number => fen.reduce((all, each) => all + each, 0);

/** Prepares the refunds, as far as nobody has asked for that money before. */
export function giveBack(
  tx: Tx,
  uid: string,
  surplus: readonly Surplus[],
  context: { readonly now: EpochMs; readonly newId: () => string },
  actor: Parameters<typeof requestRefund>[2],
): void {
  const known = tx.refunds.ofStay(uid).filter(({ state }) => state !== 'rejected');
  for (const { billId, amountFen } of surplus) {
    const paidFen = tx.payments.get(billId)?.paid_fen ?? 0;
    const asked = sum(known.filter((refund) => refund.billId === billId).map((refund) => refund.amountFen));
    const restFen = Math.min(amountFen - asked, paidFen - asked);
    if (restFen <= 0) continue;
    const request = { from: { billId }, amountFen: restFen, reason: PAID_FOR_NOTHING };
    requestRefund(tx, request, actor, { id: context.newId(), now: context.now });
  }
}
