import { type Actor, STATION } from '../../../shared/domain/events.ts';
import type { Bill } from '../../../shared/domain/money-flow.ts';
import type { Agreement, Debt } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Repositories } from '../store/repositories.ts';
import type { Tx } from '../store/store.ts';
import { isUnderWay } from './settlement.ts';

/**
 * 先离场后付费: the car leaves at once, and a platform collects afterwards. What it owes is a debt like any other, with an open bill
 * over it that the platform is told; one of the two is never open without the other being so, or about to be decided.
 */

/** Whether an agreement speaks for this stay and this sum now. */
export function agreementCovers(agreement: Agreement, stay: Stay, toPayFen: number, now: EpochMs): boolean {
  return (
    agreement.validFrom <= now &&
    now <= agreement.validTo &&
    (agreement.uid === null || agreement.uid === stay.uid) &&
    (agreement.limitFen === null || toPayFen <= agreement.limitFen)
  );
}

/**
 * The agreement on which a car may leave before it has paid. Of several platforms the first in the manager's order decides: one
 * that is asked at the exit is asked.
 */
export function departurePayOf(
  agreements: readonly Agreement[],
  what: {
    readonly stay: Stay;
    readonly toPayFen: number;
    readonly platforms: readonly string[];
    readonly now: EpochMs;
  },
): Agreement | null {
  const { stay, toPayFen, platforms, now } = what;
  const covering = agreements.filter((each) => agreementCovers(each, stay, toPayFen, now));
  const first = platforms.find((platform) => covering.some((each) => each.platform === platform));
  return covering.find((each) => each.platform === first && each.kind === 'departure-pay') ?? null;
}

/** Whether money may still come for any bill of the stay. */
export const isBeingPaid = ({ attempts }: Pick<Repositories, 'attempts'>, uid: string): boolean =>
  attempts.ofStay(uid).some(isUnderWay);

/** The open bill that a platform collects over this debt. */
function billOver(read: Pick<Repositories, 'bills'>, debt: Debt): Bill | undefined {
  const bill = debt.uid === null ? undefined : read.bills.open(debt.uid);
  const over = bill?.scene === 'after-departure' && bill.arrears.some((each) => each.debtId === debt.id);
  return over ? bill : undefined;
}

/**
 * A debt ended in another way than by the bill that was to collect it: the bill goes with it, in the same transaction. Not while
 * a try may still turn into money: then its answer decides.
 */
export function voidCollected(tx: Tx, debt: Debt, actor: Actor): void {
  const bill = debt.state === 'open' ? undefined : billOver(tx, debt);
  if (!bill || tx.attempts.ofBill(bill.id).some(isUnderWay)) return;
  const about = { key: bill.uid, laneId: null, passageId: null, actor };
  tx.record({ ...about, kind: 'bill-voided', body: { bill, reason: 'debt-settled' } });
}

/** The same once the last try has come to nothing: the debt may have ended meanwhile. */
export function voidAfterLastTry(tx: Tx, billId: string): void {
  const bill = tx.bills.get(billId);
  if (bill?.state !== 'open' || bill.scene !== 'after-departure') return;
  for (const each of bill.arrears) {
    const debt = tx.debts.get(each.debtId);
    if (debt) voidCollected(tx, debt, STATION);
  }
}
