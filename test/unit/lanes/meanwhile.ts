import { makeBill, settleBill, settleDebt } from '../../../electron/station/payments/bills.ts';
import { STATION } from '../../../shared/domain/events.ts';
import { type LaneWorld, OUT } from '../../support/lane-world.ts';
import type { Action } from './any-day.ts';
import { inside, MINUTE, payment, user } from './given.ts';

/** What others do: the desk, the registry. Returns whether it was one of these. */
export function meanwhile(world: LaneWorld, { what: each }: Action): boolean {
  if (each.type === 'card') {
    const first = [...world.cards.values()][0];
    if (first) world.cards.set(first.id, { ...first, state: each.state });
  } else if (each.type === 'debt-cancelled') {
    cancelDebt(world);
  } else if (each.type === 'collected') {
    collect(world);
  } else if (each.type === 'doubt') world.doubts.push({ kind: 'held-open', at: world.now, detail: '' });
  else if (each.type === 'prepay') prepay(world, each.index, each.pay);
  else return false;
  return true;
}

/** A debt is let go of, and the bill that a platform was to collect over it with it. */
function cancelDebt(world: LaneWorld): void {
  const first = [...world.debts.values()].find((one) => one.state === 'open');
  if (!first) return;
  const about = { key: first.uid, laneId: null, passageId: null, actor: user };
  world.tell({ ...about, kind: 'debt-changed', body: { change: 'updated', debt: { ...first, state: 'cancelled' } } });
  const bill = [...world.bills.values()].find((one) => one.arrears.some((each) => each.debtId === first.id));
  if (bill?.scene === 'after-departure')
    world.tell({ ...about, kind: 'bill-voided', body: { bill, reason: 'debt-settled' } });
  const before = first.uid === null ? undefined : world.stays.get(first.uid);
  if (!before) return;
  const stay = { ...before, owedFen: before.owedFen - first.amountFen, waivedFen: before.waivedFen + first.amountFen };
  world.tell({ ...about, kind: 'stay-corrected', body: { what: 'fee', before, stay, reason: 'r', spaces: null } });
}

/** The platform collects the oldest bill of a car that left first. */
function collect(world: LaneWorld): void {
  const bill = [...world.bills.values()].find((one) => one.scene === 'after-departure');
  const owed = world.debts.get(bill?.arrears[0]?.debtId ?? '');
  const owing = world.stays.get(bill?.uid ?? '');
  if (!bill || !owed || !owing) return;
  const about = { key: owing.uid, laneId: null, passageId: null, actor: STATION };
  const money = payment(owed.amountFen, { paidAt: world.now });
  const { paid, debt: after } = settleDebt({
    ...{ billId: bill.id, debt: owed, owing, current: owing, payment: money, lane: null },
  });
  world.tell({ ...about, kind: 'bill-paid', body: { ...paid, scene: 'after-departure' } });
  world.tell({ ...about, kind: 'debt-changed', body: { change: 'updated', debt: after } });
}

/** A bill on a phone, and its payment; a bill whose car stands at a lane is the lane's. */
function prepay(world: LaneWorld, index: number, pay: boolean): void {
  const stay = inside(world)[index];
  if (!stay) return;
  const open = [...world.bills.values()].find((bill) => bill.uid === stay.uid);
  const about = { key: stay.uid, laneId: null, passageId: null, actor: STATION };
  const account = world
    .world(OUT, world.state(OUT), { type: 'cleared-timeout', passageId: '' })
    .accountOf(stay, null, null);
  if (!open) {
    if (!account || account.dueFen === 0) return;
    const id = world.arrival('').passageId;
    const validUntil = world.now + 5 * MINUTE;
    const bill = makeBill({ id, stay, account, scene: 'prepaid', debts: [], now: world.now, validUntil });
    world.tell({ ...about, kind: 'bill-issued', body: { bill } });
  } else if (pay && !atLane(world, open.id)) {
    const body = settleBill(open, stay, payment(open.dueFen, { paidAt: world.now }), null);
    world.tell({ ...about, kind: 'bill-paid', body });
  }
}

const atLane = (world: LaneWorld, billId: string): boolean =>
  [...world.states.values()].some((state) => state.passage?.bill?.id === billId);
