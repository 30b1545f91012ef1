import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFaultProxy } from '../peers/fault-proxy.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import type { PlateRecord } from '../peers/vzenith/index.ts';
import { VzenithCamera } from '../peers/vzenith/index.ts';
import { CarPark } from '../support/car-park.ts';
import { ENTRY_SERIAL } from '../support/provision.ts';
import { until } from '../support/until.ts';

let park: CarPark;
beforeAll(async () => {
  park = await CarPark.open({ city: {} });
});
afterAll(async () => {
  await park.close();
});

const record = (plateId: number, license: string): PlateRecord => ({
  plateId,
  license,
  options: { image: jpegOfSize(5_000) },
  capturedAt: Date.now(),
});

test('a push that comes again, and the car read once more, are one stay and one opening', async () => {
  const { entry, city } = park;
  const before = entry.arm.openings.length;
  const first = record(5001, '鲁B30001');
  const replies = [await entry.pushRecord(first), await entry.pushRecord(first), await entry.pushRecord(first)];
  expect(replies.map(({ reply }) => reply?.info)).toEqual(['ok', 'no', 'no']);
  const seenAgain = await entry.pushRecord(record(5002, '鲁B30001'));
  expect(seenAgain.reply?.info).toBe('no');
  const resent = await entry.pushRecord(first);
  expect(resent.reply?.info).toBe('no');

  expect(entry.arm.openings.length - before).toBe(1);
  const { uid } = await park.stayOf('鲁B30001');
  await park.outboxEmpty();
  expect(city.received('uploadCarInData').filter((line) => line.body?.['uid'] === uid)).toHaveLength(1);
  expect(city.books.stay(uid).photos).toHaveLength(1);
});

test('an old push that comes late, when other cars have come and gone, concerns nobody', async () => {
  const { entry, exit } = park;
  const entered = record(5003, '鲁B30011');
  expect((await entry.pushRecord(entered)).reply?.info).toBe('ok');
  const left = record(5104, '鲁B30011');
  expect((await exit.pushRecord(left)).reply?.info).toBe('ok');
  expect((await entry.pushRecord(record(5004, '鲁B30012'))).reply?.info).toBe('ok');
  expect((await exit.pushRecord(record(5105, '鲁B30012'))).reply?.info).toBe('ok');
  await park.pass(2);
  const before = [await park.lane('in1'), await park.lane('out1')];
  const openings = entry.arm.openings.length + exit.arm.openings.length;

  expect((await entry.pushRecord(entered)).reply?.info).toBe('no');
  expect((await exit.pushRecord(left)).reply?.info).toBe('no');
  const after = [await park.lane('in1'), await park.lane('out1')];
  expect(after.map(({ phase, passage }) => [phase, passage])).toEqual(
    before.map(({ phase, passage }) => [phase, passage]),
  );
  expect(entry.arm.openings.length + exit.arm.openings.length).toBe(openings);
  expect(await park.stayOf('鲁B30011')).toMatchObject({ status: 'left' });
});

test('the same push many times at once is one stay', async () => {
  // Two cameras of the test with one identity: a copy of the same push races with itself.
  const twin = new VzenithCamera({ serialno: ENTRY_SERIAL, url: park.station.cameraUrl });
  const { entry } = park;
  const before = entry.arm.openings.length;
  const push = record(5010, '鲁B30002');
  const copies = await Promise.all(Array.from({ length: 8 }, (_, n) => (n % 2 ? entry : twin).pushRecord(push)));
  expect(copies.filter(({ reply }) => reply?.info === 'ok')).toHaveLength(1);
  expect(entry.arm.openings.length - before + twin.arm.openings.length).toBe(1);
  await park.stayOf('鲁B30002');
  await twin.stop();
});

test('the answer lost on the line: the camera asks again, and the one stay stays one', async () => {
  const proxy = await startFaultProxy(park.station.port);
  const url = `http://127.0.0.1:${proxy.port}/devices/vzenith-http`;
  const camera = new VzenithCamera({
    ...{ serialno: ENTRY_SERIAL, url, firstPlateId: 5020 },
    ...{ timeoutMs: 400, resendPauseMs: 50, resends: 4 },
  });
  proxy.set({ blackHole: 'down' });
  const pushing = camera.push('鲁B30003');
  await until('one answer was swallowed', () => camera.attempts.length > 0);
  proxy.set({});
  const { outcome, attempts } = await pushing;
  expect(outcome).toBe('answered');
  expect(attempts.length).toBeGreaterThan(1);
  await park.stayOf('鲁B30003');
  expect(camera.arm.openings.length).toBeLessThanOrEqual(1);
  await camera.stop();
  await proxy.stop();
});

