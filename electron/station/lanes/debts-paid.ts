import { type EventDraft, STATION } from '../../../shared/domain/events.ts';
import type { Bill } from '../../../shared/domain/money-flow.ts';
import type { Debt } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { settleDebt } from '../payments/bills.ts';
import type { Payment } from '../payments/watcher.ts';
import type { Passage } from './state.ts';
import { caseOpened, draft, laneRef, type World } from './step.ts';

/** Debts of earlier stays that are paid at a barrier with the bill of this one. Pure. */

/** Every debt that was collected with the bill, on the stay that owed it; two debts of one stay add up. */
export function settleDebts(
  bill: Bill,
  current: Stay,
  payment: Payment,
  world: World,
): ReturnType<typeof settleDebt>[] {
  const owing = new Map<string, Stay>();
  const done: ReturnType<typeof settleDebt>[] = [];
  for (const [index, arrear] of bill.arrears.entries()) {
    const debt = world.registry.debts.find((each) => each.id === arrear.debtId);
    if (!debt) continue;
    const stay = arrear.uid === null ? null : (owing.get(arrear.uid) ?? world.stay(arrear.uid));
    const settled = settleDebt({
      billId: `${bill.id}-a${index + 1}`,
      debt: { ...debt, amountFen: debt.paidFen + arrear.amountFen },
      owing: stay,
      current,
      payment,
      lane: laneRef(world),
    });
    if (stay) owing.set(stay.uid, settled.paid.stay);
    done.push(settled);
  }
  return done;
}

/** Money for a debt that was cancelled while it was being paid: nothing it could settle, so a person gives it back. */
export function withoutDebt(bill: Bill, settled: number, passage: Passage, world: World): readonly EventDraft[] {
  if (settled === bill.arrears.length) return [];
  const known = new Set(world.registry.debts.map((debt) => debt.id));
  const amountFen = bill.arrears.reduce((sum, each) => (known.has(each.debtId) ? sum : sum + each.amountFen), 0);
  const what = { uid: bill.uid, plate: passage.plate.text, amountFen, detail: '欠费已撤销但仍被收取，应退还' };
  return [caseOpened('paid-twice', what, world, passage.id)];
}

/**
 * A platform was to collect what was just paid here: its bill goes with the debt. While a try may still turn into money that
 * answer decides.
 */
export function noLongerCollected(debts: readonly Debt[], passage: Passage, world: World): readonly EventDraft[] {
  return debts.flatMap((debt) => {
    const bill = debt.uid === null || debt.state === 'open' ? null : world.openBill(debt.uid);
    const over = bill?.scene === 'after-departure' && bill.arrears.some((each) => each.debtId === debt.id);
    if (!bill || !over || world.isBeingPaid(bill.uid)) return [];
    const about = { world, passageId: passage.id, key: bill.uid, actor: STATION };
    return [draft('bill-voided', { bill, reason: 'debt-settled' }, about)];
  });
}
