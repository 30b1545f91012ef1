import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { type EventView, eventViewSchema } from '../../shared/contract/journal.ts';
import { type StayView, stayViewSchema } from '../../shared/contract/stays.ts';
import { eventBodies } from '../../shared/domain/events.ts';
import type { Charge } from '../peers/keytop/index.ts';
import type { CarPark } from './car-park.ts';

const events = z.array(eventViewSchema);
const stayPage = pageOf(stayViewSchema);
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Every row of the journal, oldest first. */
export async function wholeJournal(park: CarPark): Promise<EventView[]> {
  const found: EventView[] = [];
  for (let before = ''; ; ) {
    const page = await park.station.get(events, `/events?limit=500${before}`);
    found.push(...page);
    const oldest = page.at(-1)?.seq;
    if (oldest === undefined || oldest <= 1) return found.reverse();
    before = `&before=${oldest}`;
  }
}

async function allStays(park: CarPark): Promise<StayView[]> {
  const { items } = await park.station.get(stayPage, '/sessions?pageSize=200');
  return items;
}

type Told = Pick<Charge, 'orderNo' | 'platformOrder' | 'state' | 'amount'>;
const nameOf = ({ orderNo, platformOrder, amount, state }: Told): string =>
  `${orderNo || platformOrder} ${amount} (${state})`;

/**
 * Lays three accounts beside each other: what the third party charged whom, what stands in the car park's journal as collected by it, and
 * what it was told of payments and exits. Words for whatever differs; empty where all agree to the fen.
 */
export async function faultsInTheMall(park: CarPark): Promise<string[]> {
  const { mall } = park;
  const journal = await wholeJournal(park);
  const stays = await allStays(park);
  const faults: string[] = [];
  const same = (what: string, ours: unknown, theirs: unknown): void => {
    if (ours !== theirs) faults.push(`${what}: ${String(ours)} here, ${String(theirs)} there`);
  };
  const booked = journal
    .filter(({ kind }) => kind === 'bill-paid')
    .map(({ body }) => eventBodies['bill-paid'].parse(body));
  const theirs = booked.filter(({ via }) => via === 'keytop');
  const charges = mall.state.charges;

  // The third party's money, one by one and altogether.
  same(
    'collected by the third party',
    sum(theirs.map(({ paidFen }) => paidFen)),
    sum(charges.kept.map((c) => c.amount)),
  );
  for (const charge of charges.all) {
    const kept = charge.state === 'settled';
    const rows = theirs.filter(
      ({ reference, attemptId, stay }) =>
        (charge.orderNo !== '' && (reference === charge.orderNo || attemptId === charge.orderNo)) ||
        (charge.via === 'seamless' && stay.plate.text === charge.plate && reference === null),
    );
    if (charge.state === 'open' || charge.state === 'unknown') faults.push(`nobody knows of ${nameOf(charge)}`);
    else if (kept && charge.amount > 0 && rows.length !== 1)
      faults.push(`${nameOf(charge)} is booked ${rows.length} times`);
    else if (!kept && rows.some(({ paidFen }) => paidFen === charge.amount))
      faults.push(`${nameOf(charge)} went back, and is booked`);
  }
  const totals = mall.books.totals();
  same('money told in 2.7 as theirs', sum(theirs.map(({ paidFen }) => paidFen)), totals.toldFen);
  const others = booked.filter(({ via }) => via !== 'keytop');
  same('money told in 2.7 as ours', sum(others.map(({ paidFen }) => paidFen)), totals.elsewhereFen);

  // Entries and exits, each once and in its order.
  for (const stay of stays) {
    const name = `${stay.plate.text || stay.identity || '?'} ${stay.uid}`;
    const told = [...mall.state.stays.all.values()].filter(
      ({ plate, card, enteredAt }) =>
        (plate === '' ? card === stay.identity : plate === stay.plate.text) &&
        Math.abs(enteredAt - Date.parse(stay.enteredAt)) < 1_000,
    );
    const [one] = told;
    same(`${name}: told as stays`, 1, told.length);
    if (!one) continue;
    same(`${name}: entry told`, true, one.entry !== null);
    same(`${name}: exits told`, stay.status === 'left' ? 1 : 0, one.exits.length);
    same(`${name}: paid`, stay.paidFen, sum(one.bills.map((bill) => Number(bill['payMoney']))));
    if (stay.status === 'left')
      same(`${name}: its account`, stay.chargeFen, stay.paidFen + stay.discountFen + stay.waivedFen + stay.owedFen);
  }
  same('stays', stays.length, mall.state.stays.all.size);
  faults.push(...mall.books.differences());
  return faults;
}

/**
 * Movements of arms that nothing explains: each pulse of a relay has an order in the journal, and each order is somebody's by name, or has
 * the entry or the settled exit of that very car beside it.
 */
export async function unexplainedArms(park: CarPark, laneIds: readonly string[]): Promise<string[]> {
  const journal = await wholeJournal(park);
  const passed = new Set(
    journal
      .filter(({ kind }) => kind === 'vehicle-entered' || kind === 'vehicle-exited')
      .map(({ passageId }) => passageId),
  );
  return laneIds.flatMap((laneId) => {
    const orders = journal
      .filter((row) => row.laneId === laneId && row.kind === 'gate-commanded')
      .map((row) => ({ row, order: eventBodies['gate-commanded'].parse(row.body) }))
      .filter(({ order }) => order.action === 'open');
    const pulses = park.camera(laneId).arm.openings.length;
    const unexplained = orders
      .filter(
        ({ row, order }) => order.origin !== 'manual' && order.origin !== 'platform' && !passed.has(row.passageId),
      )
      .map(
        ({ row, order }) =>
          `${laneId}: ${order.origin} for ${order.plate?.text ?? 'nobody'} without a passage (${row.seq})`,
      );
    const nameless = orders
      .filter(({ row, order }) => order.origin === 'manual' && row.actor.kind === 'station')
      .map(({ row }) => `${laneId}: ordered by nobody (${row.seq})`);
    const more = pulses > orders.length ? [`${laneId}: ${pulses} openings after ${orders.length} orders`] : [];
    return [...unexplained, ...nameless, ...more];
  });
}
