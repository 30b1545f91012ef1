import sharp from 'sharp';
import { afterEach, expect, test } from 'vitest';
import { IN, OUT } from '../../../support/lane-world.ts';
import type { Data } from '../platform-station.ts';
import { DownWorld, rowsOf } from './down-world.ts';

let world: DownWorld;
afterEach(() => world.dispose());

const place = (no: string, plates: readonly string[], outOfUse = false) => ({ no, plates, outOfUse });

const open = async (settings: Data): Promise<void> => {
  // These cars come and go by themselves: nobody but us has the word.
  world = await DownWorld.open({ settings, lanes: [IN, OUT] });
};
const query = (fields: Data = {}) => world.call('queryPlaceStatus', fields);
const numbers = (answer: Data) => rowsOf(answer).map((row) => row['placeNo']);

const FOUR = [
  place('C-003', ['粤b·00003']),
  place('A-001', ['粤B00001', '粤B00009']),
  place('B-002', ['粤B00002'], true),
  place('D-004', ['粤B00004']),
];

test('a space is taken while a car of its own is inside, in the order of the setting', async () => {
  await open({ places: FOUR });
  for (const plate of ['粤B00009', '粤B00002', '粤B77777']) world.car(IN.id, plate);
  expect(await query()).toEqual({
    ...{ respCode: '0', respDesc: '', total: 4, pageSize: 10, currentPage: 1 },
    data: [
      { placeNo: 'C-003', placeStatus: 'vacancy', image: '', plateNumber: '' },
      { placeNo: 'A-001', placeStatus: 'occupy', image: '', plateNumber: '粤B00009' },
      { placeNo: 'B-002', placeStatus: 'unusual', image: '', plateNumber: '粤B00002' },
      { placeNo: 'D-004', placeStatus: 'vacancy', image: '', plateNumber: '' },
    ],
  });
  world.car(IN.id, '粤B00003');
  expect(numbers(await query({ placeStatus: 'occupy' }))).toEqual(['C-003', 'A-001']);
});

test('who comes or goes is seen by the next query', async () => {
  await open({ places: FOUR });
  const taken = async () => numbers(await query({ placeStatus: 'occupy' }));
  expect(await taken()).toEqual([]);
  world.car(IN.id, '粤B00001');
  expect(await taken()).toEqual(['A-001']);
  world.car(IN.id, '粤B00003');
  expect(await taken()).toEqual(['C-003', 'A-001']);
  // Within the free minutes.
  world.car(OUT.id, '粤B00001');
  expect(await taken()).toEqual(['C-003']);
});

test('filters by status and number; what is empty filters nothing', async () => {
  await open({ places: FOUR });
  world.car(IN.id, '粤B00001');
  expect(numbers(await query({ placeStatus: 'occupy' }))).toEqual(['A-001']);
  expect(numbers(await query({ placeStatus: 'vacancy' }))).toEqual(['C-003', 'D-004']);
  expect(numbers(await query({ placeStatus: 'unusual' }))).toEqual(['B-002']);
  expect(await query({ placeNo: 'A-001' })).toMatchObject({ total: 1, data: [{ placeNo: 'A-001' }] });
  expect(await query({ placeNo: 'A-001', placeStatus: 'vacancy' })).toMatchObject({
    respCode: '0',
    total: 0,
    data: [],
  });
  expect(await query({ placeNo: 'a-001' })).toMatchObject({ total: 0 });
  expect(await query({ placeNo: '', placeStatus: ' ' })).toMatchObject({ total: 4 });
  expect(await query({ placeNo: null, placeStatus: null })).toMatchObject({ total: 4 });
  expect(await query({ placeStatus: 'free' })).toMatchObject({ respCode: '1' });
  expect(await query({ placeStatus: 'OCCUPY' })).toMatchObject({ respCode: '1' });
});

test('without spaces of cars the answer is empty', async () => {
  await open({});
  expect(await query()).toMatchObject({ respCode: '0', total: 0, pageSize: 10, currentPage: 1, data: [] });
});

