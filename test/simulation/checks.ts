import type { Database } from 'better-sqlite3';
import { firstBreak, GENESIS } from '../../electron/station/journal/chain.ts';
import type { StoredRow } from '../../electron/station/journal/rows.ts';
import type { Phones } from './phones.ts';
import type { World } from './world.ts';

/** The rules that cost too much to be checked after every step. */
export function hourlyChecks(world: World, db: Database): void {
  const { watch, till, fail } = world;
  const counted = db.prepare<[], number>('SELECT coalesce(sum(cars), 0) FROM inside_counts').pluck().get();
  const recounted = db.prepare<[], number>("SELECT count(*) FROM stays WHERE status = 'inside'").pluck().get();
  if (counted !== recounted) fail('inside-counts', `counted ${counted}, there are ${recounted}`);
  const wrong = db
    .prepare<[], { vehicle_class: string; area: string; quota: string }>(
      `SELECT * FROM (SELECT vehicle_class, coalesce(area_id, '') AS area, coalesce(quota_id, '') AS quota, count(*) AS n FROM stays WHERE status = 'inside' GROUP BY 1, 2, 3) AS s
        WHERE n IS NOT (SELECT cars FROM inside_counts AS c WHERE c.vehicle_class = s.vehicle_class AND c.area_id = s.area AND c.quota_id = s.quota)`,
    )
    .all();
  if (wrong.length > 0) fail('inside-counts', JSON.stringify(wrong));
  let inside = 0;
  for (const stay of watch.stays.values()) if (stay.status === 'inside') inside += 1;
  if (inside !== recounted) fail('tables-follow-journal', `the journal says ${inside} inside, the table ${recounted}`);
  const cash = (watch.taken.get('cash') ?? 0) - watch.cashRefundedFen;
  if (cash !== till.cashFen)
    fail('money-adds-up', `the drawers hold ${till.cashFen} of drivers' cash, the books ${cash}`);
  const pos = watch.taken.get('pos') ?? 0;
  if (pos !== till.posFen) fail('money-adds-up', `the terminals took ${till.posFen}, the books say ${pos}`);
  for (const card of watch.cards.values()) {
    if (card.type !== 'stored-value') continue;
    const left = (watch.rechargedFen.get(card.id) ?? 0) - (watch.fromCard.get(card.id) ?? 0);
    if (left !== card.balanceFen)
      fail('money-adds-up', `card ${card.id} has ${card.balanceFen} left, its payments say ${left}`, {
        key: `card:${card.id}`,
      });
  }
  const open = new Map<string, number>();
  for (const debt of watch.debts.values())
    if (debt.state === 'open' && debt.uid !== null)
      open.set(debt.uid, (open.get(debt.uid) ?? 0) + debt.amountFen - debt.paidFen);
  for (const stay of watch.stays.values()) {
    const owed = open.get(stay.uid) ?? 0;
    if (owed !== stay.owedFen)
      fail('owed-is-its-debts', `${stay.uid} says ${stay.owedFen}, its debts come to ${owed}`, { key: stay.uid });
    const paid = watch.paidOf.get(stay.uid) ?? 0;
    if (paid !== stay.paidFen)
      fail('paid-is-its-payments', `${stay.uid} says ${stay.paidFen}, its payments come to ${paid}`, { key: stay.uid });
  }
}

/** What must be true when the day is over and everything has come to its end. */
export function finalChecks(world: World, transfers: Phones['transfers'], db: Database): void {
  hourlyChecks(world, db);
  checkMoneyOutside(world, transfers);
  const { fail, city } = world;
  const rows = db.prepare<[], StoredRow>('SELECT * FROM journal ORDER BY seq').iterate();
  const broken = firstBreak(rows, { seq: 0, hash: GENESIS });
  if (broken !== undefined) fail('chain', `row ${broken} does not follow from the one before`);
  const wanted = new Map<string, string[]>();
  for (const { key, draft_id } of db
    .prepare<[], { key: string; draft_id: string }>('SELECT key, draft_id FROM outbox ORDER BY id')
    .all())
    wanted.set(key, [...(wanted.get(key) ?? []), draft_id]);
  for (const [key, ids] of wanted) {
    const arrived = city.arrived.get(key) ?? [];
    if (JSON.stringify(arrived) !== JSON.stringify(ids))
      fail('outbox', `of ${key} the city has ${arrived.join(' ')}; the station made ${ids.join(' ')}`, { key });
  }
}

/** All money that others hold for us is booked, on its way back, or named by a case. */
function checkMoneyOutside({ watch, banks, fail }: World, transfers: Phones['transfers']): void {
  for (const { id, state, uid } of watch.attempts.values())
    if (
      !['paid', 'declined', 'reversed', 'abandoned'].includes(state) &&
      !watch.cases.has(`case-unknown-payment-${id}`)
    )
      fail('attempts-end', `${id} is still ${state}`, { key: uid });
  const told = new Map(
    [...watch.attempts.values()].map((attempt) => [`${attempt.channel} ${attempt.reference}`, attempt.id]),
  );
  const held = [...banks.values()].flatMap((bank) =>
    [...bank.ledger.values()].map(({ attemptId, state, amountFen }) => ({
      attemptId,
      fen: state === 'paid' ? amountFen : 0,
      what: `order ${attemptId} (${state})`,
    })),
  );
  for (const { reference, amountFen, returned } of transfers) {
    const attemptId = told.get(`phone ${reference}`);
    if (attemptId === undefined && !returned) fail('money-adds-up', `nobody knows of transfer ${reference}`);
    if (attemptId !== undefined)
      held.push({
        attemptId,
        fen: returned ? 0 : amountFen,
        what: `transfer ${reference}${returned ? ', returned' : ''}`,
      });
  }
  for (const { attemptId, fen, what } of held) {
    let booked = 0;
    for (const paid of watch.payments.values())
      if (paid.attemptId === attemptId && !paid.reversed) booked += paid.paidFen;
    let back = 0;
    let named = 0;
    for (const refund of watch.refunds.values()) {
      if (refund.attemptId !== attemptId) continue;
      if (refund.state === 'done' && refund.method !== 'cash') back += refund.amountFen;
      if (refund.billId === null) named += refund.amountFen;
    }
    for (const each of watch.cases.values()) if (each.id.endsWith(attemptId)) named = Math.max(named, each.amountFen);
    const surplus = fen + back - booked;
    if (surplus < 0 || surplus > named)
      fail(
        'money-adds-up',
        `${what}: ${fen} is there, ${back} went back, ${booked} is booked, ${named} is named by cases; the attempt is ${watch.attempts.get(attemptId)?.state}`,
        { key: watch.attempts.get(attemptId)?.uid },
      );
  }
}
