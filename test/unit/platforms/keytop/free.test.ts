import { afterEach, describe, expect, test, vi } from 'vitest';
import { OUT } from '../../../support/lane-world.ts';
import type { Data } from '../platform-station.ts';
import { CAR, KEYTOP_ACTOR, KeytopWorld, MINUTE } from './keytop-world.ts';
import { codeShown, ordered, payment, written } from './pay-story.ts';

let world: KeytopWorld;

afterEach(() => world.dispose());

const grant = (fields: Data) =>
  world.call('ParkingFree', { plateNo: CAR, cardNo: '', payType: 4, payMethod: 4, remark: '会员减免', ...fields });
const payable = async (): Promise<unknown> =>
  (await world.call('GetParkingPaymentInfo', { plateNo: CAR })).data?.[0]?.['payable'];
const pay = (orderNo: string, amount: number, more: Data = {}) =>
  world.call('PayParkingFee', payment(orderNo, amount, more));

async function refused(fields: Data): Promise<unknown> {
  const before = written(world);
  const answer = await grant(fields);
  expect(answer).toMatchObject({ resCode: 1, data: null });
  expect(written(world)).toEqual(before);
  return answer.resMsg;
}

describe('a reduction without an order', () => {
  test('money in fen, time in seconds, or both at once', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(125);
    expect(await payable()).toBe(1500);
    const first = await grant({ freeMoney: 300, freeTime: 0 });
    expect(first).toMatchObject({ resCode: 0, data: [{ orderNo: expect.any(String) }] });
    expect(await payable()).toBe(1200);
    expect(await grant({ freeMoney: '0', freeTime: '3600' })).toMatchObject({ resCode: 0 });
    expect(await payable()).toBe(700);
    expect(await grant({ freeMoney: 100, freeTime: 90, remark: '小票' })).toMatchObject({ resCode: 0 });
    const stay = world.read.stays.get(uid);
    expect(stay?.discounts.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
      ...['amount 300', 'minutes 60', 'minutes 2', 'amount 100'],
    ]);
    expect(world.told('discount-granted').map(({ actor }) => actor)).toEqual(Array(4).fill(KEYTOP_ACTOR));
  });

  test('directly after the entry, and taken off what is paid at the exit', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(0);
    expect(await grant({ freeTime: 3600 })).toMatchObject({ resCode: 0 });
    world.clock.jumpWall(95 * MINUTE);
    world.car(OUT.id);
    expect(world.bill(uid)).toMatchObject({ dueFen: 500, discountFen: 500 });
    // The bill that stands at the exit is made anew.
    expect(await grant({ freeMoney: 200 })).toMatchObject({ resCode: 0 });
    expect(world.bill(uid)).toMatchObject({ dueFen: 300, state: 'open' });
    expect(await pay(await ordered(world), 300)).toMatchObject({ resCode: 0 });
    expect(world.lanes.state(OUT.id).phase).toBe('cleared');
  });

  test('the same told again soon is the same, also after it was used; another one is another', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    const first = await grant({ freeMoney: 300, freeTime: 60 });
    expect(await grant({ freeMoney: 300, freeTime: 60 })).toEqual(first);
    expect(await pay(await ordered(world), 700)).toMatchObject({ resCode: 0 });
    world.clock.jumpWall(9 * MINUTE);
    expect(await grant({ freeMoney: 300, freeTime: 60 })).toEqual(first);
    expect(world.told('discount-granted')).toHaveLength(2);
    for (const other of [{ freeMoney: 300 }, { freeMoney: 300, freeTime: 60, remark: '另一张' }, { freeMoney: 301 }])
      expect((await grant(other)).data).not.toEqual(first.data);
    expect(world.told('discount-granted')).toHaveLength(6);
    world.clock.jumpWall(2 * MINUTE);
    // Long after, it is a second one.
    expect((await grant({ freeMoney: 300, freeTime: 60 })).data).not.toEqual(first.data);
    expect(world.read.stays.get(uid)?.paidFen).toBe(700);
  });

  test('where each one counts', async () => {
    world = await KeytopWorld.open({ settings: { coupons: { repeatSeconds: 0 } } });
    await world.parked(65);
    for (const _each of [1, 2]) expect(await grant({ freeMoney: 300 })).toMatchObject({ resCode: 0 });
    expect(await payable()).toBe(400);
  });

  test('more than the fee leaves nothing to pay, and never less', async () => {
    world = await KeytopWorld.open();
    await world.parked(65);
    expect(await grant({ freeMoney: 5000 })).toMatchObject({ resCode: 0 });
    expect(await payable()).toBe(0);
  });

  test.each<[string, Data]>([
    ['nothing is taken off', { freeMoney: 0, freeTime: 0 }],
    ['nothing is said', {}],
    ['neither plate nor card', { plateNo: '', freeMoney: 300 }],
    ['nobody is inside by this plate', { plateNo: '闽A00001', freeMoney: 300 }],
    ['a sum below nothing', { freeMoney: -1 }],
    ['a time that is none', { freeTime: '1h' }],
  ])('%s: 1, and nothing changes', async (_name, fields) => {
    world = await KeytopWorld.open();
    await world.parked(65);
    expect(await refused(fields)).toMatch(/[一-鿿]/);
  });

  test('not while somebody may be paying that bill', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    world.car(OUT.id);
    codeShown(world, world.bill(uid), 'att_scanned', { channel: 'keytop-scan', kind: 'scan' });
    expect(await refused({ freeMoney: 300 })).toBe('该账单正在支付，请稍后再试');
  });
});

