import { pageOf } from '../../shared/contract/base.ts';
import type { EventView } from '../../shared/contract/journal.ts';
import { type StayView, stayViewSchema } from '../../shared/contract/stays.ts';
import { eventBodies } from '../../shared/domain/events.ts';
import type { Charge, ParkingCloud, ParkingRecord } from '../peers/shenzhen/index.ts';
import type { StationProcess } from './station-process.ts';

const stayPage = pageOf(stayViewSchema);
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
/** Digits of a uid that a record code begins with: the time of entry (docs/platforms/shenzhen.md). */
const TIME_DIGITS = 15;

/** What the cloud holds of a stay. */
export const recordOf = (cloud: ParkingCloud, { uid }: Pick<StayView, 'uid'>): ParkingRecord | undefined =>
  [...cloud.state.records.values()].find(({ recordCode }) => recordCode.startsWith(uid.slice(-TIME_DIGITS)));

interface Parties {
  readonly station: StationProcess;
  readonly cloud: ParkingCloud;
  readonly journal: readonly EventView[];
}

/** What the journal says was collected by the city. */
const collected = (journal: readonly EventView[]) =>
  journal
    .filter(({ kind }) => kind === 'bill-paid')
    .map(({ body }) => eventBodies['bill-paid'].parse(body))
    .filter(({ via }) => via === 'shenzhen');

/** Amounts that were told in an exit, in fen. */
const told = (record: ParkingRecord, name: string): number => Number(record.exit?.[name] ?? 0);

/**
 * What the cloud charged and was told, beside what stands in the journal. Words for whatever differs; empty where all agree to the fen.
 * `afterwards` is what was paid, by record code, for a car that had left: its exit was told before.
 */
export async function faultsInTheCloud(
  { station, cloud, journal }: Parties,
  afterwards: ReadonlyMap<string, number> = new Map(),
): Promise<string[]> {
  const faults: string[] = [];
  const same = (what: string, ours: unknown, theirs: unknown): void => {
    if (ours !== theirs) faults.push(`${what}: ${String(ours)} here, ${String(theirs)} there`);
  };
  const rows = collected(journal);
  const nameOf = ({ orderNum, recordCode, fen }: Charge): string => `${orderNum} of ${recordCode} (${fen})`;
  for (const charge of cloud.app.charges.all) {
    const own = rows.filter(({ reference }) => reference === charge.orderNum);
    same(`${nameOf(charge)}: times booked`, own.length, charge.refunded ? 0 : 1);
    same(`${nameOf(charge)}: fen`, sum(own.map(({ paidFen }) => paidFen)), charge.refunded ? 0 : charge.fen);
  }
  const kept = cloud.app.charges.all.filter(({ refunded }) => !refunded).map(({ fen }) => fen);
  same('collected by the city', sum(rows.map(({ paidFen }) => paidFen)), sum(kept));

  const { items } = await station.get(stayPage, '/sessions?pageSize=200');
  const cash = new Map<string, number>();
  for (const stay of items) {
    const name = `${stay.plate.text || stay.identity || '?'} ${stay.uid}`;
    const record = recordOf(cloud, stay);
    if (!record) {
      faults.push(`${name}: the cloud knows of no record`);
      continue;
    }
    same(`${name}: plate`, stay.plate.text, record.known['plateNumber']);
    same(`${name}: entry`, second(Date.parse(stay.enteredAt)), second(Number(record.known['entryTime'])));
    same(`${name}: exit told`, stay.status === 'left', record.exit !== null);
    if (stay.status !== 'left' || !record.exit) continue;
    const late = afterwards.get(record.recordCode) ?? 0;
    same(`${name}: paid`, stay.paidFen - late, told(record, 'actualPay'));
    same(`${name}: its fee`, stay.chargeFen, told(record, 'shouldPay'));
    same(`${name}: its account`, stay.chargeFen, stay.paidFen + stay.discountFen + stay.waivedFen + stay.owedFen);
    const city = sum(cloud.app.charges.of(record.recordCode).map(({ fen }) => fen));
    cash.set(record.recordCode, stay.paidFen - city - late);
  }
  same('stays', items.length, cloud.state.records.size);
  faults.push(...cloud.books.differences({ otherwise: (code) => cash.get(code) ?? 0 }));
  return faults;
}

const second = (ms: number): number => Math.floor(ms / 1_000);