test('what the camera kept while nobody was there opens nothing and is handed over one by one', async () => {
  const { entry } = park;
  const before = entry.arm.pulses.length;
  const known = entry.protocolFaults.length;
  for (const plate of ['鲁B31001', '鲁B31002', '鲁B31003']) entry.keep(plate, { image: jpegOfSize(3_000) });
  expect(await entry.deliverStored()).toBe(3);
  expect(entry.stored).toEqual([]);
  expect(entry.protocolFaults.slice(known)).toEqual([]);
  expect(entry.arm.pulses.length).toBe(before);
  for (const plate of ['鲁B31001', '鲁B31002', '鲁B31003']) expect(await park.stays(plate)).toEqual([]);
  const reads = (await park.events('plate-read')).filter((event) => event.body['stored'] === true);
  expect(reads.map((event) => event.body['plate'])).toMatchObject([
    { text: '鲁B31003' },
    { text: '鲁B31002' },
    { text: '鲁B31001' },
  ]);
});

test('a car whose plate cannot be read waits; the attendant types it in, and the arm opens at once', async () => {
  const { entry, city } = park;
  const before = entry.arm.openings.length;
  const pushed = await entry.push('_无_', { type: 31, colorType: 0, image: jpegOfSize(4_000) });
  expect(pushed.reply?.info).toBe('no');
  const lane = await park.lane('in1');
  expect(lane).toMatchObject({ phase: 'attention', passage: { attention: 'unread-plate' } });
  expect(entry.arm.openings.length).toBe(before);

  const body = { plate: '鲁B32001', plateColor: 'blue', passageId: lane.passage?.id };
  await park.order('in1', 'correct-plate', body);
  const opening = await entry.waitFor(() => entry.arm.openings[before], 'opening');
  expect(opening.cause.kind).toBe('comet');
  const stay = await park.stay((await park.stayOf('鲁B32001')).uid);
  expect(stay.photos).toMatchObject([{ purpose: 'entry', bytes: 4_000 }]);
  const entered = await city.waitFor(() => city.books.stay(stay.uid).entry, 'entry at the city');
  expect(entered['plateNo']).toBe('鲁B32001');
  // The same unread push once more is the same car, not another one that waits.
  const [unread] = pushed.attempts;
  await entry.pushRecord({ ...record(unread?.plateId ?? 0, '_无_'), capturedAt: unread?.at ?? 0 });
  expect(await park.lane('in1')).toMatchObject({ phase: 'cleared', passage: { id: lane.passage?.id } });
  expect(entry.arm.openings.length).toBe(before + 1);
  // Whoever still looks at the car before must not touch this one.
  await expect(park.order('in1', 'correct-plate', { ...body, passageId: 'pass-other' })).rejects.toThrow(/409/);
});

test('cash that is taken twice at the same moment is taken once', async () => {
  const { exit, city } = park;
  const { uid } = await park.register('鲁B34001', 90);
  await exit.push('鲁B34001');
  const { passage } = await park.lane('out1');
  const before = exit.arm.openings.length;
  const attempts = await Promise.allSettled(Array.from({ length: 6 }, () => park.collect(700, passage?.id)));
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await exit.waitFor(() => exit.arm.openings.length > before, 'opening');
  expect((await park.stay(uid)).payments).toHaveLength(1);
  await city.waitFor(() => city.books.stay(uid).exit, 'exit at the city');
  await park.outboxEmpty();
  expect(city.books.money(uid)).toMatchObject({ payments: 1, actualPay: 700, exitShouldPay: 700 });
  expect(exit.arm.openings.length).toBe(before + 1);
});

test('a camera that nobody knows is answered, moves nothing, and is named in the log once', async () => {
  const stranger = new VzenithCamera({ serialno: 'SN-STRANGER-1', url: park.station.cameraUrl });
  for (let turn = 0; turn < 4; turn++) {
    const { reply, attempts } = await stranger.push('鲁B33001');
    expect(attempts).toHaveLength(1);
    expect(reply).toMatchObject({ accepted: true, info: 'no', actions: [] });
  }
  expect((await stranger.heartbeat()).status).toBe(200);
  expect(stranger.arm.pulses).toEqual([]);
  expect(await park.stays('鲁B33001')).toEqual([]);
  const lines = park.station.stderr.filter((line) => line.includes('SN-STRANGER-1'));
  expect(lines).toHaveLength(1);
  await stranger.stop();
});

test('after all of it the city holds nothing twice and has nothing to object to', async () => {
  await park.outboxEmpty();
  expect(park.city.violations).toEqual([]);
  expect(park.city.repeats).toEqual([]);
  expect([...park.entry.protocolFaults, ...park.exit.protocolFaults]).toEqual([]);
});
