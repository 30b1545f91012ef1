import { afterEach, describe, expect, test } from 'vitest';
import { IN, OUT } from '../../../support/lane-world.ts';
import { ANNA, CAR, KeytopWorld, MINUTE } from './keytop-world.ts';
import { codeShown, ordered, payment } from './pay-story.ts';

/** Orders, codes and agreements from inside the car park, when their car stands at an exit. */

let world: KeytopWorld;
afterEach(() => world.dispose());

const phase = (): string => world.lanes.state(OUT.id).phase;
const attention = () => world.lanes.state(OUT.id).passage?.attention;
const pay = (orderNo: string, amount: number) => world.call('PayParkingFee', payment(orderNo, amount));
const settled = () => world.settled();

/** It left owing 5 yuan, and has been inside again for a while. */
async function owing(minutes: number): Promise<string> {
  await world.parked(50);
  world.car(OUT.id);
  world.lanes.order(OUT.id, { type: 'owe', reason: '手机没电', actor: ANNA });
  world.clock.jumpWall(30 * MINUTE);
  await world.clock.advance(MINUTE);
  return world.parked(minutes);
}

describe('an order from inside whose car comes to the exit', () => {
  test.each([
    ['in cash at the booth is money of the exit', [0, 1000], async (orderNo: string) => world.cash(orderOf(orderNo))],
    // 岗亭或出口缴费机 took nothing.
    ['on the phone is paid in advance', [1000, 0], (orderNo: string) => pay(orderNo, 1000)],
  ])('and is paid there %s', async (_how, [preMoney, payMoney], pays) => {
    world = await KeytopWorld.open();
    await world.parked(65);
    const orderNo = await ordered(world);
    world.car(OUT.id);
    await pays(orderNo);
    await world.heard('PostPayDetail');
    expect(world.sent('PostPayDetail')).toMatchObject([{ preMoney, payMoney }]);
    await world.heard('PostCarBillDetail');
    expect(world.sent('PostCarBillDetail')).toMatchObject([{ payMoney: 1000 }]);
  });

  test('gives way to a bill that asks for what the car owes besides, and its payer is told', async () => {
    world = await KeytopWorld.open();
    const uid = await owing(50);
    const orderNo = await ordered(world);
    expect(orderOf(orderNo)).toMatchObject({ dueFen: 500, arrears: [] });
    const code = codeShown(world, orderOf(orderNo));
    world.car(OUT.id);
    await settled();
    expect(world.bill(uid)).toMatchObject({ dueFen: 500, arrears: [{ amountFen: 500 }] });
    expect(await pay(orderNo, 500)).toMatchObject({ resCode: 1, resMsg: '订单已结清或已作废，请重新查询' });
    // The code that was shown for it is of no use either.
    expect(world.read.attempts.get(code)?.state).toBe('reversed');
    const whole = await ordered(world);
    expect(await pay(whole, 1000)).toMatchObject({ resCode: 0 });
    expect([phase(), world.read.debts.open(CAR)]).toEqual(['cleared', []]);
  });

  const orderOf = (orderNo: string) => {
    const bill = world.read.bills.get(orderNo);
    if (!bill) throw new Error('no bill');
    return bill;
  };
});

describe('a car whose price nobody told', () => {
  test('goes when its order from inside is paid', async () => {
    world = await KeytopWorld.open({ settings: { pricing: { enabled: true } } });
    world.answer('AutonomousCalfee', { resCode: 0, resMsg: '', data: [{ payMoney: 800 }] });
    await world.parked(65);
    const orderNo = await ordered(world);
    world.answer('AutonomousCalfee', { resCode: 1, resMsg: '系统繁忙', data: null });
    // What was heard inside is not fresh any more; its order still holds.
    await world.pass(2 * MINUTE);
    world.car(OUT.id);
    await world.comes('unknown', () => attention() === 'fee-unknown');
    const asked = world.sent('AutonomousCalfee').length;
    expect(await pay(orderNo, 800)).toMatchObject({ resCode: 0 });
    await settled();
    expect(phase()).toBe('cleared');
    expect(world.sent('AutonomousCalfee')).toHaveLength(asked);
    expect(world.told('vehicle-exited')).toMatchObject([{ body: { how: 'paid' } }]);
  });

  test('waits on where somebody else pays', async () => {
    world = await KeytopWorld.open({ settings: { pricing: { enabled: true } } });
    world.answer('AutonomousCalfee', { resCode: 0, resMsg: '', data: [{ payMoney: 800 }] });
    world.car(IN.id, '闽D00001');
    await world.parked(65);
    const other = await ordered(world, { plateNo: '闽D00001' });
    world.answer('AutonomousCalfee', { resCode: 1, resMsg: '系统繁忙', data: null });
    world.car(OUT.id);
    await world.comes('unknown', () => attention() === 'fee-unknown');
    const asked = world.sent('AutonomousCalfee').length;
    expect(await pay(other, 800)).toMatchObject({ resCode: 0 });
    await settled();
    expect([attention(), world.sent('AutonomousCalfee').length]).toEqual(['fee-unknown', asked]);
  });
});

