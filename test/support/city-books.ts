import type { StayDetail, StayView } from '../../shared/contract/stays.ts';
import type { BookName } from '../peers/qingdao/index.ts';
import type { CarPark } from './car-park.ts';

/** The dictionary of the specification, written once more by hand. */
const CAR_TYPE: Readonly<Record<string, number>> = { small: 1, medium: 2, large: 3 };
const PLATE_COLOR: Readonly<Record<string, number>> = {
  ...{ blue: 1, yellow: 2, white: 3, black: 4, green: 5, 'yellow-green': 6 },
};
const PHOTO_TYPE: Readonly<Record<string, number>> = { entry: 1, exit: 2 };
const BOOKS: readonly BookName[] = ['entries', 'exits', 'payments', 'photos'];

/** `2026-03-02T10:00:00.000+08:00` as the city writes it. */
const wall = (rfc3339: string | null): string => (rfc3339 ?? '').slice(0, 19).replace('T', ' ');

async function allStays(park: CarPark): Promise<StayView[]> {
  const stays = await park.stays('');
  if (stays.length === 200) throw new Error('more stays than one page holds');
  return stays;
}

function ofStay(stay: StayDetail, park: CarPark): string[] {
  const { books } = park.city;
  const file = books.stay(stay.uid);
  const faults: string[] = [];
  const same = (what: string, city: unknown, ours: unknown): void => {
    const [told, held] = [JSON.stringify(city), JSON.stringify(ours)];
    if (told !== held) faults.push(`${stay.plate.text} ${stay.uid}, ${what}: city ${told}, station ${held}`);
  };
  // Void, withdrawn and closed stays are deleted there, unless money was taken for them.
  const gone = stay.status === 'abnormal' && stay.paidFen === 0;
  const has = (record: object | undefined): boolean => record !== undefined;
  same('entry', has(file.entry), !gone);
  same('exit', has(file.exit), stay.status === 'left');
  if (file.entry && !gone) {
    const { plateNo, arriveTime, carType, plateColor, entryNum } = file.entry;
    same('plate at entry', plateNo, stay.plate.text);
    same('time of entry', arriveTime, wall(stay.enteredAt));
    same('class', carType, CAR_TYPE[stay.vehicleClass]);
    same('colour', plateColor, PLATE_COLOR[stay.plate.color] ?? 1);
    same('entrance', entryNum, String(stay.entryLane.number));
  }
  if (file.exit && stay.status === 'left') {
    const { plateNo, endTime, chargeFee, shouldPay } = file.exit;
    same('plate at exit', plateNo, stay.plate.text);
    same('time of exit', endTime, wall(stay.exitedAt));
    same('charge', chargeFee, stay.chargeFen);
    same('due', shouldPay, stay.dueFen);
  }
  const bill = (id: unknown, amount: unknown): string => `${String(id)} ${String(amount)}`;
  same(
    'bills',
    file.payments.map(({ billID, actualPay }) => bill(billID, actualPay)).sort(),
    stay.payments.map(({ billId, amountFen }) => bill(billId, amountFen)).sort(),
  );
  const photos = gone ? [] : stay.photos.filter(({ purpose }) => PHOTO_TYPE[purpose] !== undefined);
  same(
    'photos',
    file.photos.map(({ record, jpeg }) => `${String(record['type'])}: ${jpeg?.length}`).sort(),
    photos.map(({ purpose, bytes }) => `${PHOTO_TYPE[purpose]}: ${bytes}`).sort(),
  );
  return faults;
}

/**
 * Lays the city's books beside what the station itself says of each stay: entries, exits, bills to the fen, photos to the byte, and
 * nothing that only the city has. Empty when they are equal.
 */
export async function faultsInTheCity(park: CarPark): Promise<string[]> {
  const stays = await allStays(park);
  const faults: string[] = [];
  for (const { uid } of stays) faults.push(...ofStay(await park.stay(uid), park));
  const known = new Set(stays.map(({ uid }) => uid));
  for (const book of BOOKS)
    for (const { uid, id } of park.city.books[book].values())
      if (!known.has(uid)) faults.push(`only the city has ${id} of ${uid} among its ${book}`);
  return faults;
}
