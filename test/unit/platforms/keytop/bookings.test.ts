import { afterEach, beforeEach, expect, test } from 'vitest';
import { OUT } from '../../../support/lane-world.ts';
import { ANNA, CAR, KEYTOP_ACTOR, KeytopWorld, MINUTE } from './keytop-world.ts';
import { numberOf, refused, repeated, rowsOf } from './registry-world.ts';

let world: KeytopWorld;
beforeEach(async () => {
  world = await KeytopWorld.open();
});
afterEach(() => world.dispose());

/** As the specification prints it, but in days that the clock of the test stands in. */
const PRINTED = {
  plateNo: '闽D02000',
  preMoney: 100,
  ValidFrom: '2026-03-01 00:00:00',
  ValidTo: '2026-03-31 23:59:59',
  bookType: 1,
  promptly: 1,
};
const add = (fields = {}) => numberOf(world, 'AddBookingCar', 'bookId', { ...PRINTED, ...fields });
const bookings = async (plateNo: unknown = CAR) => rowsOf(world, 'GetBookingCar', { plateNo });
const termsOf = (uid: string) => world.read.stays.get(uid)?.terms.kind;

test('booked, told in both spellings, and used by the car that comes', async () => {
  expect(await rowsOf(world, 'AddBookingCar', PRINTED)).toEqual([{ bookId: 1, bookid: 1 }]);
  const span = { validFrom: '2026-03-01 00:00:00', validTo: '2026-03-31 23:59:59' };
  const row = {
    ...{ bookId: 1, bookid: 1, plateNo: '闽D02000', preMoney: 100, bookType: 1, isCarIn: 0 },
    ...{ ...span, ValidFrom: span.validFrom, ValidTo: span.validTo },
  };
  expect(await bookings()).toEqual([row]);
  expect(world.told('booking-changed')).toMatchObject([{ actor: KEYTOP_ACTOR, body: { change: 'added' } }]);
  const uid = await world.parked(30);
  expect(termsOf(uid)).toBe('booking');
  expect(await bookings()).toEqual([{ ...row, isCarIn: 1 }]);
  world.car(OUT.id);
  expect(world.read.stays.get(uid)).toMatchObject({ status: 'left', dueFen: 0 });
  // It allowed one visit, and that is over.
  expect(await bookings()).toEqual([]);
});

test('texts for numbers, slashes, other spellings', async () => {
  const bookId = await add({
    ...{ plateNo: '闽d·02000', preMoney: '100', bookType: '0', promptly: null },
    ...{ ValidFrom: undefined, validForm: '2026/3/1 0:00:00', ValidTo: undefined, VALIDTO: '2026/03/31 23:59:59' },
  });
  expect(await bookings()).toMatchObject([{ bookId, bookType: 0, validFrom: '2026-03-01 00:00:00' }]);
});

test('the same request again is the same booking; anything else is another one', async () => {
  const bookId = await add();
  expect(await repeated(world, 'AddBookingCar', PRINTED)).toEqual([{ bookId, bookid: bookId }]);
  expect(await add({ preMoney: 200 })).toBe(bookId + 1);
  expect(await bookings()).toMatchObject([{ preMoney: 100 }, { preMoney: 200 }]);
});

test('promptly 0: a car that stands inside since a moment within the period is a booked one at once, and only once', async () => {
  const uid = await world.parked(30);
  expect(termsOf(uid)).toBe('temporary');
  await add();
  expect(termsOf(uid)).toBe('temporary');
  const now = { ...PRINTED, promptly: '0', preMoney: 0, bookType: 0 };
  const bookId = await add(now);
  expect(termsOf(uid)).toBe('booking');
  expect(await repeated(world, 'AddBookingCar', now)).toEqual([{ bookId, bookid: bookId }]);
  expect(await bookings()).toMatchObject([{ isCarIn: 0 }, { bookId, isCarIn: 1 }]);
});

test('promptly 0 and the car came before the period: it stays what it is', async () => {
  const uid = await world.parked(30);
  await add({ promptly: 0, ValidFrom: '2026-03-02 08:10:00' });
  expect(termsOf(uid)).toBe('temporary');
});

test('promptly missing means what the site says', async () => {
  await world.dispose();
  world = await KeytopWorld.open({ settings: { promptlyMissing: 0 } });
  const uid = await world.parked(30);
  await add({ promptly: undefined });
  expect(termsOf(uid)).toBe('booking');
});

