import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shanghaiDateTime } from '../../../../shared/domain/time.ts';
import { IN, OUT } from '../../../support/lane-world.ts';
import { ANNA, CAR, HOUR, KeytopWorld, MINUTE } from './keytop-world.ts';

const PAGES = { pages: { change: 'https://pay.example.com/change', entry: 'https://pay.example.com/in?mall=7' } };
const anna = { actor: ANNA, manager: false };

let world: KeytopWorld;
beforeEach(async () => {
  world = await KeytopWorld.open({ settings: PAGES });
  await world.platform.start();
});
afterEach(() => world.dispose());

/** Parks, drives to the exit and hands over more than is due. @returns the number of the order over the change */
async function paysTooMuch(receivedFen = 10_000, plate = CAR): Promise<string> {
  await world.parked(61, plate);
  world.car(OUT.id, plate);
  const bill = world.lanes.state(OUT.id).passage?.bill;
  if (!bill) throw new Error('nothing due');
  const pays = { method: 'cash', amountFen: bill.dueFen, receivedFen, change: 'code', actor: ANNA } as const;
  world.lanes.order(OUT.id, { type: 'collect', ...pays });
  const order = world.read.changeOrders.ofBill(bill.id);
  if (!order) throw new Error('no order');
  return order.id;
}

const info = async (orderNo: unknown) => (await world.call('GetPayChargeInfo', { orderNo })).data?.[0];
const notice = (orderNo: string, more = {}) => world.call('PayChargeNotice', { orderNo, chargeType: '0', ...more });
const report = async (from: number, to: number, pageIndex: unknown = 1, pageCount: unknown = 20) => {
  const time = { startTime: shanghaiDateTime(from), endTime: shanghaiDateTime(to) };
  const { resCode, resMsg, data } = await world.call('PayChargeReport', { ...time, pageIndex, pageCount });
  return { resCode, resMsg, rows: data ?? [], orders: (data ?? []).map((row) => row['orderNo']) };
};
const order = (id: string) => world.read.changeOrders.get(id);

describe('the codes on tickets', () => {
  it('carry the number of the car park, and the order, plain', () => {
    expect(world.platform.changePage('123')).toBe('https://pay.example.com/change?parkCode=1&orderNo=123');
    expect(world.platform.entryPage()).toBe('https://pay.example.com/in?mall=7&parkCode=1');
  });

  it('are not there where no page is set up, and then there is no change by code', async () => {
    await world.dispose();
    world = await KeytopWorld.open();
    expect([world.platform.changePage('123'), world.platform.entryPage()]).toEqual([undefined, undefined]);
    await expect(paysTooMuch()).rejects.toThrow('请找现金');
    expect(world.lanes.state(OUT.id).phase).toBe('charging');
    expect(world.told('bill-paid')).toEqual([]);
  });
});

describe('下行3.5', () => {
  it('tells what was due, what was handed over, and whether it is given', async () => {
    const orderNo = await paysTooMuch();
    const stay = world.read.stays.get(order(orderNo)?.uid ?? '');
    const row = { orderNo, plateNo: CAR, cardNo: '', comeTime: shanghaiDateTime(stay?.enteredAt ?? 0) };
    const open = { ...row, payMoney: 1000, paidAmount: 10_000, ifCharge: 0 };
    expect(await info(orderNo)).toEqual(open);
    expect(await info(Number(orderNo))).toEqual(open);
    await notice(orderNo);
    expect(await info(orderNo)).toEqual({ ...open, ifCharge: 1 });
  });

  it('says that an unknown number is none', async () => {
    expect(await world.call('GetPayChargeInfo', { orderNo: '100000000000' })).toEqual({
      ...{ resCode: 1, resMsg: '没有这个找零订单', data: null },
    });
    expect((await notice('100000000000')).resCode).toBe(1);
  });

  it('answers in resMsg as well where the site wants it as the document prints it (G04)', async () => {
    await world.dispose();
    world = await KeytopWorld.open({ settings: { ...PAGES, payloadIn: 'resMsg' } });
    const orderNo = await paysTooMuch();
    const asked = await world.call('GetPayChargeInfo', { orderNo });
    expect(asked).toMatchObject({ resCode: 0, resMsg: [{ orderNo, ifCharge: 0 }], data: [{ orderNo, ifCharge: 0 }] });
    const time = { startTime: '2020-01-01 00:00:00', endTime: '2020-01-01 00:00:01', pageIndex: 1, pageCount: 5 };
    expect((await world.call('PayChargeReport', time)).resMsg).toMatchObject([{ orderNo }]);
    expect(await notice(orderNo)).toMatchObject({ resMsg: '', data: [{ orderNo }] });
  });
});

