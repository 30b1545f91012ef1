import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { differenceViewSchema, type RunView, runViewSchema } from '../../shared/contract/reconciliations.ts';
import { shanghaiDate } from '../../shared/domain/time.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { createKeys, startQingdaoPlatform } from '../peers/qingdao/index.ts';
import { CarPark } from '../support/car-park.ts';
import { faultsInTheCity } from '../support/city-books.ts';
import { DAY_MINUTES, openInThePast, stranger, tenInTheMorning, traffic } from '../support/city-day.ts';
import { ACCESS_ID, PARKING_CODE, provision } from '../support/provision.ts';
import { StationProcess } from '../support/station-process.ts';
import { until } from '../support/until.ts';

const image = jpegOfSize(5_000);
const differences = pageOf(differenceViewSchema);
const repaired = z.object({ inserted: z.int(), retried: z.int(), next: z.int().nullable() });

async function compare(station: StationProcess, date: string, purpose = 'check'): Promise<RunView> {
  const { id } = await station.send(runViewSchema, '/reconciliations', { platform: 'qingdao', purpose, date });
  return await until('the comparison ends', async () => {
    const run = await station.get(runViewSchema, `/reconciliations/${id}`);
    return run.state === 'running' ? undefined : run;
  });
}

const found = async (station: StationProcess, run: RunView) =>
  (await station.get(differences, `/reconciliations/${run.id}/differences?pageSize=200`)).items;

/** Message and key of what was sent since a place in the city's log. */
const sentSince = (park: CarPark, before: number): string[] =>
  park.city.log
    .slice(before)
    .filter((line) => line.body?.['uid'] !== undefined)
    .map((line) => `${line.interface} ${String(line.body?.['uid'])}`)
    .sort();

test('what the city lost of a day is found, exactly that is sent again, and what only it has is for a person', async () => {
  const park = await openInThePast();
  const { city, station } = park;
  const day = shanghaiDate(park.now());
  const uids = await traffic(park, 'C', 8);
  expect((await compare(station, day)).differences).toBe(0);

  const pick = (count: number, of: readonly string[] = uids) => of.slice(0, count);
  const left = uids.filter((uid) => city.books.stay(uid).exit);
  const [noEntry = '', other = ''] = pick(2);
  const noExit = left.slice(1, 3);
  city.forget('entries', ({ uid }) => uid === noEntry || uid === other);
  city.forget('exits', ({ uid }) => noExit.includes(uid));
  const bill = city.forget('payments', ({ uid }) => uid === left[3]);
  const photos = city.forget('photos');
  expect([bill.length, photos.length]).toEqual([1, 12]);
  const planted = stranger(`${day} 10:00:01`);
  city.plant('entries', planted);

  const expected = [
    ...[noEntry, other].map((uid) => `uploadCarInData ${uid}`),
    ...noExit.map((uid) => `uploadCarOutData ${uid}`),
    ...bill.map(({ uid }) => `uploadPayRecord ${uid}`),
    ...photos.map(({ uid }) => `uploadPhoto ${uid}`),
  ].sort();
  const run = await compare(station, day);
  const items = await found(station, run);
  const lost = items.filter((item) => item.found === 'lost').map((item) => `${item.message} ${item.key}`);
  expect(lost.sort()).toEqual(expected);
  expect(items.filter((item) => item.found !== 'lost')).toMatchObject([{ found: 'extra', key: planted.uid }]);

  const before = city.log.length;
  expect(await station.send(repaired, `/reconciliations/${run.id}/repair`, {})).toMatchObject({
    ...{ inserted: 0, retried: expected.length, next: null },
  });
  await park.outboxEmpty();
  expect(sentSince(park, before)).toEqual(expected);
  const again = await compare(station, day);
  expect(await found(station, again)).toMatchObject([{ found: 'extra', key: planted.uid, message: 'uploadCarInData' }]);
  expect(await faultsInTheCity(park)).toEqual([expect.stringContaining(planted.uid)]);
  // Repaired twice, it is sent once.
  const after = city.log.length;
  await station.send(repaired, `/reconciliations/${run.id}/repair`, {});
  await park.outboxEmpty();
  expect(sentSince(park, after)).toEqual([]);
  expect(city.violations).toEqual([]);
});

test('a platform that is connected after some days gets them when it is asked for, whole and in order', async () => {
  const keys = createKeys();
  const park = await CarPark.open({ clockOffsetMs: tenInTheMorning(3) });
  onTestFinished(() => park.close());
  const first = shanghaiDate(park.now());
  const visits = async (letter: string): Promise<void> => {
    for (let car = 0; car < 3; car += 1) {
      const plate = `鲁${letter}${car}${(car * 7) % 10}${car}1${car}`;
      await park.entry.push(plate, { image });
      await park.pass(70);
      await park.exit.push(plate, { image });
      await park.collect(700);
    }
  };
  await visits('E');
  await park.pass(DAY_MINUTES);
  const second = shanghaiDate(park.now());
  await visits('F');
  const offset = park.now() - Date.now();
  const city = await startQingdaoPlatform({
    ...{ keys, accessId: ACCESS_ID, parkingCode: PARKING_CODE, now: () => Date.now() + offset },
  });
  onTestFinished(() => city.close());
  const { data } = park.station;
  await park.station.sigterm();
  const late = await StationProcess.start({
    data,
    provision: provision({ qingdao: { city, keys } }),
    clockOffsetMs: offset,
  });
  onTestFinished(() => late.dispose());
  for (const day of [first, second]) {
    const run = await compare(late, day, 'backfill');
    expect(await late.send(repaired, `/reconciliations/${run.id}/repair`, {})).toMatchObject({
      inserted: 15,
      retried: 0,
    });
  }
  await until('all is there', () => city.books.photos.size === 12 && city.books.exits.size === 6, 15_000);
  expect([city.figures(first), city.figures(second)]).toEqual(
    [first, second].map(() => ({ arriveNum: 3, leaveNum: 3, photoNum: 6, payNum: 3, payTotal: 2100 })),
  );
  for (const uid of city.books.entries.keys()) {
    const order = city.log.filter((line) => line.body?.['uid'] === uid && line.interface !== 'uploadPhoto');
    expect(order.map((line) => line.interface)).toEqual(['uploadCarInData', 'uploadPayRecord', 'uploadCarOutData']);
  }
  for (const day of [first, second]) expect((await compare(late, day)).differences).toBe(0);
  expect(city.violations).toEqual([]);
});
