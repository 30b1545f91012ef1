import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { verifyReportSchema } from '../../shared/contract/evidence.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { CarPark } from '../support/car-park.ts';
import { ADMIN, tempDirectory } from '../support/station-process.ts';
import { until } from '../support/until.ts';

const backup = z.looseObject({ id: z.string(), seq: z.int(), photos: z.int().nullable(), why: z.string() });
const overview = z.object({ directory: z.string(), items: z.array(backup) });

let park: CarPark;
let elsewhere: string;
beforeEach(async () => {
  park = await CarPark.open();
  elsewhere = tempDirectory();
});
afterEach(async () => {
  await park.close();
  rmSync(elsewhere, { recursive: true, force: true });
});

const configure = (part: object) =>
  park.station.send(
    overview,
    '/backups/settings',
    { directory: elsewhere, dailyAt: '', keepDays: 14, photos: true, warnBelowMb: 0, ...part },
    'PUT',
  );

const opened = (times: number) =>
  until(
    `opened ${times} times`,
    () => park.station.stderr.filter((line) => line.includes('"the station runs"')).length >= times || undefined,
    15_000,
  );

test('a backup is made while cars pass, and brings back exactly the state of its moment', async () => {
  await configure({});
  await park.entry.push('鲁B01A01', { image: jpegOfSize(40_000) });
  await park.register('鲁B01A02', 90);
  // Cars go on driving in while the copy is made.
  let driving = true;
  const traffic = (async () => {
    for (let car = 0; driving; car += 1) await park.entry.push(`鲁B02${String(car).padStart(3, '0')}`);
  })();
  const made = await park.station.send(backup, '/backups', {});
  driving = false;
  await traffic;
  expect(made.photos).toBeGreaterThan(0);

  // Later: one car leaves, another comes.
  await park.exit.push('鲁B01A02');
  const { bill, passage } = await park.laneWhen('out1', 'asks for money', (lane) => lane.bill !== null);
  await park.collect(bill?.dueFen ?? 0, passage?.id);
  await park.entry.push('鲁B09Z99');
  expect(await park.stays('鲁B09Z99')).toHaveLength(1);
  const photo = (await park.stay((await park.stayOf('鲁B01A01')).uid)).photos[0];
  rmSync(join(park.station.data, 'photos'), { recursive: true });

  const report = await park.station.send(verifyReportSchema, `/backups/${made.id}/verify`, {});
  expect(report).toMatchObject({ whole: true, anchor: { seq: made.seq } });
  const wrong = await park.station.raw(`/api/v1/backups/${made.id}/restore`, {
    ...{ method: 'POST', token: await park.station.signIn(), body: { password: 'something else' } },
  });
  expect(wrong.status).toBe(403);
  const { keptAs } = await park.station.send(z.object({ keptAs: z.string() }), `/backups/${made.id}/restore`, {
    password: ADMIN.password,
  });
  await opened(2);

  expect(await park.stayOf('鲁B01A02')).toMatchObject({ status: 'inside', paidFen: 0 });
  expect(await park.stays('鲁B09Z99')).toEqual([]);
  const events = await park.events('backup-restored');
  expect(events).toMatchObject([{ seq: made.seq + 1, actor: { name: 'admin' }, body: { id: made.id, keptAs } }]);
  // Where backups lie is known as before, photos are back, and what was there is kept aside.
  expect((await park.station.get(overview, '/backups')).directory).toBe(elsewhere);
  expect((await park.photo(photo?.id ?? '')).length).toBeGreaterThan(100);
  expect(readdirSync(join(park.station.data, keptAs))).toContain('gatehouse.db');
  // And it goes on: cars come, the whole history verifies.
  await park.entry.push('鲁B01A03');
  expect(await park.stayOf('鲁B01A03')).toMatchObject({ status: 'inside' });
  expect(await park.station.send(verifyReportSchema, '/journal/verify', {})).toMatchObject({ whole: true });
});

test('a restore that is interrupted at any step is finished by the next start', async () => {
  await configure({ photos: false });
  await park.entry.push('鲁B01B01');
  const made = await park.station.send(backup, '/backups', {});
  await park.entry.push('鲁B01B02');
  const answer = await park.station.raw(`/api/v1/backups/${made.id}/restore`, {
    ...{ method: 'POST', token: await park.station.signIn(), body: { password: ADMIN.password } },
  });
  // The answer says that it is laid ready; the station dies before it has put it in place.
  expect(await answer.json()).toMatchObject({ keptAs: expect.stringContaining('before-restore-') });
  await park.station.kill9();
  await park.restart();
  expect(await park.stays('鲁B01B01')).toHaveLength(1);
  expect(await park.stays('鲁B01B02')).toEqual([]);
  expect(await park.events('backup-restored')).toHaveLength(1);
  await park.station.sigterm();
  await park.restart();
  expect(await park.events('backup-restored')).toHaveLength(1);
}, 60_000);

test('a damaged backup is found out and never put in place', async () => {
  await configure({ photos: false });
  const made = await park.station.send(backup, '/backups', {});
  const file = join(elsewhere, made.id, 'gatehouse.db');
  const bytes = readFileSync(file);
  bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 0xff;
  writeFileSync(file, bytes);
  expect(await park.station.send(verifyReportSchema, `/backups/${made.id}/verify`, {})).toMatchObject({ whole: false });
  truncateSync(file, 5000);
  const refused = await park.station.raw(`/api/v1/backups/${made.id}/restore`, {
    ...{ method: 'POST', token: await park.station.signIn(), body: { password: ADMIN.password } },
  });
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({ data: { reason: 'backup-damaged' } });
  // An unfinished one of an earlier crash is no backup, and goes with the next.
  mkdirSync(join(elsewhere, '20260101-000000.part'));
  expect((await park.station.get(overview, '/backups')).items).toHaveLength(1);
  await park.station.send(backup, '/backups', {});
  expect(readdirSync(elsewhere).some((name) => name.endsWith('.part'))).toBe(false);
});

test('where no backup can be written the manager is told, and an alarm stands', async () => {
  writeFileSync(join(elsewhere, 'file'), '');
  await configure({ directory: join(elsewhere, 'file', 'below') });
  const refused = await park.station.raw('/api/v1/backups', {
    method: 'POST',
    body: {},
    token: await park.station.signIn(),
  });
  expect(refused.status).toBe(409);
  expect((await park.events('alarm')).map(({ body }) => body['code'])).toContain('backup-failed');
});