describe('下行3.6', () => {
  it('ends the order; told again nothing changes, and its first time stays', async () => {
    const orderNo = await paysTooMuch();
    const done = await notice(orderNo, { userAccount: 'wx-openid-1234' });
    expect(done).toEqual({ resCode: 0, resMsg: '', data: [{ orderNo }] });
    const given = order(orderNo);
    expect(given).toMatchObject({ state: 'given', method: 'wechat', account: 'wx-openid-1234', chargeType: '0' });
    world.clock.jumpWall(HOUR);
    expect((await notice(orderNo, { chargeType: '1', UserAccount: 'other' })).resCode).toBe(0);
    expect(order(orderNo)).toEqual(given);
    expect(world.told('change-order-changed').map(({ body, actor }) => [body.change, actor.name])).toEqual([
      ['opened', 'anna'],
      ['given', 'keytop'],
    ]);
  });

  it('is refused for change that was given in cash: a case and an alarm, nothing twice; the alarm ends with the case', async () => {
    const orderNo = await paysTooMuch();
    world.payments.changeOrders.settle(orderNo, ANNA);
    for (let told = 0; told < 2; told += 1)
      expect(await notice(orderNo)).toEqual({ resCode: 1, resMsg: '该订单已由人工现金找零，不能重复找零', data: null });
    expect(order(orderNo)).toMatchObject({ state: 'by-hand', givenAt: null });
    const [found, ...others] = world.read.cases.search({ kind: 'paid-twice', offset: 0, limit: 10 }).items;
    expect(others).toEqual([]);
    expect(found).toMatchObject({ amountFen: 9000, plate: CAR });
    const standing = () => world.alarms.list().filter(({ code }) => code === 'change-given-twice');
    expect(standing().map(({ subject }) => subject)).toEqual([orderNo]);
    const boss = { actor: { kind: 'user', name: 'boss' } as const, role: 'manager' as const };
    world.payments.cases.close(found?.id ?? '', '已追回', boss);
    await world.clock.advance(1);
    expect(standing()).toEqual([]);
  });

  it.each([7, '7', -1, 'wechat', '', null])('refuses chargeType %j, and nothing changes', async (chargeType) => {
    const orderNo = await paysTooMuch();
    const open = order(orderNo);
    const answer = await notice(orderNo, { chargeType });
    expect(answer).toMatchObject({ resCode: 1, data: null });
    expect(answer.resMsg).toContain('chargeType');
    expect(order(orderNo)).toEqual(open);
    world.payments.changeOrders.settle(orderNo, ANNA);
    expect(order(orderNo)).toMatchObject({ state: 'by-hand' });
  });

  it.each([
    [0, '0', 'wechat'],
    ['1', '1', 'alipay'],
  ])('takes chargeType %j', async (chargeType, kept, method) => {
    const orderNo = await paysTooMuch();
    expect((await notice(orderNo, { chargeType })).resCode).toBe(0);
    expect(order(orderNo)).toMatchObject({ state: 'given', chargeType: kept, method });
  });
});

