import { afterEach, expect, test } from 'vitest';
import { IN, OUT, OUT2 } from '../../../support/lane-world.ts';
import { ANNA, CAR, type KeytopOptions, KeytopWorld, MINUTE } from './keytop-world.ts';
import { leave, refused, rowsOf, visit } from './registry-world.ts';

let world: KeytopWorld;
const open = async (options: KeytopOptions = {}): Promise<void> => {
  world = await KeytopWorld.open(options);
};
afterEach(() => world.dispose());

const DAY = { startTime: '2026-03-02 00:00:00', endTime: '2026-03-02 23:59:59', pageIndex: 1, pageCount: 10 };
const PHOTO = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);
type Row = Readonly<Record<string, unknown>>;

async function exits(name: string, fields: Row): Promise<{ total: unknown; detail: readonly Row[] }> {
  const [row, ...more] = await rowsOf(world, name, { ...DAY, ...fields });
  expect(more).toEqual([]);
  expect(Object.keys(row ?? {})).toEqual(['totalNum', 'detail']);
  return { total: row?.['totalNum'], detail: Array.isArray(row?.['detail']) ? row['detail'] : [] };
}
const byPlate = (plateNo: string, fields: Row = {}) => exits('GetCarInOutInfoByPlate', { plateNo, ...fields });
const byPlace = (fields: Row) => exits('GetCarInOutInfoByPlace', { entryPlace: '', leavePlace: '', ...fields });
const platesOf = ({ detail }: { detail: readonly Row[] }) => detail.map((row) => row['plateNo']);

test('1.1: a row for each exit, all of it text, times with slashes, the picture of the exit, who took the money and when', async () => {
  await open({ settings: { photo: { publicUrl: 'http://park.example:8700' } } });
  const uid = await world.parked(70);
  leave(world, CAR, OUT.id, PHOTO);
  const { total, detail } = await byPlate('d0200');
  expect(total).toBe('1');
  expect(detail).toEqual([
    {
      id: uid,
      plateNo: CAR,
      entryTime: '2026/03/02 08:05:09',
      entryPlace: '入口',
      leaveTime: '2026/03/02 09:15:09',
      leavePlace: '出口',
      imgName: expect.stringMatching(/^http:\/\/park\.example:8700\/keytopPhoto\/.+\.jpg$/),
      payable: '1000',
      cashUser: 'anna',
      cashTime: '2026/03/02 09:15:09',
    },
  ]);
});

test('1.1: prepaid money counts with its time; free is 0 at the time of leaving; the one who released it is its operator', async () => {
  await open();
  const uid = await world.parked(70);
  world.payments.prepayments.bill({ uid }, ANNA);
  world.cash(world.bill(uid));
  world.clock.jumpWall(5 * MINUTE);
  world.car(OUT.id);
  await world.parked(70, '闽D02001');
  world.car(OUT.id, '闽D02001');
  world.lanes.order(OUT.id, { type: 'release', reason: '会议', actor: ANNA });
  const { detail } = await byPlate('闽D0200');
  expect(
    detail.map(({ plateNo, payable, cashUser, cashTime, leaveTime }) => [
      plateNo,
      payable,
      cashUser,
      cashTime,
      leaveTime,
    ]),
  ).toEqual([
    [CAR, '1000', 'anna', '2026/03/02 09:15:09', '2026/03/02 09:20:09'],
    ['闽D02001', '0', 'anna', '2026/03/02 10:30:09', '2026/03/02 10:30:09'],
  ]);
});

test('1.1: by the time of leaving, both ends to the second; pages; beyond the last there are no rows and still the number', async () => {
  await open();
  for (const plate of ['闽D02001', '闽D02002', '闽D02003']) await visit(world, plate, 9);
  await visit(world, '闽A12345', 9);
  // They left at 08:14:09, 08:24:09, 08:34:09 and 08:44:09.
  const span = (startTime: string, endTime: string) =>
    byPlate('闽D0200', { startTime: `2026-03-02 ${startTime}`, endTime: `2026/3/2 ${endTime}` });
  expect(platesOf(await span('08:14:09', '08:24:09'))).toEqual(['闽D02001', '闽D02002']);
  expect(await span('08:14:10', '08:24:08')).toEqual({ total: '0', detail: [] });
  const page = (pageIndex: unknown, pageCount: unknown) => byPlate('D0200', { pageIndex, pageCount });
  expect(platesOf(await page('1', '2'))).toEqual(['闽D02001', '闽D02002']);
  expect(platesOf(await page(2, 2))).toEqual(['闽D02003']);
  expect(await page(3, 2)).toEqual({ total: '3', detail: [] });
  expect(await page(1_000_000_000, Number.MAX_SAFE_INTEGER)).toEqual({ total: '3', detail: [] });
  expect((await page(1, Number.MAX_SAFE_INTEGER)).detail).toHaveLength(3);
  for (const wrong of [{ pageIndex: 0 }, { pageCount: 0 }, { pageIndex: null }, { plateNo: '' }])
    await refused(world, 'GetCarInOutInfoByPlate', { ...DAY, plateNo: 'D', ...wrong }, '参数有误');
  const backwards = { ...DAY, plateNo: 'D', startTime: '2026-03-03 00:00:00' };
  await refused(world, 'GetCarInOutInfoByPlate', backwards, '结束时间早于开始时间');
  await refused(world, 'GetCarInOutInfoByPlace', { ...DAY, endTime: '2026-02-30 00:00:00' }, 'endTime');
});

