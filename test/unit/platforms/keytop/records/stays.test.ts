import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANNA, CAR, KEYTOP_ACTOR, KeytopWorld, MINUTE } from '../keytop-world.ts';

let world: KeytopWorld;
beforeEach(async () => {
  world = await KeytopWorld.open();
  await world.settled();
});
afterEach(() => world.dispose());

/** Names of what was told of stays, in order. */
const order = (): string[] =>
  world.received.map(({ name }) => name).filter((name) => /^Post(Car(In|Bill)|PayDetail)/.test(name));

test('an entry: every field of the table, dates with slashes', async () => {
  world.car('in1');
  await world.heard('PostCarInInfo');
  expect(world.sent('PostCarInInfo')).toEqual([
    {
      ...{ parkCode: '1', plateNo: CAR, cardNo: '', entryTime: '2026/03/02 08:05:09', entryPlace: '入口' },
      ...{ imgName: '', vplType: '2', vplColor: '0' },
    },
  ]);
});

test('paid in cash at the exit: entry, bill, exit, in this order, and the sums agree', async () => {
  const uid = await world.parked(90);
  world.car('out1');
  world.cash(world.bill(uid));
  await world.heard('PostPayDetail');
  expect(order()).toEqual(['PostCarInInfo', 'PostCarBillDetail', 'PostPayDetail']);
  const times = { entryTime: '2026/03/02 08:05:09', leaveTime: '2026/03/02 09:35:09' };
  expect(world.sent('PostCarBillDetail')).toEqual([
    {
      ...{ parkCode: '1', plateNo: CAR, cardNo: '', carType: 0, ...times, totalMoney: 1000, payMoney: 1000 },
      ...{ freeMoney: 0, selfTotal: 0, selfPay: 0, ticketMoney: 0, ticketTime: 0, ticketNum: 0 },
      ...{ terminalType: 2, payType: 100, payTime: '2026/03/02 09:35:09', paidType: 0, remark: expect.any(String) },
    },
  ]);
  expect(world.sent('PostPayDetail')).toEqual([
    {
      ...{ parkCode: '1', plateNo: CAR, cardNo: '', ...times, preMoney: 0, payMoney: 1000, payType: 0 },
      ...{ ticketMoney: 0, ticketTime: 0, freeMoney: 0, carType: 0, leavePlace: '出口', imgName: '' },
    },
  ]);
});

test('without the third party nothing is lost, and the order of a stay holds', async () => {
  world.answer('PostCarInInfo', { resCode: 1, resMsg: '系统繁忙', data: null });
  const uid = await world.parked(90);
  world.car('out1');
  world.cash(world.bill(uid));
  await world.heard('PostCarInInfo');
  expect(order()).toEqual(['PostCarInInfo']);
  world.answer('PostCarInInfo', { resCode: 0, resMsg: '', data: [{ IsDensityPay: 0 }] });
  await world.pass(10 * MINUTE, 40);
  expect(order().filter((name) => name !== 'PostCarInInfo')).toEqual(['PostCarBillDetail', 'PostPayDetail']);
});

test('paid inside is paid in advance; what the driver then adds at the exit is not', async () => {
  const uid = await world.parked(30);
  world.payments.prepayments.bill({ uid }, ANNA);
  world.cash(world.bill(uid));
  await world.heard('PostCarBillDetail');
  expect(world.sent('PostCarBillDetail')[0]).toMatchObject({
    ...{ totalMoney: 500, payMoney: 500, terminalType: 1, paidType: 0 },
    // Not gone yet: it leaves, as far as this row knows, when it pays.
    ...{ leaveTime: '2026/03/02 08:35:09', payTime: '2026/03/02 08:35:09' },
  });
  world.clock.jumpWall(60 * MINUTE);
  world.car('out1');
  world.cash(world.bill(uid));
  await world.heard('PostPayDetail');
  expect(world.sent('PostPayDetail')[0]).toMatchObject({ preMoney: 500, payMoney: 500, payType: 0 });
  expect(total('payMoney')).toBe(1000);
});

const total = (field: string): number =>
  world.sent('PostCarBillDetail').reduce((sum, row) => sum + Number(row[field]), 0);

