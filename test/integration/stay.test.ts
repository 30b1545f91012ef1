import { expect, onTestFinished, test } from 'vitest';
import { jpegOfSize } from '../peers/jpeg.ts';
import { CarPark } from '../support/car-park.ts';
import { median, until } from '../support/until.ts';

const WITHIN_MS = 5_000;

async function openCarPark(): Promise<CarPark> {
  const park = await CarPark.open({ city: {} });
  onTestFinished(() => park.close());
  return park;
}

test('a car all the way: it enters, is billed, pays cash and leaves, and the city learns all of it', async () => {
  const park = await openCarPark();
  const { city, entry, exit } = park;
  const entryPhoto = jpegOfSize(40_000);
  const exitPhoto = jpegOfSize(50_000);

  const entered = await entry.push('鲁B12345', { image: entryPhoto });
  expect(entered.reply?.info).toBe('ok');
  expect(entry.arm.openings).toHaveLength(1);
  const { uid, plate, entryLane } = await park.stayOf('鲁B12345');
  expect(uid).toMatch(/^10011\d{17}$/);
  expect(plate).toEqual({ text: '鲁B12345', color: 'blue', kind: 'ordinary' });
  expect(entryLane).toEqual({ id: 'in1', name: '东门入口', number: 1 });

  await park.pass(65);
  const leaving = await exit.push('鲁B12345', { image: exitPhoto });
  expect(leaving.reply?.info).toBe('no');
  expect(exit.arm.openings).toEqual([]);
  const charging = await park.lane('out1');
  expect(charging.phase).toBe('charging');
  // The first hour, and one begun half hour.
  expect(charging.passage?.bill).toMatchObject({ minutes: 65, chargeFen: 700, dueFen: 700 });
  expect(charging.passage?.stay?.uid).toBe(uid);

  await expect(park.collect(500, charging.passage?.id)).rejects.toThrow(/409/);
  expect(exit.arm.openings).toEqual([]);
  await park.collect(700, charging.passage?.id);
  await exit.waitFor(() => exit.arm.state === 'open', 'open arm');
  expect(exit.arm.openings.map((pulse) => pulse.cause.kind)).toEqual(['comet']);

  const stay = await park.stay(uid);
  expect(stay).toMatchObject({ status: 'left', chargeFen: 700, dueFen: 700, paidFen: 700 });
  expect(stay.payments).toMatchObject([{ method: 'cash', amountFen: 700, operator: 'admin' }]);
  expect(stay.payments[0]?.steps.reduce((sum, step) => sum + step.amountFen, 0)).toBe(700);
  const byPurpose = new Map(stay.photos.map((photo) => [photo.purpose, photo.id]));
  expect(await park.photo(byPurpose.get('entry') ?? '')).toEqual(entryPhoto);
  expect(await park.photo(byPurpose.get('exit') ?? '')).toEqual(exitPhoto);

  await city.waitFor(() => city.books.stay(uid).exit && city.books.stay(uid).photos.length === 2, 'whole stay');
  await city.waitFor(() => city.received('uploadHeartbeat')[0], 'heartbeat');
  await city.waitFor(() => city.received('uploadParkingState').at(-1)?.body?.['freeBerthNum'] === 130, 'free spaces');
  const file = city.books.stay(uid);
  expect(file.entry).toMatchObject({ plateNo: '鲁B12345', plateColor: 1, parkingType: 1, entryNum: '1', gateNo: '1' });
  expect(file.entry).toMatchObject({ totalBerthNum: 150, openBerthNum: 130, freeBerthNum: 129 });
  expect(file.exit).toMatchObject({ plateNo: '鲁B12345', entryNum: '1', outNum: '2', freeBerthNum: 130 });
  expect(file.exit?.['arriveTime']).toBe(file.entry?.['arriveTime']);
  expect(file.payments).toMatchObject([{ paidType: 1, billWay: 0 }]);
  expect(city.books.money(uid)).toEqual({
    ...{ payments: 1, chargeFee: 700, shouldPay: 700, actualPay: 700, exitShouldPay: 700 },
  });
  const pictures = new Map(file.photos.map((photo) => [photo.record['type'], photo.jpeg]));
  expect(pictures.get(1)).toEqual(entryPhoto);
  expect(pictures.get(2)).toEqual(exitPhoto);
  expect(recordsOf(park, uid)).toEqual(['uploadCarInData', 'uploadPayRecord', 'uploadCarOutData']);

  await park.outboxEmpty();
  expect(city.violations).toEqual([]);
  expect(city.repeats).toEqual([]);
  expect([...entry.protocolFaults, ...exit.protocolFaults]).toEqual([]);
  expect(await park.station.sigterm()).toBe(0);
});

