import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { shanghaiDateTime } from '../../../shared/domain/time.ts';
import { until } from '../../support/until.ts';
import type { CityBook, Taken } from './city.ts';
import type { Visit } from './plan.ts';
import type { AwayStation } from './station.ts';

const PAGE = 'page=1&pageSize=1';
const pageSchema = z.object({ total: z.int() });
const totalsSchema = z.object({
  totals: z.object({ exits: z.int(), receivedTotal: z.object({ count: z.int(), amountFen: z.int() }) }),
});
const waitingSchema = z.array(z.object({ message: z.string(), body: z.string() }));
const countedSchema = z.array(z.object({ message: z.string(), state: z.int(), count: z.int() }));
const DELIVERED = 1;

/** How a record is known to both sides. */
const nameOf = (message: string, id: string): string => `${message} ${id}`;

function idOf({ name, data }: Taken): string {
  const id = {
    ...{ uploadCarInData: data.arriveID, uploadCarOutData: data.endID },
    ...{ uploadPayRecord: data.billID, uploadPhoto: data.photoID },
  }[name];
  return nameOf(name, id ?? '');
}

/** What a killed station had not yet written down as delivered. Looked at without touching what the next start finds. */
export function openMessages(data: string): ReadonlySet<string> {
  const db = new Database(join(data, 'gatehouse.db'), { readonly: true });
  const rows = waitingSchema.parse(db.prepare('SELECT message, body FROM outbox WHERE state = 0').all());
  db.close();
  const ids = ['arriveID', 'endID', 'billID', 'photoID'];
  return new Set(
    rows.flatMap(({ message, body }) => {
      const fields = z.record(z.string(), z.unknown()).parse(JSON.parse(body));
      return ids.flatMap((id) => (typeof fields[id] === 'string' ? nameOf(message, fields[id]) : []));
    }),
  );
}

/** A station's death: how many records the city had taken by then, and what was still open. */
export interface Death {
  readonly taken: number;
  readonly open: ReadonlySet<string>;
}

/** The city's own list, read by itself: complaints, order, and repeats that nobody needed. */
export function faultsInTheCity({ taken, complaints, outcomes }: CityBook, deaths: readonly Death[]): string[] {
  const faults = [...complaints];
  for (const [outcome, count] of Object.entries(outcomes))
    if (outcome.endsWith(' refused')) faults.push(`${outcome} ${count} times`);
  const unknownFate = new Set<string>();
  const known = new Set<string>();
  const before = new Map<string, Set<string>>();
  for (const [at, record] of taken.entries()) {
    for (const { taken: then, open } of deaths)
      if (then === at) for (const id of open) if (known.has(id)) unknownFate.add(id);
    const id = idOf(record);
    if (record.repeat && !unknownFate.has(id)) faults.push(`${id} came again although its answer had been heard`);
    if (record.repeat !== known.has(id)) faults.push(`${id} stands twice in the city's books`);
    known.add(id);
    if (record.answerLost) unknownFate.add(id);
    else unknownFate.delete(id);

    const { uid, type } = record.data;
    const earlier = before.get(uid) ?? new Set();
    before.set(uid, earlier);
    const wanted = wantedBefore(record.name, type);
    if (wanted !== undefined && !earlier.has(wanted)) faults.push(`${id} of ${uid} came before its ${wanted}`);
    if (record.name === 'uploadPayRecord' && !record.repeat && earlier.has('uploadCarOutData'))
      faults.push(`${id} of ${uid} came after the exit`);
    earlier.add(record.name);
  }
  return faults;
}

/** An entry comes first; the picture of an exit comes after the exit. */
function wantedBefore(name: Taken['name'], photoType: number | undefined): Taken['name'] | undefined {
  if (name === 'uploadCarInData') return undefined;
  return name === 'uploadPhoto' && photoType === 2 ? 'uploadCarOutData' : 'uploadCarInData';
}

interface Told {
  readonly uid: string;
  readonly arriveTime: string;
  exit: boolean;
  readonly payments: number[];
  photos: number;
}