describe('下行3.7', () => {
  it('every field of the table, both spellings, open and given', async () => {
    const before = world.clock.now();
    const open = await paysTooMuch();
    const paidAt = order(open)?.paidAt ?? 0;
    const stay = world.read.stays.get(order(open)?.uid ?? '');
    const row = { orderNo: open, plateNo: CAR, cardNo: '', entryTime: shanghaiDateTime(stay?.enteredAt ?? 0) };
    const money = { payMoney: 1000, paidAmount: 10_000, paidTime: shanghaiDateTime(paidAt), remark: '' };
    const user = { chargeType: '', UserAccount: '', userAccount: '' };
    const first = { ...row, ...money, ...user, ifCharge: 0, chargeTime: '' };
    expect((await report(before, world.clock.now())).rows).toEqual([first]);
    world.clock.jumpWall(MINUTE);
    await notice(open, { chargeType: '1', UserAccount: 'ali' });
    const given = { ifCharge: 1, chargeType: '1', UserAccount: 'ali', userAccount: 'ali' };
    const chargeTime = shanghaiDateTime(world.clock.now());
    expect((await report(before, world.clock.now())).rows).toEqual([{ ...first, ...given, chargeTime }]);
  });

  it('the time of the cash, both ends to the second, and besides whatever is open, in order and page by page', async () => {
    const made: { readonly no: string; readonly at: number }[] = [];
    for (let car = 0; car < 5; car += 1) {
      made.push({ no: await paysTooMuch(5000, `闽D1000${car}`), at: world.clock.now() });
      await world.clock.advance(2 * MINUTE);
    }
    const [a, b, c, d, e] = made;
    if (!a || !b || !c || !d || !e) throw new Error('five cars');
    for (const { no } of [a, b, c, e]) await notice(no);
    // d is open: it is there whatever the time; a and e were paid outside of it.
    expect((await report(b.at, c.at)).orders).toEqual([b.no, c.no, d.no]);
    expect((await report(b.at + 1000, c.at - 1000)).orders).toEqual([d.no]);
    expect((await report(b.at, c.at, 1, 2)).orders).toEqual([b.no, c.no]);
    expect((await report(b.at, c.at, '2', '2')).orders).toEqual([d.no]);
    expect(await report(b.at, c.at, 3, 2)).toMatchObject({ resCode: 0, rows: [] });
    expect((await report(c.at, b.at)).resCode).toBe(1);
    expect((await report(b.at, c.at, 0)).resCode).toBe(1);
  });

  it('says when nobody saw the car come in, and when a person gave the change', async () => {
    world.car(OUT.id, '闽D99999');
    world.lanes.order(OUT.id, { type: 'fixed-fee', amountFen: 2000, reason: '没有入场记录', actor: ANNA });
    const pays = { method: 'cash', amountFen: 2000, receivedFen: 5000, change: 'code', actor: ANNA } as const;
    world.lanes.order(OUT.id, { type: 'collect', ...pays });
    const now = world.clock.now();
    const [row] = (await report(now, now)).rows;
    expect(row).toMatchObject({ plateNo: '闽D99999', entryTime: '1972-01-01 00:00:00', payMoney: 2000, ifCharge: 0 });
    const orderNo = String(row?.['orderNo']);
    expect(await info(orderNo)).toMatchObject({ comeTime: '1972-01-01 00:00:00' });
    world.payments.changeOrders.settle(orderNo, ANNA);
    expect((await report(now, now)).rows).toEqual([
      { ...row, ifCharge: 1, chargeTime: shanghaiDateTime(now), remark: '已由人工现金找零' },
    ]);
  });

  it('a car without a plate goes by its card', async () => {
    world.lanes.identify(IN.id, 'openid-00000001', ANNA);
    world.clock.jumpWall(61 * MINUTE);
    world.lanes.identify(OUT.id, 'openid-00000001', ANNA);
    const pays = { method: 'cash', amountFen: 1000, receivedFen: 2000, change: 'code', actor: ANNA } as const;
    world.lanes.order(OUT.id, { type: 'collect', ...pays });
    const now = world.clock.now();
    expect((await report(now, now)).rows).toMatchObject([{ plateNo: '', cardNo: 'openid-00000001' }]);
  });
});

it('is owed by the drawer that took the cash, until a person gives it', async () => {
  const shift = world.shifts.open({ booth: '', floatFen: 20_000 }, anna);
  const given = await paysTooMuch();
  await notice(given);
  await world.clock.advance(2 * MINUTE);
  const settled = await paysTooMuch(2000, '闽D10001');
  world.payments.changeOrders.settle(settled, ANNA);
  world.shifts.pause(shift.id, anna);
  // The float, two fees of 10 yuan, and the 90 yuan that the third party is owed; the other change went out again.
  expect(world.shifts.count(shift.id, { 10000: 3, 1000: 1 }, anna)).toMatchObject({
    ...{ cashInFen: 2000, changeKeptFen: 10_000, changeHandedFen: 1000, expectedFen: 31_000, differenceFen: 0 },
  });
});
