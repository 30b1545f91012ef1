import { afterEach, describe, expect, test } from 'vitest';
import { shanghaiDateTime } from '../../../../shared/domain/time.ts';
import { OUT } from '../../../support/lane-world.ts';
import { ANNA, CAR, KeytopWorld, MINUTE } from './keytop-world.ts';

let world: KeytopWorld;

afterEach(() => world.dispose());

const ask = async (keys: Record<string, unknown>) => {
  const { resCode, resMsg, data } = await world.call('GetParkingPaymentInfo', keys);
  return { resCode, resMsg, row: data?.[0] ?? {} };
};

describe('a car inside', () => {
  test('every field of the table, in its type', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    const { resCode, row } = await ask({ plateNo: CAR, cardNo: '', deviceCode: '' });
    const stay = world.read.stays.get(uid);
    const now = shanghaiDateTime(world.clock.now());
    expect(resCode).toBe(0);
    expect(row).toEqual({
      orderNo: world.read.bills.open(uid)?.id,
      ...{ plateNo: CAR, cardNo: '', entryTime: shanghaiDateTime(stay?.enteredAt ?? 0), payTime: now, outTime: now },
      ...{ elapsedTime: 65, imgName: '', payable: 1000, delayTime: 15, totalFee: '1000', payedFee: '0' },
    });
  });

  test('one order while it holds and costs the same; another that takes its place otherwise', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(58);
    const first = (await ask({ plateNo: CAR })).row;
    world.clock.jumpWall(MINUTE);
    expect((await ask({ plateNo: CAR })).row).toMatchObject({ orderNo: first['orderNo'], elapsedTime: 59 });
    // The next hour has begun: it costs more, although the order would still hold.
    world.clock.jumpWall(2 * MINUTE);
    const dearer = (await ask({ plateNo: CAR })).row;
    expect(dearer).toMatchObject({ payable: 1000 });
    expect(dearer['orderNo']).not.toBe(first['orderNo']);
    expect(world.read.bills.get(String(first['orderNo']))?.state).toBe('void');
    world.clock.jumpWall(5 * MINUTE + 1000);
    const later = (await ask({ plateNo: CAR })).row;
    expect(later).toMatchObject({ payable: 1000 });
    expect(later['orderNo']).not.toBe(dearer['orderNo']);
    expect(world.read.bills.open(uid)?.id).toBe(later['orderNo']);
  });

  test('what was paid and what was taken off: payable is always totalFee less payedFee', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    await world.call('ParkingFree', {
      plateNo: CAR,
      freeMoney: 300,
      freeTime: 0,
      payType: 4,
      payMethod: 4,
      remark: '券',
    });
    const first = (await ask({ plateNo: CAR })).row;
    expect(first).toMatchObject({ payable: 700, totalFee: '700', payedFee: '0' });
    world.cash(world.bill(uid));
    world.clock.jumpWall(3 * 60 * MINUTE);
    const second = (await ask({ plateNo: CAR })).row;
    expect(second).toMatchObject({ payedFee: '700' });
    expect(Number(second['totalFee']) - Number(second['payedFee'])).toBe(second['payable']);
    expect(second['payable']).toBeGreaterThan(0);
  });

  test('nothing due is an order over 0, which can be told as paid, and no bill', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    await ask({ plateNo: CAR });
    world.cash(world.bill(uid));
    const { resCode, row } = await ask({ plateNo: CAR });
    expect({ resCode, row }).toMatchObject({ resCode: 0, row: { payable: 0, totalFee: '1000', payedFee: '1000' } });
    const orderNo = String(row['orderNo']);
    expect((await ask({ plateNo: CAR })).row['orderNo']).toBe(orderNo);
    expect(world.read.bills.open(uid)).toBeUndefined();
    expect(await world.call('GetPaymentStatus', { orderNo })).toMatchObject({ resCode: 0, data: [{ status: '1' }] });
    const nothing = { orderNo, amount: 0, discount: 0, payType: 4, payMethod: 4, freeMoney: 0, freeTime: 0 };
    const paid = await world.call('PayParkingFee', nothing);
    expect(paid).toMatchObject({ resCode: 0, data: [{ parkingTime: 65 }] });
    world.clock.jumpWall(30 * MINUTE);
    expect(await world.call('PayParkingFee', nothing)).toEqual(paid);
    expect(world.takenFen(uid)).toBe(1000);
    expect(await world.call('PayParkingFee', { ...nothing, amount: 500 })).toMatchObject({ resCode: 1, data: null });
    expect(world.takenFen(uid)).toBe(1000);
  });

  test.each([
    ['without its province', { plateNo: 'd02000' }],
    ['by a card that stands behind an empty plate', { plateNo: '', cardNo: 'SELF-1' }],
    ['by a card where the plate says 无牌车', { plateNo: '无牌车', cardNo: 'SELF-1' }],
  ])('%s', async (_name, keys) => {
    world = await KeytopWorld.open();
    await world.parked(65);
    world.car('in1', '');
    world.lanes.identify('in1', 'SELF-1', ANNA);
    world.clock.jumpWall(65 * MINUTE);
    const { resCode, row } = await ask(keys);
    expect(resCode).toBe(0);
    expect(row).toMatchObject('cardNo' in keys ? { plateNo: '', cardNo: 'SELF-1' } : { plateNo: CAR, cardNo: '' });
  });

  test('a plate without its province that fits two cars is nobody', async () => {
    world = await KeytopWorld.open();
    await world.parked(5);
    await world.parked(60, '京D02000');
    expect(await ask({ plateNo: 'D02000' })).toMatchObject({ resCode: 1, row: {} });
    // The first key that says something counts: a card beside it changes nothing.
    expect(await ask({ plateNo: 'D02000', cardNo: 'x' })).toMatchObject({ resCode: 1 });
    expect(await ask({ plateNo: '京D02000' })).toMatchObject({ resCode: 0, row: { plateNo: '京D02000' } });
  });

  test.each([[{ plateNo: '闽A00001' }], [{ cardNo: 'nobody' }], [{ deviceCode: 'nowhere' }], [{}]])(
    'nobody is meant by %j: 1 and null, and nothing in the journal',
    async (keys) => {
      world = await KeytopWorld.open();
      await world.parked(65);
      await world.settled();
      const before = world.read.journal.after(0, 10_000).length;
      const answer = await world.call('GetParkingPaymentInfo', keys);
      expect(answer).toMatchObject({ resCode: 1, data: null });
      expect(answer.resMsg).toMatch(/[一-鿿]/);
      expect(world.read.journal.after(0, 10_000)).toHaveLength(before);
    },
  );
});

