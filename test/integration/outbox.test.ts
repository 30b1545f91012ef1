import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import {
  attemptViewSchema,
  messageDetailSchema,
  messageViewSchema,
  outboxFiguresSchema,
} from '../../shared/contract/outbox.ts';
import { differenceViewSchema, runViewSchema } from '../../shared/contract/reconciliations.ts';
import { toRfc3339 } from '../../shared/domain/time.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { createKeys, startQingdaoPlatform } from '../peers/qingdao/index.ts';
import { CarPark } from '../support/car-park.ts';
import { ACCESS_ID, PARKING_CODE, provision } from '../support/provision.ts';
import { StationProcess } from '../support/station-process.ts';
import { until } from '../support/until.ts';

const image = jpegOfSize(20_000);
const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function open(): Promise<CarPark> {
  const park = await CarPark.open({ city: {} });
  cleanups.push(() => park.close());
  return park;
}

const repaired = z.object({ inserted: z.int(), retried: z.int(), next: z.int().nullable() });
const differences = z.object({ items: z.array(differenceViewSchema), total: z.int() });
const detailOf = (station: StationProcess, id: number) => station.get(messageDetailSchema, `/outbox/${id}`);

/** Compares the last hours and waits for the end. */
async function compare(station: StationProcess, purpose: 'check' | 'backfill') {
  const at = (hours: number): string => toRfc3339(Date.now() + hours * 3_600_000);
  const period = { from: at(-3), to: at(1) };
  const { id } = await station.send(runViewSchema, '/reconciliations', { platform: 'qingdao', purpose, ...period });
  return until('the comparison ends', async () => {
    const run = await station.get(runViewSchema, `/reconciliations/${id}`);
    return run.state === 'running' ? undefined : run;
  });
}

/** A car enters and leaves again, having paid. */
async function passThrough(park: CarPark, plate: string): Promise<string> {
  await park.register(plate, 90);
  await park.exit.push(plate, { image });
  await park.collect(700);
  await park.exit.waitFor(() => park.exit.arm.openings.length > 0, 'open arm');
  return (await park.stayOf(plate)).uid;
}

const ofStay = (park: CarPark, uid: string): string[] =>
  park.city.log
    .filter((line) => line.body?.['uid'] === uid && line.outcome === 'accepted' && line.interface !== 'uploadPhoto')
    .map((line) => line.interface);

test('an exit that does not arrive says that the entry before it was refused; what was signed and answered can be seen', async () => {
  const park = await open();
  const { station, city } = park;
  city.fault({ kind: 'result-code', code: 400, msg: '车牌颜色有误' }, { interface: 'uploadCarInData' });
  const uid = await passThrough(park, '鲁B70001');
  const held = await until('the exit waits', async () =>
    (await park.outbox(`&key=${uid}`)).items.find((each) => each.message === 'uploadCarOutData' && each.held),
  );
  const refused = (await park.outbox('&status=refused&message=uploadCarInData&error=颜色')).items[0];
  const exit = await detailOf(station, held.id);
  expect(exit.why).toEqual({
    ...{ code: 'behind', id: refused?.id, message: 'uploadCarInData', status: 'refused', said: '400 车牌颜色有误' },
  });
  expect(exit.chain.map((each) => [each.message, each.status])).toEqual([
    ['uploadCarInData', 'refused'],
    ['uploadPayRecord', 'waiting'],
    ['uploadCarOutData', 'waiting'],
    ['uploadPhoto', 'waiting'],
  ]);
  const entry = await detailOf(station, refused?.id ?? 0);
  expect(entry.fields['plateNo']).toBe('车牌号');
  expect(entry.dependents).toEqual(exit.chain.slice(1).map(({ id }) => id));
  const [attempt] = z.array(attemptViewSchema).parse(entry.tries);
  expect(attempt).toMatchObject({ number: 1, outcome: 'refused', reason: '400 车牌颜色有误' });
  expect(JSON.parse(attempt?.trace?.plain ?? '')).toMatchObject({ data: { uid, plateNo: '鲁B70001' } });
  expect(attempt?.trace?.answer?.text).toContain('车牌颜色有误');

  city.clearFaults();
  await station.send(z.unknown(), '/outbox/retry', { status: 'refused', platform: 'qingdao' });
  await park.outboxEmpty();
  expect(ofStay(park, uid)).toEqual(['uploadCarInData', 'uploadPayRecord', 'uploadCarOutData']);
  const again = await detailOf(station, entry.id);
  expect(again.tries.map(({ number, outcome }) => [number, outcome])).toEqual([
    [2, 'delivered'],
    [1, 'refused'],
  ]);
  const [figures] = await station.get(z.array(outboxFiguresSchema), '/outbox/figures');
  expect(figures?.messages.find((each) => each.message === 'uploadCarOutData')).toMatchObject({
    delivered: 1,
    waiting: 0,
  });
});