/** Names of a stay's messages in the order in which the city received them, photos aside: they may come whenever nothing else waits. */
function recordsOf(park: CarPark, uid: string): string[] {
  return park.city.log
    .filter((line) => line.body?.['uid'] === uid && line.interface !== 'uploadPhoto')
    .map((line) => line.interface);
}

/** What 20 stays of 10, 20 … 200 minutes cost: yuan 5 for the first hour, 2 for each begun half hour after it. */
const FEES = [
  ...[500, 500, 500, 500, 500, 500],
  ...[700, 700, 700, 900, 900, 900],
  ...[1100, 1100, 1100, 1300, 1300, 1300, 1500, 1500],
];

test('twenty cars 200 ms apart: quick answers, and every upload in time, in order and to the fen', async () => {
  const park = await openCarPark();
  const { city, entry, exit } = park;
  const plates = FEES.map((_, index) => `鲁B2${String(index).padStart(4, '0')}`);
  const image = jpegOfSize(60_000);

  const start = performance.now();
  const pushes = plates.map(async (plate, index) => {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, start + index * 200 - performance.now())));
    return await entry.push(plate, { image });
  });
  const entered = await Promise.all(pushes);
  expect(entered.map((push) => push.reply?.info)).toEqual(plates.map(() => 'ok'));
  expect(entered.flatMap((push) => push.attempts)).toHaveLength(plates.length);
  expect(entry.arm.openings).toHaveLength(plates.length);

  const uids = new Map<string, string>();
  for (const plate of plates) uids.set(plate, (await park.stayOf(plate)).uid);
  expect(new Set(uids.values()).size).toBe(plates.length);

  const paidAt = new Map<string, number>();
  for (const [index, plate] of plates.entries()) {
    await park.pass(10);
    const pushed = await exit.push(plate, { image });
    expect(pushed.reply?.info).toBe('no');
    const lane = await park.lane('out1');
    expect([plate, lane.passage?.bill?.dueFen]).toEqual([plate, FEES[index]]);
    paidAt.set(plate, Date.now());
    await park.collect(FEES[index] ?? 0, lane.passage?.id);
    await exit.waitFor(() => exit.arm.openings.length === index + 1, `opening ${index + 1}`);
  }

  await until('everything at the city', () => city.books.exits.size === 20 && city.books.photos.size === 40, 10_000);
  for (const [index, plate] of plates.entries()) {
    const uid = uids.get(plate) ?? '';
    const fee = FEES[index] ?? 0;
    expect(recordsOf(park, uid)).toEqual(['uploadCarInData', 'uploadPayRecord', 'uploadCarOutData']);
    expect(city.books.money(uid)).toEqual({
      ...{ payments: 1, chargeFee: fee, shouldPay: fee, actualPay: fee, exitShouldPay: fee },
    });
    const file = city.books.stay(uid);
    const photoAt = (type: number): number => file.photos.find((photo) => photo.record['type'] === type)?.at ?? NaN;
    const delays = {
      entry: (city.books.entries.get(uid)?.at ?? NaN) - (entered[index]?.attempts[0]?.at ?? 0),
      entryPhoto: photoAt(1) - (entered[index]?.attempts[0]?.at ?? 0),
      payment: (onlyPayment(park, uid)?.at ?? NaN) - (paidAt.get(plate) ?? 0),
      exit: (city.books.exits.get(uid)?.at ?? NaN) - (paidAt.get(plate) ?? 0),
      exitPhoto: photoAt(2) - (paidAt.get(plate) ?? 0),
    };
    for (const [what, delay] of Object.entries(delays)) {
      expect(delay, `${what} of ${plate}`).toBeGreaterThanOrEqual(0);
      expect(delay, `${what} of ${plate}`).toBeLessThan(WITHIN_MS);
    }
  }
  await park.outboxEmpty();
  expect(city.violations).toEqual([]);
  expect(city.repeats).toEqual([]);

  const replies = [...entry.attempts, ...exit.attempts].map((attempt) => attempt.ms);
  process.stdout.write(
    `camera replies: median ${median(replies).toFixed(1)} ms, slowest ${Math.max(...replies).toFixed(1)} ms of ${replies.length}\n`,
  );
  // The goal is 50 ms with the disk idle; other tests run beside this one.
  expect(median(replies)).toBeLessThan(250);
});

function onlyPayment(park: CarPark, uid: string) {
  return [...park.city.books.payments.values()].find((payment) => payment.uid === uid);
}
