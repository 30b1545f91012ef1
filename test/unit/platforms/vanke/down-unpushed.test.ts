import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OutboxDraft } from '../../../../electron/station/platforms/platform.ts';
import { receiveCrossGate } from '../../../../electron/station/platforms/vanke/messages/receiveCrossGate.ts';
import { receivePlateNumber } from '../../../../electron/station/platforms/vanke/messages/receivePlateNumber.ts';
import type { Data } from '../platform-station.ts';
import { DownWorld, NOW, rowsOf } from './down-world.ts';
import { opened } from './support.ts';

let world: DownWorld;
beforeEach(async () => {
  world = await DownWorld.open({ settings: { devices: { 'cam-in1': 'LPR-E01' } } });
});
afterEach(() => world.dispose());

const SECOND = 1000;
const uuid = (n: number): string => n.toString(16).padStart(32, '0');

/** A push that failed: what is in the outbox then. */
function failed(draft: OutboxDraft): void {
  const now = world.clock.now();
  world.store.write((tx) => {
    const before = tx.outbox.maxId();
    tx.outbox.insert('vanke', draft, 1, now);
    tx.outbox.setState(before + 1, 4, now);
  });
}
const recognition = (n: number, at: number, photoId: string | null = null) =>
  receivePlateNumber.draft({
    recordId: 'recognition',
    key: uuid(n),
    body: {
      ...{ uuid: uuid(n), laneId: 'in1', direction: 'in', at, photoId, plateNumber: n % 2 ? `粤B0000${n}` : '' },
      ...{ color: n % 2 ? 'blue' : 'other', reliability: 97, failed: true },
    },
  });
const crossing = (n: number, at: number) =>
  receiveCrossGate.draft({
    recordId: 'crossing',
    key: uuid(n),
    body: { uuid: uuid(n), laneId: 'out1', direction: null, at, plateNumber: '粤B00001', color: 'green' },
  });

const recognitions = (fields: Data) => world.call('queryUnPushRecognitionInfo', fields);
const crossings = (fields: Data) => world.call('queryUnPushCrossInfo', fields);
const uuids = (answer: Data) => rowsOf(answer).map((row) => row['uuid'] ?? '');

test('crossings that failed, the earliest first, exactly as the table has them', async () => {
  const now = world.clock.now();
  failed(crossing(2, now - 2 * SECOND));
  failed(crossing(1, now - 9 * SECOND));
  failed(recognition(3, now - SECOND));
  expect(await crossings({ beginTime: '20260302 00:00:00' })).toEqual({
    ...{ respCode: '0', respDesc: '', total: 2, pageSize: 10, currentPage: 1 },
    data: [
      { deviceNo: 'cam-out1', uuid: uuid(1), plateNumber: '粤B00001', color: 'green', crossTime: '20260302 08:05:00' },
      { deviceNo: 'cam-out1', uuid: uuid(2), plateNumber: '粤B00001', color: 'green', crossTime: '20260302 08:05:07' },
    ],
  });
});

test('recognitions that failed, with an address of the picture that holds from now on', async () => {
  const now = world.clock.now();
  failed(recognition(1, now - 20 * 86_400_000, 'ph_1'));
  failed(recognition(2, now - SECOND));
  const answer = await recognitions({ beginTime: '20260201 00:00:00' });
  expect(answer).toMatchObject({ respCode: '0', total: 2 });
  const rows = rowsOf(answer);
  expect(rows.map((row) => ({ ...row, image: '' }))).toEqual([
    {
      deviceNo: 'LPR-E01',
      uuid: uuid(1),
      plateNumber: '粤B00001',
      color: 'blue',
      image: '',
      recognitionTime: '20260210 08:05:09',
    },
    {
      deviceNo: 'LPR-E01',
      uuid: uuid(2),
      plateNumber: '',
      color: 'other',
      image: '',
      recognitionTime: '20260302 08:05:08',
    },
  ]);
  // Without a picture there is one that says so.
  expect(await opened(world.platform, rows[1]?.['image'])).toMatchObject({ status: 200, contentType: 'image/jpeg' });
  const until = /^http:\/\/park\.example:8088\/vankePhoto\/[\w-]+\.(\d+)\.[\w-]{43}\.jpg$/.exec(
    rows[0]?.['image'] ?? '',
  )?.[1];
  // For days from now on, though the car came twenty days ago; and the same when asked again soon.
  expect(Number(until) * 1000 - now).toBeGreaterThanOrEqual(3.5 * 86_400_000);
  await world.clock.advance(60_000);
  expect(rowsOf(await recognitions({ beginTime: '20260201 00:00:00' }))[0]).toEqual(rows[0]);
});