test('while the city is away every message says since when, and nothing of the keys lies in the database or is answered', async () => {
  const park = await open();
  await park.city.stop();
  await park.entry.push('鲁B70002', { image });
  const waiting = await until('a try failed', async () =>
    (await park.outbox('&status=waiting&kind=record')).items.find((each) => each.attempts > 0),
  );
  const detail = await detailOf(park.station, waiting.id);
  expect(detail.why?.code).toBe('link-down');
  expect(detail.tries[0]).toMatchObject({ outcome: 'link', trace: { answer: null } });
  await park.city.start();
  await park.outboxEmpty();
  const photo = (await park.outbox('&kind=photo')).items[0];
  const sent = await detailOf(park.station, photo?.id ?? 0);
  expect(sent.tries[0]?.trace?.attached).toMatchObject([{ name: 'file', bytes: 20_000 }]);

  const line = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '');
  const secret = line(park.keys.userPrivateKey);
  const answered = JSON.stringify([detail, sent, await detailOf(park.station, waiting.id)]);
  const pieces = [
    secret.slice(0, 40),
    secret.slice(-40),
    secret.slice(200, 240),
    image.toString('base64').slice(200, 260),
  ];
  for (const piece of pieces) expect(answered).not.toContain(piece);
  const db = new Database(join(park.station.data, 'gatehouse.db'), { readonly: true });
  const stored = JSON.stringify(db.prepare('SELECT * FROM outbox_attempts').all());
  db.close();
  expect(stored).toContain('鲁B70002');
  for (const piece of pieces) expect(stored).not.toContain(piece);
});

test('a row that got lost is found and made good, once', async () => {
  const park = await open();
  const uid = await passThrough(park, '鲁B70003');
  await park.outboxEmpty();
  expect((await compare(park.station, 'check')).differences).toBe(0);
  const db = new Database(join(park.station.data, 'gatehouse.db'), { timeout: 5000 });
  db.prepare("DELETE FROM outbox WHERE message = 'uploadPayRecord'").run();
  db.close();
  const run = await compare(park.station, 'check');
  const found = await park.station.get(differences, `/reconciliations/${run.id}/differences`);
  expect(found.items.map((row) => [row.found, row.status, row.message, row.key, row.plate])).toEqual([
    ['missing', null, 'uploadPayRecord', uid, '鲁B70003'],
  ]);
  const before = park.city.log.length;
  const repair = { found: ['missing', 'refused'] };
  expect(await park.station.send(repaired, `/reconciliations/${run.id}/repair`, repair)).toEqual({
    ...{ inserted: 1, retried: 0, next: null },
  });
  await park.outboxEmpty();
  expect(park.city.log.slice(before).filter((line) => line.interface === 'uploadPayRecord')).toHaveLength(1);
  // The city has it twice, unchanged: it holds the record under its own number.
  expect(park.city.books.money(uid)).toMatchObject({ payments: 1, actualPay: 700 });
  expect(await park.station.send(repaired, `/reconciliations/${run.id}/repair`, repair)).toMatchObject({ inserted: 0 });
  expect((await compare(park.station, 'check')).differences).toBe(0);
});

test('a platform that is enabled late gets the whole day, in order per stay, and a second run adds nothing', async () => {
  const keys = createKeys();
  const city = await startQingdaoPlatform({ keys, accessId: ACCESS_ID, parkingCode: PARKING_CODE });
  cleanups.push(() => city.close());
  const park = await CarPark.open();
  cleanups.push(() => park.close());
  const uids: string[] = [];
  for (let car = 0; car < 5; car += 1) uids.push(await passThrough(park, `鲁B7100${car}`));
  await park.entry.push('鲁B71009', { image });
  const data = park.station.data;
  await park.station.sigterm();
  const late = await StationProcess.start({ data, provision: provision({ qingdao: { city, keys } }) });
  cleanups.push(() => late.dispose());
  expect(city.log.filter((line) => line.body?.['uid'] !== undefined)).toEqual([]);

  const run = await compare(late, 'backfill');
  expect(run.figures.map(({ message, expected, found }) => [message, expected, found.missing])).toEqual([
    ['uploadCarInData', 6, 6],
    ['uploadCarOutData', 5, 5],
    ['uploadPhoto', 6, 6],
    ['uploadPayRecord', 5, 5],
  ]);
  expect(run.theirs).toEqual({ kind: 'none' });
  expect(await late.send(repaired, `/reconciliations/${run.id}/repair`, {})).toEqual({
    ...{ inserted: 22, retried: 0, next: null },
  });
  const list = z.object({ items: z.array(messageViewSchema), total: z.int() });
  await until('everything arrived', async () =>
    (await late.get(list, '/outbox?status=delivered')).total === 22 ? true : undefined,
  );
  for (const uid of uids) {
    const taken = city.log.filter((line) => line.body?.['uid'] === uid && line.outcome === 'accepted');
    expect(taken.map((line) => line.interface).filter((name) => name !== 'uploadPhoto')).toEqual([
      ...['uploadCarInData', 'uploadPayRecord', 'uploadCarOutData'],
    ]);
    expect(city.books.stay(uid).photos).toHaveLength(1);
  }
  expect(city.violations).toEqual([]);
  expect(await late.send(repaired, `/reconciliations/${run.id}/repair`, {})).toMatchObject({ inserted: 0 });
  const second = await compare(late, 'backfill');
  expect(second.figures.every(({ expected, found }) => found.delivered === expected)).toBe(true);
  expect((await late.get(list, '/outbox')).total).toBe(22);
});