test('5.2 changes what is given, never plate and money, and may count at once', async () => {
  const bookId = await add();
  const uid = await world.parked(30, '闽D02001');
  const changed = { bookid: `${bookId}`, modifyType: 0, bookType: 0, plateNo: '闽A1', preMoney: 5 };
  expect(await rowsOf(world, 'ModifyBookingCar', changed)).toEqual([{ bookId, bookid: bookId }]);
  expect(await repeated(world, 'ModifyBookingCar', changed)).toEqual([{ bookId, bookid: bookId }]);
  expect(await bookings()).toMatchObject([{ preMoney: 100, bookType: 0, validTo: '2026-03-31 23:59:59' }]);
  await rowsOf(world, 'ModifyBookingCar', {
    BookId: bookId,
    modifyType: 0,
    validFrom: '',
    validTo: '2026/4/30 23:59:59',
  });
  expect(await bookings()).toMatchObject([
    { bookType: 0, validFrom: PRINTED.ValidFrom, validTo: '2026-04-30 23:59:59' },
  ]);
  expect(termsOf(uid)).toBe('temporary');
  const other = await add({ plateNo: '闽D02001' });
  await rowsOf(world, 'ModifyBookingCar', { bookid: other, modifyType: 0, promptly: 0 });
  expect(termsOf(uid)).toBe('booking');
});

test('5.2 cancels: gone, again it is well, and it cannot be changed any more', async () => {
  const bookId = await add();
  const cancel = { bookid: bookId, modifyType: 1 };
  expect(await rowsOf(world, 'ModifyBookingCar', cancel)).toEqual([{ bookId, bookid: bookId }]);
  expect(await repeated(world, 'ModifyBookingCar', cancel)).toEqual([{ bookId, bookid: bookId }]);
  expect(await bookings()).toEqual([]);
  await refused(world, 'ModifyBookingCar', { bookid: bookId, modifyType: 0, bookType: 0 }, '已取消');
  expect(await add()).toBe(bookId + 1);
});

test('a booking that is cancelled while its car stands inside: the car keeps the terms on which it came in', async () => {
  const bookid = await add({ bookType: 0 });
  const uid = await world.parked(30);
  await rowsOf(world, 'ModifyBookingCar', { bookid, modifyType: 1 });
  expect(termsOf(uid)).toBe('booking');
  expect(await bookings()).toMatchObject([{ bookId: bookid, isCarIn: 1 }]);
});

test.each([
  ['AddBookingCar', { plateNo: '' }, 'plateNo: 缺少参数'],
  ['AddBookingCar', { preMoney: '' }, 'preMoney: 缺少参数'],
  ['AddBookingCar', { preMoney: 1.5 }, 'preMoney: 应为整数'],
  ['AddBookingCar', { bookType: 2 }, 'bookType: 应为 0、1 之一'],
  ['AddBookingCar', { promptly: 2 }, 'promptly: 应为 0、1 之一'],
  ['AddBookingCar', { ValidTo: '2026-02-28 00:00:00' }, '早于开始时间'],
  ['ModifyBookingCar', { bookid: 1, modifyType: 2 }, 'modifyType: 应为 0、1 之一'],
  ['ModifyBookingCar', { bookid: 7, modifyType: 1 }, '没有编号为 7 的预约'],
  ['ModifyBookingCar', { bookid: 7, modifyType: 0 }, '没有编号为 7 的预约'],
  ['ModifyBookingCar', { modifyType: 0, validTo: '' }, 'bookid: 缺少参数'],
])('refused and nothing done: %s %j', async (name, fields, words) => {
  await refused(world, name, name === 'AddBookingCar' ? { ...PRINTED, ...fields } : fields, words);
});

test('at most five that are in force, the one that began first in front; neither what is over nor what is to come', async () => {
  for (const day of [7, 3, 5, 1, 6, 2, 4])
    await add({ bookType: 0, ValidFrom: `2026-02-0${day} 00:00:00`, promptly: 1 });
  await add({ ValidFrom: '2026-01-01 00:00:00', ValidTo: '2026-03-02 08:05:08' });
  await add({ ValidFrom: '2026-03-02 08:05:10' });
  await add({ plateNo: '闽D02001' });
  const from = (await bookings()).map((row) => row['validFrom']);
  expect(from).toEqual([1, 2, 3, 4, 5].map((day) => `2026-02-0${day} 00:00:00`));
  expect(await bookings('闽A99999')).toEqual([]);
});

test('one whose period is over is in use for as long as its car stands inside', async () => {
  const bookId = await add({ ValidTo: '2026-03-02 09:00:00' });
  await world.parked(120);
  expect(await bookings()).toMatchObject([{ bookId, isCarIn: 1 }]);
});

test('the office’s own bookings are told, too', async () => {
  const at = world.clock.now();
  world.registry.bookings.put({ plate: CAR, from: at - MINUTE, to: at + MINUTE }, {}, ANNA);
  expect(await bookings()).toMatchObject([{ bookId: 1, preMoney: 0, bookType: 1 }]);
});