test('1.1: a % or _ means itself, and a car inside is no exit', async () => {
  await open();
  await visit(world, '闽D02001', 9);
  await world.parked(9, '闽D02002');
  expect(await byPlate('%')).toEqual({ total: '0', detail: [] });
  expect(await byPlate('_')).toEqual({ total: '0', detail: [] });
  expect(platesOf(await byPlate('D'))).toEqual(['闽D02001']);
});

test('1.2: by a part of the name that the lane had then; both given, both hold; none given, every exit', async () => {
  await open({ lanes: [IN, OUT, OUT2] });
  await visit(world, '闽D02001', 9);
  await world.parked(9, '闽D02002');
  leave(world, '闽D02002', OUT2.id);
  expect(platesOf(await byPlace({ leavePlace: '二号' }))).toEqual(['闽D02002']);
  expect(platesOf(await byPlace({ leavePlace: '出口' }))).toEqual(['闽D02001', '闽D02002']);
  expect(platesOf(await byPlace({ entryPlace: '入', leavePlace: '二号' }))).toEqual(['闽D02002']);
  expect(platesOf(await byPlace({ entryPlace: '二号', leavePlace: '二号' }))).toEqual([]);
  expect((await byPlace({ entryPlace: null })).total).toBe('2');
});

test('1.2: where lanes are told by their codes they are asked for by these', async () => {
  await open({ settings: { placeAs: 'code', devices: { in1: 'IN-7', out1: 'OUT-9' } } });
  await visit(world, '闽D02001', 9);
  expect((await byPlace({ entryPlace: 'in-7' })).detail).toMatchObject([{ entryPlace: 'IN-7', leavePlace: 'OUT-9' }]);
  expect(await byPlace({ entryPlace: '入口' })).toEqual({ total: '0', detail: [] });
});

test('1.3: every car inside by its plate, or a card number for one without; the picture of the entry; the kind of car', async () => {
  await open({ settings: { photo: { publicUrl: 'http://park.example:8700' } } });
  world.car(IN.id, CAR, PHOTO);
  const span = { validFrom: 0, validTo: Date.UTC(2026, 11, 31) };
  world.registry.cards.create({ ...span, type: 'monthly', plates: ['闽A12345'] }, ANNA);
  world.clock.jumpWall(MINUTE);
  world.car(IN.id, '闽A12345');
  world.clock.jumpWall(MINUTE);
  await visit(world, '闽D09999', 9);
  const all = await rowsOf(world, 'SearchParkingInfo', {});
  expect(all.slice(0, 2)).toEqual([
    {
      ...{ plateNo: CAR, cardNo: '', entryTime: '2026-03-02 08:05:09', entryPlace: '入口', carType: 0 },
      imgName: expect.stringMatching(/^http:\/\/park\.example:8700\/keytopPhoto\//),
    },
    { plateNo: '闽A12345', cardNo: '', entryTime: '2026-03-02 08:06:09', entryPlace: '入口', carType: 2, imgName: '' },
  ]);
  const found = async (fields: Row) =>
    (await rowsOf(world, 'SearchParkingInfo', fields)).map(({ plateNo, cardNo }) => [plateNo, cardNo].join('/'));
  expect(await found({ plateNo: 'd02', cardNo: null })).toEqual([`${CAR}/`]);
  expect(await found({ plateNo: '闽D09999', cardNo: '' })).toEqual([]);
});

test('1.1 and 1.3: a car without a plate has a card number and no plate, and only the whole of it finds the car', async () => {
  await open();
  world.car(IN.id, '');
  world.lanes.identify(IN.id, 'oABC0123456789', ANNA);
  const inside = async (fields: Row) => rowsOf(world, 'SearchParkingInfo', fields);
  expect(await inside({})).toMatchObject([{ plateNo: '', cardNo: 'oABC0123456789' }]);
  expect(await inside({ cardNo: 'oABC0123456789' })).toHaveLength(1);
  expect(await inside({ cardNo: 'oABC' })).toEqual([]);
  expect(await inside({ plateNo: 'oABC' })).toEqual([]);
  world.clock.jumpWall(10 * MINUTE);
  world.car(OUT.id, '');
  world.lanes.identify(OUT.id, 'oABC0123456789', ANNA);
  expect((await byPlace({})).detail).toMatchObject([{ plateNo: '', payable: '0', cashUser: 'anna' }]);
});

test('a search that cannot be made is no empty list', async () => {
  await open();
  await world.dispose();
  expect(await world.call('SearchParkingInfo', {})).toMatchObject({ resCode: 1, data: null });
  await open();
});