describe('at the exit', () => {
  test('the bill that stands there, by the device and by the plate', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    world.car(OUT.id);
    const bill = world.bill(uid);
    for (const keys of [{ deviceCode: `cam-${OUT.id}` }, { deviceCode: OUT.id }, { plateNo: CAR }])
      expect(await ask(keys)).toMatchObject({ resCode: 0, row: { orderNo: bill.id, payable: 1000, plateNo: CAR } });
    // Asked for again long after: it stands there still, under another number.
    world.clock.jumpWall(8 * MINUTE);
    const { row } = await ask({ plateNo: CAR });
    expect(row).toMatchObject({ payable: 1000, elapsedTime: 73 });
    expect(row['orderNo']).not.toBe(bill.id);
    expect(world.bill(uid)).toEqual(bill);
  });

  test('what a phone was told inside is the bill at the exit', async () => {
    world = await KeytopWorld.open();
    await world.parked(65);
    const { row } = await ask({ plateNo: CAR });
    world.car(OUT.id);
    expect((await ask({ deviceCode: OUT.id })).row['orderNo']).toBe(row['orderNo']);
  });

  test('an exit without a car, a car that nobody knows, an entrance', async () => {
    world = await KeytopWorld.open();
    expect(await ask({ deviceCode: OUT.id })).toMatchObject({ resCode: 1 });
    world.car(OUT.id, '闽A99999');
    expect(await ask({ deviceCode: OUT.id })).toMatchObject({ resCode: 1 });
    expect(await ask({ deviceCode: 'in1' })).toMatchObject({ resCode: 1 });
  });

  test('whoever must be looked at first is told so', async () => {
    world = await KeytopWorld.open({ site: { rules: { verifyAboveFen: 500 } } });
    const uid = await world.parked(65);
    expect(await ask({ plateNo: CAR })).toMatchObject({ resCode: 1, resMsg: expect.stringContaining('核对') });
    world.car(OUT.id);
    expect(await ask({ plateNo: CAR })).toMatchObject({ resCode: 1, resMsg: '请等待工作人员处理' });
    expect(world.read.bills.open(uid)).toBeUndefined();
  });
});