describe('what was taken off', () => {
  const grant = (uid: string, kind: 'amount' | 'minutes', value: number, actor = KEYTOP_ACTOR): void => {
    world.payments.grants.grant(uid, { kind, value, maxFen: null, minimumFen: 0, reason: '测试' }, actor, null);
  };

  test('money of the third party is a ticket, money of our own people is free, and each row balances', async () => {
    const uid = await world.parked(150);
    grant(uid, 'amount', 200);
    grant(uid, 'amount', 100, ANNA);
    world.car('out1');
    world.cash(world.bill(uid));
    await world.heard('PostPayDetail');
    expect(world.sent('PostCarBillDetail')).toMatchObject([
      { totalMoney: 1500, payMoney: 1200, ticketMoney: 200, ticketNum: 1, ticketTime: 0, freeMoney: 100, paidType: 0 },
    ]);
    expect(world.sent('PostPayDetail')).toMatchObject([
      { preMoney: 0, payMoney: 1200, ticketMoney: 200, ticketTime: 0, freeMoney: 100 },
    ]);
  });

  test('minutes are told in seconds, and what they are worth as money', async () => {
    const uid = await world.parked(150);
    grant(uid, 'minutes', 60);
    world.car('out1');
    world.cash(world.bill(uid));
    await world.heard('PostPayDetail');
    const [row] = world.sent('PostCarBillDetail');
    expect(row).toMatchObject({ totalMoney: 1500, payMoney: 1000, ticketMoney: 500, ticketTime: 3600, ticketNum: 1 });
    expect(world.sent('PostPayDetail')[0]).toMatchObject({ payMoney: 1000, ticketMoney: 500, ticketTime: 3600 });
  });

  test('a discount that left nothing to pay has its row, without money', async () => {
    const uid = await world.parked(30);
    grant(uid, 'amount', 800);
    world.car('out1');
    await world.heard('PostPayDetail');
    expect(order()).toEqual(['PostCarInInfo', 'PostCarBillDetail', 'PostPayDetail']);
    expect(world.sent('PostCarBillDetail')).toMatchObject([
      { totalMoney: 500, payMoney: 0, ticketMoney: 500, freeMoney: 0, paidType: 1 },
    ]);
    expect(world.sent('PostPayDetail')).toMatchObject([{ payMoney: 0, ticketMoney: 500 }]);
    expect(uid).not.toBe('');
  });
});

describe('let go without paying', () => {
  test.each([
    ['异常放行', 2],
    ['特种车辆', 1],
  ])('for %s is told as paidType %i', async (reason, paidType) => {
    await world.parked(90);
    world.car('out1');
    world.lanes.order('out1', { type: 'release', reason, actor: ANNA });
    await world.heard('PostPayDetail');
    expect(world.sent('PostCarBillDetail')).toMatchObject([
      { totalMoney: 1000, payMoney: 0, freeMoney: 1000, paidType, remark: reason, terminalType: 2 },
    ]);
    expect(world.sent('PostPayDetail')).toMatchObject([{ preMoney: 0, payMoney: 0, payType: 0, freeMoney: 1000 }]);
  });

  test('a car that owes nothing leaves without a row', async () => {
    await world.parked(5);
    world.car('out1');
    await world.heard('PostPayDetail');
    expect(order()).toEqual(['PostCarInInfo', 'PostPayDetail']);
    expect(world.sent('PostPayDetail')).toMatchObject([{ preMoney: 0, payMoney: 0, freeMoney: 0, ticketMoney: 0 }]);
  });
});

describe('the answer to an entry', () => {
  const signed = (): (string | null)[] =>
    world.read.agreements.ofPlate(CAR).map(({ platform, uid }) => `${platform} ${uid}`);

  test.each([[1], ['1']])('IsDensityPay %j marks this stay alone', async (told) => {
    world.answer('PostCarInInfo', { resCode: '0', resMsg: null, data: { isDensitypay: told } });
    world.car('in1');
    await world.heard('PostCarInInfo');
    expect(signed()).toEqual([`keytop ${world.read.stays.inside(CAR)?.uid}`]);
  });

  test.each([[{ data: [{ IsDensityPay: 0 }] }], [{ data: null }], [{ data: [{ IsDensityPay: null }] }]])(
    '%j marks nothing',
    async (told) => {
      world.answer('PostCarInInfo', { resCode: 0, resMsg: '', ...told });
      world.car('in1');
      await world.heard('PostCarInInfo');
      expect(signed()).toEqual([]);
    },
  );

  test('counts when it comes late, and not for a car that has left by then', async () => {
    world.answer('PostCarInInfo', () => undefined);
    await world.parked(5);
    await world.heard('PostCarInInfo');
    world.answer('PostCarInInfo', { resCode: 0, resMsg: '', data: [{ IsDensityPay: 1 }] });
    await world.pass(2 * MINUTE, 12);
    expect(signed()).toHaveLength(1);

    world.answer('PostCarInInfo', () => undefined);
    world.car('in1', '闽D02001');
    await world.heard('PostCarInInfo', 3);
    world.clock.jumpWall(2 * MINUTE);
    world.car('out1', '闽D02001');
    world.answer('PostCarInInfo', { resCode: 0, resMsg: '', data: [{ IsDensityPay: 1 }] });
    await world.pass(2 * MINUTE, 12);
    expect(world.sent('PostPayDetail')).toHaveLength(1);
    expect(world.read.agreements.ofPlate('闽D02001')).toEqual([]);
  });
});

test('an entry is waited for five seconds, because its answer says whether the car is signed (G11)', async () => {
  world.answer('PostCarInInfo', () => undefined);
  world.car('in1');
  await world.heard('PostCarInInfo');
  const tries = () => world.read.outbox.search({ platform: 'keytop', offset: 0, limit: 100 }).items;
  const entry = () => tries().find(({ message }) => message === 'PostCarInInfo');
  await world.pass(4500);
  expect(entry()).toMatchObject({ attempts: 0, state: 0 });
  await world.pass(1000);
  await world.comes('given up waiting', () => entry()?.attempts === 1);
  expect(entry()?.maybe_delivered).toBe(1);
  world.answer('PostCarInInfo', { resCode: 0, resMsg: '', data: null });
  await world.pass(20_000, 4);
});
