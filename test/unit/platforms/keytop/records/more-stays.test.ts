import { afterEach, describe, expect, test } from 'vitest';
import type { Stay } from '../../../../../shared/domain/stay.ts';
import { ANNA, CAR, HOUR, KeytopWorld, MINUTE } from '../keytop-world.ts';

let world: KeytopWorld;
afterEach(() => world.dispose());

/** A JPEG, as far as its beginning tells. */
const PICTURE = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9]);

describe('pictures', () => {
  test('as an address that the third party can open, until it ends', async () => {
    const photo = { publicUrl: 'http://park.example:8700', days: 1 };
    world = await KeytopWorld.open({ settings: { photo } });
    world.car('in1', CAR, PICTURE);
    await world.heard('PostCarInInfo');
    const url = new URL(String(world.sent('PostCarInInfo')[0]?.['imgName']));
    expect(url.origin).toBe('http://park.example:8700');
    const open = async () =>
      world.platform.inbound?.handle({
        ...{ method: 'GET', path: url.pathname, query: '', contentType: '', headers: {} },
        ...{ body: new Uint8Array(), remote: '203.0.113.9' },
      });
    expect(await open()).toMatchObject({ status: 200, contentType: 'image/jpeg', body: Buffer.from(PICTURE) });
    world.clock.jumpWall(25 * HOUR);
    expect(await open()).toMatchObject({ status: 404 });
  });

  test('whole, or not at all, as the site wants it', async () => {
    world = await KeytopWorld.open({ settings: { photo: { form: 'base64' } } });
    await world.settled();
    world.car('in1', CAR, PICTURE);
    await world.heard('PostCarInInfo');
    expect(world.sent('PostCarInInfo')[0]?.['imgName']).toBe(Buffer.from(PICTURE).toString('base64'));
    await world.dispose();

    world = await KeytopWorld.open({ settings: { photo: { form: 'none' } } });
    world.car('in1', CAR, PICTURE);
    await world.heard('PostCarInInfo');
    expect(world.sent('PostCarInInfo')[0]?.['imgName']).toBe('');
  });
});

test('a car without a plate has 无牌车 and what it scanned, from its entry to its exit', async () => {
  world = await KeytopWorld.open({ settings: { dates: 'dashes' } });
  world.car('in1', '');
  world.lanes.identify('in1', 'oABCdef0123456789', ANNA);
  await world.heard('PostCarInInfo');
  const car = { plateNo: '无牌车', cardNo: 'oABCdef0123456789', entryTime: '2026-03-02 08:05:09' };
  expect(world.sent('PostCarInInfo')).toMatchObject([car]);
  world.clock.jumpWall(90 * MINUTE);
  world.car('out1', '');
  world.lanes.identify('out1', 'oABCdef0123456789', ANNA);
  const uid = world.told('vehicle-entered')[0]?.body.stay.uid ?? '';
  world.cash(world.bill(uid));
  await world.heard('PostPayDetail');
  expect(world.sent('PostCarBillDetail')).toMatchObject([{ ...car, payMoney: 1000 }]);
  expect(world.sent('PostPayDetail')).toMatchObject([{ ...car, payMoney: 1000 }]);
});

test('a car that leaves owing pays later: the row stands under the stay that owed it, not in the exit that paid', async () => {
  world = await KeytopWorld.open();
  await world.parked(90);
  world.car('out1');
  world.lanes.order('out1', { type: 'owe', reason: '余额不足', actor: ANNA });
  await world.heard('PostPayDetail');
  expect(world.sent('PostPayDetail')).toMatchObject([{ preMoney: 0, payMoney: 0, freeMoney: 0 }]);
  expect(world.sent('PostCarBillDetail')).toEqual([]);

  world.clock.jumpWall(HOUR);
  const uid = await world.parked(30);
  world.car('out1');
  world.cash(world.bill(uid));
  await world.heard('PostPayDetail', 2);
  const rows = world.sent('PostCarBillDetail').map(({ entryTime, payMoney }) => [entryTime, payMoney]);
  expect(rows).toHaveLength(2);
  expect(rows).toEqual(
    expect.arrayContaining([
      ['2026/03/02 08:05:09', 1000],
      ['2026/03/02 10:35:09', 500],
    ]),
  );
  expect(world.sent('PostPayDetail')[1]).toMatchObject({ entryTime: '2026/03/02 10:35:09', payMoney: 500 });
});

