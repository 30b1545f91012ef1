import { type Actor, STATION } from '../../../shared/domain/events.ts';
import { type Bill, toPayFen } from '../../../shared/domain/money-flow.ts';
import type { Agreement, Debt } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Repositories } from '../store/repositories.ts';
import type { Tx } from '../store/store.ts';
import type { PaymentChannel } from './channel.ts';
import { isUnderWay, paidInPart } from './settlement.ts';

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

/** A channel, as far as it matters who is asked at the exit and who charges a car that has left. */
export type Collector = Pick<PaymentChannel, 'id' | 'via' | 'kind' | 'covers'>;

/**
 * The agreement on which a car may leave before it has paid. Of several platforms the first in the manager's order decides: one
 * that is asked at the exit is asked first, unless it cannot be asked for this bill, or was and came to nothing.
 */
export function departurePayOf(
  agreements: readonly Agreement[],
  what: {
    readonly stay: Stay;
    readonly bill: Bill;
    /** In the manager's order. */
    readonly collectors: readonly Collector[];
    /** Channels that were asked for this bill. */
    readonly tried: ReadonlySet<string>;
    readonly now: EpochMs;
  },
): Agreement | null {
  const { stay, bill, collectors, tried, now } = what;
  for (const collector of collectors) {
    if (tried.has(collector.id)) continue;
    const platform = collector.via ?? collector.id;
    const covering = (kind: Agreement['kind'], fen: number) =>
      agreements.find(
        (each) => each.platform === platform && each.kind === kind && agreementCovers(each, stay, fen, now),
      );
    // Debts of earlier visits stay debts where a car leaves first.
    const departing = covering('departure-pay', bill.dueFen);
    if (departing) return departing;
    const asked = collector.kind === 'agreement' ? covering('auto-pay', toPayFen(bill)) : undefined;
    if (asked && collector.covers(bill, stay, asked)) return null;
  }
  return null;
}

/** Channels that were asked for the bill that is open for a stay, or paid a part before: none of them is asked again for it. */
export function triedFor({ bills, attempts }: Pick<Repositories, 'bills' | 'attempts'>, uid: string): Set<string> {
  const open = bills.open(uid);
  const tries = open ? attempts.ofStay(uid) : [];
  const tried = tries.filter((each) => (each.billId === open?.id && each.state !== 'abandoned') || paidInPart(each));
  return new Set(tried.map((each) => each.channel));
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