describe('a stay that is signed while its car stands at the exit', () => {
  const signed = () => world.call('RecordDensityPay', { plateNo: CAR });

  test('is charged then, once', async () => {
    world = await KeytopWorld.open();
    await world.parked(65);
    world.car(OUT.id);
    await settled();
    expect(world.sent('PostCarOutInfo')).toEqual([]);
    world.answer('PostCarOutInfo', { resCode: 0, resMsg: '', data: [{ densityMoney: 1000 }] });
    expect(await signed()).toMatchObject({ resCode: 0 });
    await world.comes('out', () => phase() === 'cleared');
    await signed();
    await world.pass(MINUTE, 3);
    expect(world.sent('PostCarOutInfo')).toMatchObject([{ totalMoney: 1000 }]);
  });

  test('and declined then, is not asked again however often it is signed', async () => {
    world = await KeytopWorld.open();
    await world.parked(65);
    world.car(OUT.id);
    world.answer('PostCarOutInfo', { resCode: 1, resMsg: '余额不足', data: null });
    await signed();
    await world.heard('PostCarOutInfo');
    await signed();
    await world.pass(MINUTE, 3);
    expect([world.sent('PostCarOutInfo').length, phase()]).toEqual([1, 'charging']);
  });

  test('by the late answer to its entry is charged then', async () => {
    world = await KeytopWorld.open();
    world.answerHttp('PostCarInInfo', 500, '');
    await world.parked(65);
    world.car(OUT.id);
    await settled();
    world.answer('PostCarOutInfo', { resCode: 0, resMsg: '', data: [{ densityMoney: 1000 }] });
    world.answerHttp('PostCarInInfo', 200, JSON.stringify({ resCode: 0, resMsg: '', data: [{ IsDensityPay: 1 }] }));
    await world.pass(10 * MINUTE, 10);
    expect([world.sent('PostCarOutInfo').length, phase() === 'charging']).toEqual([1, false]);
  });

  test('waits where a code is on the screen, until that is gone', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    world.car(OUT.id);
    codeShown(world, world.bill(uid));
    await signed();
    await settled();
    expect([world.sent('PostCarOutInfo'), phase()]).toEqual([[], 'charging']);
  });
});

describe('a reduction while a code is on the screen', () => {
  const grant = () =>
    world.call('ParkingFree', { plateNo: CAR, cardNo: '', freeMoney: 300, payType: 4, payMethod: 4, remark: '会员' });

  test.each([
    ['at the exit', true],
    ['inside', false],
  ])('takes it off, and the code gives way: %s', async (_where, atExit) => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    if (atExit) world.car(OUT.id);
    await ordered(world);
    const before = world.bill(uid);
    const code = codeShown(world, before);
    expect(await grant()).toMatchObject({ resCode: 0 });
    await settled();
    expect([world.read.bills.get(before.id)?.state, world.read.attempts.get(code)?.state]).toEqual([
      'void',
      'reversed',
    ]);
    const orderNo = await ordered(world);
    expect(world.bill(uid)).toMatchObject({ dueFen: 700 });
    // Who has scanned it just before gets the money back, and pays the smaller sum.
    expect(await pay(code, 1000)).toMatchObject({ resCode: 1 });
    expect(world.takenFen(uid)).toBe(0);
    expect(await pay(orderNo, 700)).toMatchObject({ resCode: 0 });
    expect(world.takenFen(uid)).toBe(700);
  });

  test.each(['created', 'unknown', 'reversing'] as const)('does not disturb a payment that is %s', async (state) => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    world.car(OUT.id);
    codeShown(world, world.bill(uid), 'att_1', { state });
    expect(await grant()).toMatchObject({ resCode: 1, resMsg: '该账单正在支付，请稍后再试' });
    expect(world.bill(uid)).toMatchObject({ dueFen: 1000, state: 'open' });
  });
});

describe('刷新 with nothing changed', () => {
  test('keeps the order, and the code on the screen', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    world.car(OUT.id);
    const orderNo = await ordered(world);
    const code = codeShown(world, world.bill(uid));
    world.clock.jumpWall(MINUTE);
    world.lanes.order(OUT.id, { type: 'refresh', actor: ANNA });
    await settled();
    expect(world.read.attempts.get(code)?.state).toBe('sent');
    expect(await ordered(world)).toBe(orderNo);
    expect(await pay(orderNo, 1000)).toMatchObject({ resCode: 0 });
    expect(phase()).toBe('cleared');
  });

  test('asks whoever signed just before, once', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    world.car(OUT.id);
    await settled();
    world.answer('PostCarOutInfo', { resCode: 0, resMsg: '', data: [{ densityMoney: 1000 }] });
    await world.call('RecordDensityPay', { plateNo: CAR });
    world.lanes.order(OUT.id, { type: 'refresh', actor: ANNA });
    await world.comes('out', () => phase() === 'cleared');
    expect(world.read.attempts.ofStay(uid)).toHaveLength(1);
    expect(world.sent('PostCarOutInfo')).toHaveLength(1);
  });
});