test('a plate that was put right since belongs to somebody else: a late IsDensityPay does not count for it', async () => {
  world = await KeytopWorld.open();
  world.answer('PostCarInInfo', () => undefined);
  const uid = await world.parked(5);
  await world.heard('PostCarInInfo');
  const right = { text: '闽D99999', color: 'blue', kind: 'ordinary' } as const;
  const before = world.read.stays.get(uid);
  if (!before) throw new Error('no stay');
  world.write({
    ...{ kind: 'stay-corrected', key: uid, laneId: null, passageId: null, actor: ANNA },
    body: { what: 'plate', before, stay: { ...before, plate: right }, reason: '看错', spaces: null },
  });
  world.answer('PostCarInInfo', { resCode: 0, resMsg: '', data: [{ IsDensityPay: 1 }] });
  await world.pass(2 * MINUTE, 12);
  expect(world.read.stays.get(uid)?.plate.text).toBe('闽D99999');
  expect(world.read.agreements.ofPlate(CAR)).toEqual([]);
  expect(world.read.agreements.ofPlate('闽D99999')).toEqual([]);
});

test('a car through an arm that is held up is abnormal, with what it did not pay', async () => {
  world = await KeytopWorld.open({ arms: true });
  await world.parked(90);
  world.lanes.order('out1', { type: 'gate', action: 'hold', reason: '疏导', photoId: null, actor: ANNA });
  await world.settled();
  world.car('out1');
  await world.heard('PostPayDetail');
  expect(world.sent('PostCarBillDetail')).toMatchObject([
    { totalMoney: 1000, payMoney: 0, freeMoney: 1000, paidType: 2 },
  ]);
});

test.each([
  ['open', 0],
  ['given', 500],
] as const)(
  'change that the third party pays out is told with the payment; the order is %s',
  async (state, selfPay) => {
    world = await KeytopWorld.open();
    const uid = await world.parked(90);
    world.car('out1');
    const bill = world.bill(uid);
    const now = world.clock.now();
    const plate = { text: CAR, color: 'blue', kind: 'ordinary' } as const;
    world.write({
      ...{ kind: 'change-order-changed', key: uid, laneId: 'out1', passageId: null, actor: ANNA },
      body: {
        change: state === 'open' ? 'opened' : 'given',
        order: {
          ...{ id: '123456789', platform: 'keytop', state, billId: bill.id, uid, plate, identity: null },
          ...{ enteredAt: now, payFen: 1000, receivedFen: 1500, amountFen: 500, laneId: 'out1', shiftId: null },
          ...{
            cashier: 'anna',
            paidAt: now,
            chargeType: null,
            method: null,
            account: null,
            givenAt: null,
            settled: null,
          },
        },
      },
    });
    world.cash(bill);
    await world.heard('PostCarBillDetail');
    expect(world.sent('PostCarBillDetail')).toMatchObject([{ payMoney: 1000, selfTotal: 500, selfPay }]);
  },
);

test('let go because nobody knew the fee: a row without money that says so', async () => {
  world = await KeytopWorld.open();
  const uid = await world.parked(90);
  const stay = world.read.stays.get(uid);
  if (!stay) throw new Error('no stay');
  const lane = { id: 'out1', name: '出口', number: 2 };
  const left: Stay = {
    ...{ ...stay, status: 'left', exitLane: lane, exitedAt: world.clock.now(), exitRecordId: 'pass_x' },
  };
  world.write({
    ...{ kind: 'vehicle-exited', key: uid, laneId: 'out1', passageId: 'pass_x', actor: ANNA },
    body: {
      ...{ stay: left, lane, booth: null, spaces: world.lanes.spaces(), how: 'released', reason: '特种车辆' },
      ...{ steps: [], payments: [], feeUnknown: true },
    },
  });
  await world.heard('PostPayDetail');
  expect(world.sent('PostCarBillDetail')).toMatchObject([{ totalMoney: 0, payMoney: 0, freeMoney: 0, paidType: 2 }]);
});