describe('reductions told with the money', () => {
  test.each<[string, Data, string[]]>([
    ['a text', { freeDetail: '[{"type":0,"money":"100","time":"0","code":1234567}]' }, ['积分抵扣 1234567 100']],
    ['an array', { freeDetail: [{ type: 1, money: 100, time: 0, code: '00042' }] }, ['抵扣券 00042 100']],
    ['one object', { freeDetail: { TYPE: '2', Money: '100', CODE: 'S-1' } }, ['购物小票 S-1 100']],
    ['nothing', { freeDetail: '' }, ['减免金额 100']],
    ['null', { freeDetail: null }, ['减免金额 100']],
    ['less than the total', { freeDetail: [{ type: 1, money: 60, code: 'A' }] }, ['抵扣券 A 60', '减免金额 40']],
    [
      'more than the total',
      {
        freeDetail: [
          { type: 1, money: 60, code: 'A' },
          { type: 9, money: 60, code: 'B' },
        ],
      },
      ['抵扣券 A 60', '减免 B 40'],
    ],
  ])('%s: each stays a discount of its own', async (_name, more, lines) => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    const orderNo = await ordered(world);
    expect(await pay(orderNo, 900, { freeMoney: 100, ...more })).toMatchObject({ resCode: 0 });
    const [paid] = world.read.payments.ofStay(uid);
    expect(paid?.discounts.map(({ discount, amountFen }) => `${discount.origin} ${amountFen}`)).toEqual(lines);
    expect(paid).toMatchObject({ paid_fen: 900, discount_fen: 100, charge_fen: 1000 });
    expect(world.read.stays.get(uid)).toMatchObject({ chargeFen: 1000, paidFen: 900, discountFen: 100 });
  });

  test('minutes are worth what the stay would have cost less', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(125);
    const orderNo = await ordered(world);
    // Three begun hours; without five minutes they are two, without half an hour still two.
    const told = { freeTime: 30, freeDetail: [{ type: 1, time: '30', money: '0', code: 'T' }] };
    expect(await pay(orderNo, 999, told)).toMatchObject({ resCode: 1 });
    expect(await pay(orderNo, 1000, told)).toMatchObject({ resCode: 0 });
    expect(world.read.payments.ofStay(uid)).toMatchObject([{ paid_fen: 1000, discount_fen: 500, charge_fen: 1500 }]);
    expect(world.read.payments.ofStay(uid)[0]?.discounts).toMatchObject([
      { amountFen: 500, discount: { kind: 'minutes', value: 30, origin: '抵扣券 T', originKind: 'platform' } },
    ]);
  });

  test('minutes beside a reduction that was granted before count together with it', async () => {
    world = await KeytopWorld.open();
    await world.parked(155);
    expect(await grant({ freeTime: 3600 })).toMatchObject({ resCode: 0 });
    const orderNo = await ordered(world);
    expect(await pay(orderNo, 500, { freeTime: 60 })).toMatchObject({ resCode: 0 });
    expect(world.cases()).toEqual([]);
  });

  test('a campaign of the car park, coupons and money together; what they are beyond the fee is worth nothing', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(95);
    const orderNo = await ordered(world);
    const told = { discount: 400, freeMoney: 300, freeTime: 60 };
    expect(await pay(orderNo, 0, told)).toMatchObject({ resCode: 0 });
    expect(await pay(orderNo, 0, told)).toMatchObject({ resCode: 0, data: [{ parkingTime: 95 }] });
    const [paid] = world.read.payments.ofStay(uid);
    expect(paid).toMatchObject({ paid_fen: 0, discount_fen: 1000 });
    expect(paid?.discounts.map(({ discount, amountFen }) => [discount.kind, discount.originKind, amountFen])).toEqual([
      ['minutes', 'platform', 500],
      ['amount', 'rule', 400],
      ['amount', 'platform', 100],
    ]);
    expect(world.takenFen(uid)).toBe(0);
    expect(world.cases()).toEqual([]);
    expect(await world.call('GetPaymentStatus', { orderNo })).toMatchObject({ data: [{ status: '1' }] });
  });

  test('coupons that cover all open the exit without money', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    world.car(OUT.id);
    expect(await pay(await ordered(world), 0, { freeTime: 70 })).toMatchObject({ resCode: 0 });
    expect(world.lanes.state(OUT.id).phase).toBe('cleared');
    expect(world.read.stays.get(uid)).toMatchObject({ paidFen: 0, discountFen: 1000, chargeFen: 1000 });
    // Told as free, in the row and beside the exit: no money moved.
    await world.heard('PostPayDetail');
    expect(world.sent('PostCarBillDetail')).toMatchObject([
      { totalMoney: 1000, payMoney: 0, ticketMoney: 1000, freeMoney: 0, payType: 100, paidType: 1 },
    ]);
  });

  test('a list longer than anybody has is refused; the longest prices the stay once for each of its minutes', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(725);
    const due = await payable();
    const orderNo = await ordered(world);
    const list = (count: number) => Array.from({ length: count }, (_, code) => ({ type: 1, money: 0, time: 1, code }));
    const tooLong = await pay(orderNo, Number(due), { freeTime: 101, freeDetail: list(101) });
    expect(tooLong).toMatchObject({ resCode: 1, data: null });
    expect(tooLong.resMsg).toContain('freeDetail');
    expect([world.takenFen(uid), world.cases()]).toEqual([0, []]);
    const priced = vi.spyOn(world.lanes, 'account');
    expect(await pay(orderNo, Number(due), { freeTime: 100, freeDetail: list(100) })).toMatchObject({ resCode: 0 });
    const calls = priced.mock.calls.length;
    priced.mockRestore();
    expect(calls).toBeLessThan(110);
    expect(world.read.payments.ofStay(uid)[0]?.discounts.length).toBeGreaterThan(0);
  });

  test('money beyond what is left after them is the surplus', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    expect(await pay(await ordered(world), 1000, { freeMoney: 400 })).toMatchObject({ resCode: 0 });
    expect(world.takenFen(uid)).toBe(600);
    expect(world.cases()).toEqual(['paid-twice 400']);
  });
});