const MANY = Array.from({ length: 250 }, (_, index) => place(`P-${index}`, [`粤C${String(index).padStart(5, '0')}`]));

test.each([
  [{}, 10, 1, 'P-0', 10],
  [{ pageSize: 7, currentPage: 2 }, 7, 2, 'P-7', 7],
  [{ pageSize: '7', currentPage: ' 2 ' }, 7, 2, 'P-7', 7],
  [{ pageSize: 100, currentPage: 3 }, 100, 3, 'P-200', 50],
  [{ pageSize: 101 }, 100, 1, 'P-0', 100],
  [{ pageSize: 99_999_999 }, 100, 1, 'P-0', 100],
  [{ pageSize: '', currentPage: null }, 10, 1, 'P-0', 10],
  [{ currentPage: 26 }, 10, 26, undefined, 0],
  [{ currentPage: 1_000_000_000 }, 10, 1_000_000_000, undefined, 0],
])('page %j', async (asked, pageSize, currentPage, first, rows) => {
  await open({ places: MANY });
  const answer = await query(asked);
  expect(answer).toMatchObject({ respCode: '0', total: 250, pageSize, currentPage });
  expect(numbers(answer)).toHaveLength(rows);
  expect(numbers(answer)[0]).toBe(first);
});

test.each([0, -1, 1.5, '0', '-1', '1.5', 'ten', '1e2', '0x10', true, [], {}, '１０'])(
  'a page of %j is refused',
  async (value) => {
    await open({ places: MANY });
    for (const field of ['pageSize', 'currentPage'])
      expect(await query({ [field]: value })).toEqual({ respCode: '1', respDesc: `参数有误：${field}: 应为正整数` });
  },
);

test('a picture of the entry comes along where the manager wants it, made small', async () => {
  await open({ places: FOUR, placeImage: true });
  const noise = Buffer.from(
    Array.from({ length: 1600 * 900 * 3 }, (_, index) => (index * 7919 + (index >> 5) * 31) % 256),
  );
  const photo = await sharp(noise, { raw: { width: 1600, height: 900, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
  expect(photo.length).toBeGreaterThan(100_000);
  world.car(IN.id, '粤B00001', photo);
  const answer = await query();
  const rows = rowsOf(answer);
  expect(rows.map((row) => row['image'] === '')).toEqual([true, false, true, true]);
  const jpeg = Buffer.from(rows[1]?.['image'] ?? '', 'base64');
  expect(jpeg.length).toBeLessThanOrEqual(32 * 1024);
  expect((await sharp(jpeg).metadata()).format).toBe('jpeg');
  // A picture that was taken since, for another reason, is not that of the entry.
  const uid = world.read.stays.inside('粤B00001')?.uid ?? null;
  const later = { taken_at_ms: world.clock.now() + 5000, name: 'x.jpg', bytes: 1, sha256: 'x' };
  world.store.write((tx) => tx.photos.put({ ...later, id: 'later', uid, passage_id: null, purpose: 'manual' }));
  expect(await query()).toEqual(answer);
});

test('pictures of a page never make an answer larger than it may be', async () => {
  const taken = Array.from({ length: 60 }, (_, index) => place(`A-${index}`, [`粤D${String(index).padStart(5, '0')}`]));
  await open({ places: taken, placeImage: true });
  const photo = Buffer.concat([
    await sharp({ create: { width: 40, height: 30, channels: 3, background: '#123' } })
      .jpeg()
      .toBuffer(),
    Buffer.alloc(30_000),
  ]);
  for (const { plates } of taken) world.car(IN.id, plates[0] ?? '', photo);
  const answer = await query({ pageSize: 100 });
  const rows = rowsOf(answer);
  expect(rows).toHaveLength(60);
  const pictures = rows.filter((row) => row['image'] !== '').length;
  expect(pictures).toBeGreaterThan(10);
  expect(JSON.stringify(answer).length).toBeLessThan(1.2 * 1024 * 1024);
  expect(rows.at(-1)?.['image']).toBe('');
});