/** What the city holds, stay by stay, beside what drivers did. */
export function faultsInTheStays({ taken }: CityBook, visits: readonly Visit[]): string[] {
  const stays = new Map<string, Told>();
  const ofPlate = new Map<string, Told[]>();
  for (const { name, repeat, data } of taken) {
    if (repeat) continue;
    if (name === 'uploadCarInData') {
      const stay = { uid: data.uid, arriveTime: data.arriveTime ?? '', exit: false, payments: [], photos: 0 };
      stays.set(data.uid, stay);
      ofPlate.set(data.plateNo ?? '', [...(ofPlate.get(data.plateNo ?? '') ?? []), stay]);
    }
    const stay = stays.get(data.uid);
    if (name === 'uploadCarOutData' && stay) stay.exit = true;
    if (name === 'uploadPayRecord') stay?.payments.push(data.actualPay ?? 0);
    if (name === 'uploadPhoto' && stay) stay.photos += 1;
  }
  const faults: string[] = [];
  if (stays.size !== visits.length) faults.push(`the city knows ${stays.size} stays, ${visits.length} cars came`);
  const inOrder = [...visits].sort((a, b) => (a.enteredAt ?? 0) - (b.enteredAt ?? 0));
  for (const told of ofPlate.values()) told.sort((a, b) => (a.arriveTime < b.arriveTime ? -1 : 1));
  for (const visit of inOrder) {
    const stay = ofPlate.get(visit.plate)?.shift();
    if (!stay) {
      faults.push(`the city does not know a stay of ${visit.plate}`);
      continue;
    }
    const photos = Number(visit.entryPicture) + Number(visit.exitPicture && visit.leftAt !== null);
    const ours = `left ${visit.leftAt !== null}, paid ${visit.paidFen ?? ''}, photos ${photos}`;
    const theirs = `left ${stay.exit}, paid ${stay.payments.join()}, photos ${stay.photos}`;
    if (ours !== theirs) faults.push(`${visit.plate} ${stay.uid}: ${theirs}; what happened: ${ours}`);
  }
  return faults;
}

export interface Sums {
  readonly exits: number;
  readonly payments: number;
  readonly paidFen: number;
}

/** The same from three sides: drivers, the station's report of these days, the city. */
export async function faultsInTheSums(
  station: AwayStation,
  { taken }: CityBook,
  visits: readonly Visit[],
  days: { readonly from: number; readonly to: number },
): Promise<{ readonly faults: string[]; readonly sums: Sums }> {
  const paid = visits.flatMap(({ paidFen }) => paidFen ?? []);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const sums = {
    exits: visits.filter(({ leftAt }) => leftAt !== null).length,
    ...{ payments: paid.length, paidFen: sum(paid) },
  };
  const first = taken.filter(({ repeat }) => !repeat);
  const bills = first.filter(({ name }) => name === 'uploadPayRecord');
  const city = {
    exits: first.filter(({ name }) => name === 'uploadCarOutData').length,
    ...{ payments: bills.length, paidFen: sum(bills.map(({ data }) => data.actualPay ?? 0)) },
  };
  const day = (at: number): string => shanghaiDateTime(at).slice(0, 10);
  const { totals } = await station.ask(totalsSchema, `/reports/totals?period=${day(days.from)}..${day(days.to)}`);
  const report = {
    exits: totals.exits,
    ...{ payments: totals.receivedTotal.count, paidFen: totals.receivedTotal.amountFen },
  };
  const faults = Object.entries({ city, report }).flatMap(([who, told]) =>
    JSON.stringify(told) === JSON.stringify(sums)
      ? []
      : [`the ${who} says ${JSON.stringify(told)}, the drivers ${JSON.stringify(sums)}`],
  );
  return { faults, sums };
}

/** Nothing was refused, nothing was given up, and as soon as the last deliveries are written down nothing waits. */
export async function faultsInTheOutbox(station: AwayStation): Promise<string[]> {
  const count = async (status: string): Promise<number> =>
    (await station.ask(pageSchema, `/outbox?status=${status}&${PAGE}`)).total;
  await until('nothing waits', async () => (await count('waiting')) === 0).catch(() => undefined);
  const counted = await Promise.all(
    ['waiting', 'refused', 'discarded'].map(async (status) => ({ status, total: await count(status) })),
  );
  return counted.flatMap(({ status, total }) => (total === 0 ? [] : [`${total} messages are ${status}`]));
}

/** Of a station that has stopped: each message that it holds to be delivered stands in the city's books, and no others do. */
export function faultsInTheFile(data: string, { taken }: CityBook): string[] {
  const db = new Database(join(data, 'gatehouse.db'), { readonly: true });
  const rows = countedSchema.parse(
    db.prepare('SELECT message, state, count(*) AS count FROM outbox GROUP BY message, state').all(),
  );
  db.close();
  const names = [...new Set(taken.map(({ name }) => name))];
  return names.flatMap((message) => {
    const ours = rows.find((row) => row.message === message && row.state === DELIVERED)?.count ?? 0;
    const theirs = taken.filter(({ name, repeat }) => name === message && !repeat).length;
    return ours === theirs ? [] : [`${message}: ${ours} delivered, the city has ${theirs}`];
  });
}