test('asking changes nothing, and what was fetched is told again', async () => {
  failed(crossing(1, world.clock.now() - SECOND));
  const before = world.read.journal.last();
  const first = await crossings({ beginTime: '20260302 00:00:00' });
  expect(await crossings({ beginTime: '20260302 00:00:00' })).toEqual(first);
  expect(world.read.journal.last()).toEqual(before);
  expect(world.read.outbox.get(1)).toMatchObject({ state: 4 });
});

test('both ends of the time belong to it, to the end of their second', async () => {
  const begin = world.clock.now() - 60 * SECOND;
  const at = [begin - 1, begin, begin + 10 * SECOND + 999, begin + 11 * SECOND];
  for (const [index, each] of at.entries()) failed(crossing(index + 1, each));
  const asked = { beginTime: '20260302 08:04:09', endTime: '20260302 08:04:19' };
  expect(uuids(await crossings(asked))).toEqual([uuid(2), uuid(3)]);
});

test.each([[undefined], [null], [''], ['  ']])('an end of %j is now', async (endTime) => {
  const now = world.clock.now();
  failed(crossing(1, now));
  failed(crossing(2, now + 1));
  expect(uuids(await crossings({ beginTime: NOW, endTime }))).toEqual([uuid(1)]);
});

test('only what failed: not what waits, was delivered or refused', async () => {
  const now = world.clock.now();
  for (const state of [0, 1, 2, 3, 4] as const) {
    failed(crossing(state, now - SECOND));
    world.store.write((tx) => tx.outbox.setState(tx.outbox.maxId(), state, state === 0 ? null : now));
  }
  expect(uuids(await crossings({ beginTime: '20260302 00:00:00' }))).toEqual([uuid(4)]);
});

test('pages, in one order', async () => {
  const now = world.clock.now();
  for (let n = 1; n <= 25; n += 1) failed(crossing(n, now - 60 * SECOND + (n % 5)));
  const asked = { beginTime: '20260302 00:00:00', pageSize: '10' };
  const all: string[] = [];
  for (const currentPage of [1, 2, 3]) {
    const answer = await crossings({ ...asked, currentPage });
    expect(answer).toMatchObject({ total: 25, pageSize: 10, currentPage });
    all.push(...uuids(answer));
  }
  expect(new Set(all).size).toBe(25);
  expect(uuids(await crossings({ ...asked, pageSize: 1000 }))).toEqual(all);
  for (const currentPage of [4, 999_999_999])
    expect(await crossings({ ...asked, currentPage })).toMatchObject({
      respCode: '0',
      total: 25,
      currentPage,
      data: [],
    });
});

test('a row that cannot be read is no reason to tell nothing', async () => {
  failed({ ...crossing(1, world.clock.now() - SECOND), body: { at: world.clock.now() - SECOND, uuid: 'broken' } });
  failed(crossing(2, world.clock.now() - SECOND));
  expect(uuids(await crossings({ beginTime: '20260302 00:00:00' }))).toEqual([uuid(2)]);
  expect(world.log.lines.some(({ level }) => level === 'error')).toBe(true);
});

test.each([
  [{}, 'beginTime: 缺少参数'],
  [{ beginTime: '' }, 'beginTime: 缺少参数'],
  [{ beginTime: null }, 'beginTime: 缺少参数'],
  [{ beginTime: '2026-03-02 00:00:00' }, 'beginTime: 应为 yyyyMMdd HH:mm:ss'],
  [{ beginTime: '20260230 00:00:00' }, 'beginTime: 应为 yyyyMMdd HH:mm:ss'],
  [{ beginTime: '20260302 24:00:00' }, 'beginTime: 应为 yyyyMMdd HH:mm:ss'],
  [{ beginTime: 20_260_302 }, 'beginTime: 应为 yyyyMMdd HH:mm:ss'],
  [{ beginTime: '20260302 00:00:00', endTime: '20260302' }, 'endTime: 应为 yyyyMMdd HH:mm:ss'],
  [{ beginTime: '20260302 00:00:01', endTime: '20260302 00:00:00' }, 'beginTime 晚于 endTime'],
  [{ beginTime: '20260302 09:00:00' }, 'beginTime 晚于 endTime'],
  [{ beginTime: '20260302 00:00:00', pageSize: 0 }, 'pageSize: 应为正整数'],
])('%j is refused', async (asked, why) => {
  for (const ask of [crossings, recognitions])
    expect(await ask(asked)).toEqual({ respCode: '1', respDesc: `参数有误：${why}` });
});
