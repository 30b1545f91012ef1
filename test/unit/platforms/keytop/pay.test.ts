import { afterEach, describe, expect, test, vi } from 'vitest';
import { OUT } from '../../../support/lane-world.ts';
import { ANNA, KeytopWorld, MINUTE } from './keytop-world.ts';
import { codeShown, ordered, payment, written } from './pay-story.ts';

let world: KeytopWorld;

afterEach(() => world.dispose());

const pay = (orderNo: string, amount: number, more = {}) => world.call('PayParkingFee', payment(orderNo, amount, more));
const status = async (orderNo: string) => (await world.call('GetPaymentStatus', { orderNo })).data?.[0]?.['status'];
const alarms = () => world.alarms.list().filter(({ code }) => code === 'keytop-payment-refused');

/** Answered 1, and neither books nor bills nor orders are other than before. */
async function refused(orderNo: string, amount: number, more = {}): Promise<unknown> {
  const before = written(world);
  const answer = await pay(orderNo, amount, more);
  expect(answer).toMatchObject({ resCode: 1, data: null });
  expect(written(world)).toEqual(before);
  return answer.resMsg;
}

describe('money for an order', () => {
  test('is booked once, told the same however often, and buys the time to leave', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    const orderNo = await ordered(world);
    expect(await status(orderNo)).toBe('0');
    world.clock.jumpWall(2 * MINUTE);
    const first = await pay(orderNo, 1000, { payMethod: 5 });
    expect(first).toEqual({ resCode: 0, resMsg: '', data: [{ parkingTime: 67 }] });
    expect(await status(orderNo)).toBe('1');
    const after = written(world);
    world.clock.jumpWall(9 * MINUTE);
    for (const again of [1, 2, 3]) expect(await pay(orderNo, 1000, { payType: again })).toEqual(first);
    expect(written(world)).toEqual(after);
    const [paid, ...others] = world.read.payments.ofStay(uid);
    expect(others).toEqual([]);
    expect(paid).toMatchObject({
      method: 'alipay',
      via: 'keytop',
      paid_fen: 1000,
      scene: 'prepaid',
      reference: orderNo,
    });
    expect(world.told('bill-paid').map(({ actor }) => actor)).toEqual([{ kind: 'platform', name: 'keytop' }]);
    // Another sum under the same number is none of ours.
    expect(await refused(orderNo, 900)).toBe('该订单已支付，金额不一致');
    world.car(OUT.id);
    expect(world.lanes.state(OUT.id).phase).toBe('cleared');
    expect(await pay(orderNo, 1000)).toEqual(first);
    expect(world.takenFen(uid)).toBe(1000);
  });

  test.each([
    [4, 4, 'wechat'],
    [4, 5, 'alipay'],
    [5, null, 'alipay'],
    [5, '', 'alipay'],
    ['4', '4', 'wechat'],
    [77, 88, 'platform'],
  ])('payType %j and payMethod %j: paid by %s', async (payType, payMethod, method) => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    expect(await pay(await ordered(world), 1000, { payType, payMethod })).toMatchObject({ resCode: 0 });
    expect(world.read.payments.ofStay(uid)).toMatchObject([{ method }]);
  });

  test('at the exit opens the arm by itself', async () => {
    world = await KeytopWorld.open({ arms: true });
    const uid = await world.parked(65);
    world.car(OUT.id);
    const orderNo = await ordered(world, { deviceCode: OUT.id });
    expect(await pay(orderNo, 1000)).toMatchObject({ resCode: 0, data: [{ parkingTime: 65 }] });
    expect(world.lanes.state(OUT.id)).toMatchObject({ phase: 'cleared' });
    expect(world.read.payments.ofStay(uid)).toMatchObject([{ scene: 'gate', paid_fen: 1000 }]);
    expect(await pay(orderNo, 1000)).toMatchObject({ resCode: 0, data: [{ parkingTime: 65 }] });
    expect(world.read.payments.ofStay(uid)).toHaveLength(1);
  });

  test('too little books nothing, and is a case', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    const orderNo = await ordered(world);
    expect(await refused(orderNo, 999)).toBe('支付金额与优惠之和小于应付金额');
    expect(await refused(orderNo, 0, { freeMoney: 999 })).toBe('支付金额与优惠之和小于应付金额');
    expect(world.cases()).toEqual(['unknown-payment 999']);
    expect(await status(orderNo)).toBe('0');
    // The whole of it, then, is welcome.
    expect(await pay(orderNo, 1000)).toMatchObject({ resCode: 0 });
    expect(world.takenFen(uid)).toBe(1000);
    expect(await status(orderNo)).toBe('1');
  });

  test('too much settles; the surplus is a case with a refund', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    const orderNo = await ordered(world);
    const first = await pay(orderNo, 1200);
    expect(first).toMatchObject({ resCode: 0 });
    expect(await pay(orderNo, 1200)).toEqual(first);
    expect(world.takenFen(uid)).toBe(1000);
    expect(world.cases()).toEqual(['paid-twice 200']);
    expect(world.read.refunds.ofStay(uid)).toMatchObject([{ amountFen: 200, state: 'requested' }]);
  });
});

describe('late money', () => {
  test('goes back: nothing is booked, a case and an alarm until somebody closed it', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    const orderNo = await ordered(world);
    world.clock.jumpWall(5 * MINUTE + 1);
    for (const _again of [1, 2]) expect(await refused(orderNo, 1000)).toBe('订单已失效，请重新查询');
    expect(world.takenFen(uid)).toBe(0);
    expect(world.cases()).toEqual(['late-payment 1000']);
    expect(alarms()).toHaveLength(1);
    const [found] = world.read.cases.search({ offset: 0, limit: 1 }).items;
    const boss = { actor: { kind: 'user', name: 'boss' }, role: 'manager' } as const;
    world.payments.cases.take(found?.id ?? '', boss.actor, true);
    world.payments.cases.close(found?.id ?? '', '已退还车主', boss);
    await world.pass(1);
    expect(alarms()).toEqual([]);
    expect(await ordered(world)).not.toBe(orderNo);
  });

  test('an alarm that cannot be stored hinders nobody who closes the case; cases of others have none', async () => {
    world = await KeytopWorld.open();
    await world.parked(65);
    await refused('nothing', 500);
    const cleared: string[] = [];
    vi.spyOn(world.alarms, 'clear').mockImplementation((code, subject) => {
      if (code !== 'keytop-payment-refused') return;
      cleared.push(subject);
      throw new Error('disk full');
    });
    const actor = { kind: 'user', name: 'boss' } as const;
    const about = { uid: null, laneId: null, passageId: null, plate: '', amountFen: 1, detail: '', subject: 'cmb-1' };
    const other = world.payments.cases.open({ kind: 'unknown-payment', ...about }, actor);
    for (const id of [other.id, 'case-unknown-payment-keytop-nothing-500'])
      world.payments.cases.close(id, '已核对', { actor, role: 'admin' });
    // Not before whoever closed it has come to an end.
    expect(cleared).toEqual([]);
    await world.pass(1);
    expect(cleared).toEqual(['case-unknown-payment-keytop-nothing-500']);
    expect(world.log.lines.map(({ message }) => message)).toContain('an alarm could not be stored');
  });

  test('an order of which nobody knows: the same', async () => {
    world = await KeytopWorld.open();
    await world.parked(65);
    expect(await refused('000120181212173448477D02000', 22_500)).toBe('订单不存在');
    expect(world.cases()).toEqual(['unknown-payment 22500']);
    expect(alarms()).toHaveLength(1);
    expect(await world.call('GetPaymentStatus', { orderNo: 'nothing' })).toMatchObject({ resCode: 1, data: null });
  });

  test('at the exit an order runs out too; the bill is told under another number, and the old one takes no money ever', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    world.car(OUT.id);
    const old = await ordered(world);
    world.clock.jumpWall(4 * MINUTE);
    expect(await ordered(world)).toBe(old);
    world.clock.jumpWall(2 * MINUTE);
    expect(await refused(old, 1000)).toBe('订单已失效，请重新查询');
    const anew = await ordered(world);
    expect(anew).not.toBe(old);
    expect(await ordered(world)).toBe(anew);
    expect(world.bill(uid).id).toBe(old);
    // The repeat of what was refused, whatever the clock says, and after a start.
    world.clock.jumpWall(-3 * MINUTE);
    expect(await refused(old, 1000)).toBe('订单已失效，请重新查询');
    world.clock.jumpWall(3 * MINUTE);
    await world.restarted();
    expect([await status(old), await status(anew)]).toEqual(['0', '0']);
    expect(await ordered(world)).toBe(anew);
    const first = await pay(anew, 1000);
    expect(first).toMatchObject({ resCode: 0 });
    expect(world.lanes.state(OUT.id).phase).toBe('cleared');
    expect(await pay(anew, 1000)).toEqual(first);
    expect(await refused(old, 1000)).toBe('订单已失效，请重新查询');
    expect([await status(old), await status(anew)]).toEqual(['0', '1']);
    expect(world.read.payments.ofStay(uid)).toMatchObject([{ paid_fen: 1000, reference: anew }]);
  });

  test('an order whose money was refused as late is told no more, also where the clock was set back', async () => {
    world = await KeytopWorld.open();
    await world.parked(65);
    world.car(OUT.id);
    const first = await ordered(world);
    world.clock.jumpWall(6 * MINUTE);
    await refused(first, 1000);
    world.clock.jumpWall(-3 * MINUTE);
    expect(await ordered(world)).not.toBe(first);
  });

  test('each number that is told again holds for the whole time, and once', async () => {
    world = await KeytopWorld.open();
    await world.parked(65);
    world.car(OUT.id);
    const numbers: string[] = [];
    for (const _each of [1, 2, 3]) {
      numbers.push(await ordered(world));
      world.clock.jumpWall(6 * MINUTE);
      // Nothing came for it: it is over all the same.
      expect(await status(numbers.at(-1) ?? '')).toBe('0');
    }
    expect(new Set(numbers).size).toBe(3);
    for (const each of numbers) expect(await refused(each, 1000)).toBe('订单已失效，请重新查询');
  });

  test('a bill that somebody else made holds for the whole time from when it is told, at the amount of now', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(61);
    const made = world.payments.prepayments.bill({ uid }, ANNA);
    const bill = made.kind === 'bill' ? made.bill : undefined;
    const left = (bill?.validUntil ?? 0) - world.clock.now();
    world.clock.jumpWall(left - 10_000);
    const orderNo = await ordered(world);
    world.clock.jumpWall(5 * MINUTE);
    expect(await pay(orderNo, 1000)).toMatchObject({ resCode: 0 });
    expect(world.takenFen(uid)).toBe(1000);
    expect(world.cases()).toEqual([]);
  });

  test('a bill that somebody else made and that costs more by now is made anew', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(58);
    const made = world.payments.prepayments.bill({ uid }, ANNA);
    world.clock.jumpWall(3 * MINUTE);
    const orderNo = await ordered(world);
    expect(orderNo).not.toBe(made.kind === 'bill' ? made.bill.id : '');
    world.clock.jumpWall(5 * MINUTE);
    expect(await pay(orderNo, 1000)).toMatchObject({ resCode: 0 });
    expect(world.takenFen(uid)).toBe(1000);
  });

  test('after cash it goes back, and the order is not told as paid by it', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    const orderNo = await ordered(world);
    world.cash(world.bill(uid));
    expect(await status(orderNo)).toBe('0');
    expect(await refused(orderNo, 1000)).toBe('订单已结清或已作废，请重新查询');
    expect(await status(orderNo)).toBe('0');
    expect(world.takenFen(uid)).toBe(1000);
  });

  test('nor is it after a part of it was paid, nor by the money of another order', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    const orderNo = await ordered(world);
    world.payments.prepayments.pay(orderNo, { method: 'pos', receivedFen: 200, partFen: 200 }, ANNA);
    expect(await status(orderNo)).toBe('0');
    const rest = await ordered(world);
    expect(rest).not.toBe(orderNo);
    const code = codeShown(world, world.bill(uid));
    expect(await pay(rest, 800)).toMatchObject({ resCode: 0 });
    expect([await status(orderNo), await status(rest), await status(code)]).toEqual(['0', '1', '0']);
    expect(await refused(orderNo, 1000)).toBe('订单已结清或已作废，请重新查询');
  });

  test('for an order whose place another took', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(58);
    const orderNo = await ordered(world);
    world.clock.jumpWall(3 * MINUTE);
    const dearer = await ordered(world);
    expect(await refused(orderNo, 500)).toBe('订单已结清或已作废，请重新查询');
    expect(await status(orderNo)).toBe('0');
    expect(await pay(dearer, 1000)).toMatchObject({ resCode: 0 });
    expect(world.takenFen(uid)).toBe(1000);
  });

  test('for a car that was let go for nothing', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    world.car(OUT.id);
    const orderNo = await ordered(world);
    world.lanes.order(OUT.id, { type: 'release', reason: '系统故障', actor: ANNA });
    expect(await refused(orderNo, 1000)).toBe('订单已结清或已作废，请重新查询');
    expect(world.takenFen(uid)).toBe(0);
  });

  test('of a car that left owing it, while its order holds, pays its debt', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    world.car(OUT.id);
    const orderNo = await ordered(world);
    world.lanes.order(OUT.id, { type: 'owe', reason: '手机没电', actor: ANNA });
    expect(await refused(orderNo, 900)).toBe('支付金额与优惠之和小于应付金额');
    expect(await pay(orderNo, 1000)).toMatchObject({ resCode: 0 });
    expect(await pay(orderNo, 1000)).toMatchObject({ resCode: 0 });
    expect(world.read.debts.ofStay(uid)).toMatchObject([{ state: 'paid', paidFen: 1000 }]);
    expect(world.takenFen(uid)).toBe(1000);
  });
});

describe('a code', () => {
  test('is an order: paid, told again, and its state', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    world.car(OUT.id);
    const bill = world.bill(uid);
    const id = codeShown(world, bill);
    expect(await status(id)).toBe('0');
    expect(await pay(id, 1000)).toMatchObject({ resCode: 0 });
    expect(await pay(id, 1000)).toMatchObject({ resCode: 0 });
    expect(await status(id)).toBe('1');
    expect(world.read.attempts.get(id)).toMatchObject({ state: 'paid', reference: id });
    expect(world.read.payments.ofStay(uid)).toMatchObject([{ attempt_id: id, paid_fen: 1000, method: 'wechat' }]);
    expect(world.lanes.state(OUT.id).phase).toBe('cleared');
  });

  test('with coupons, and with more than was asked for', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    world.car(OUT.id);
    const id = codeShown(world, world.bill(uid));
    expect(await pay(id, 900, { freeMoney: 300 })).toMatchObject({ resCode: 0 });
    expect(world.takenFen(uid)).toBe(700);
    expect(world.read.payments.ofStay(uid)).toMatchObject([{ attempt_id: id, discount_fen: 300 }]);
    expect(world.cases()).toEqual(['paid-twice 200']);
    expect(await pay(id, 900, { freeMoney: 300 })).toMatchObject({ resCode: 0 });
    expect(world.takenFen(uid)).toBe(700);
  });

  test('that ran out takes no money', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    world.car(OUT.id);
    const id = codeShown(world, world.bill(uid));
    world.clock.jumpWall(5 * MINUTE + 1);
    expect(await refused(id, 1000)).toBe('订单已失效，请重新查询');
    expect(world.lanes.state(OUT.id).phase).toBe('charging');
  });

  test('whose place another took is paid all the same while it holds', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    world.car(OUT.id);
    const bill = world.bill(uid);
    const old = codeShown(world, bill, 'att_old', { state: 'reversing' });
    expect(await pay(old, 1000)).toMatchObject({ resCode: 0 });
    expect(await pay(old, 1000)).toMatchObject({ resCode: 0 });
    expect(await status(old)).toBe('1');
    expect(world.takenFen(uid)).toBe(1000);
    expect(world.read.payments.ofStay(uid)).toHaveLength(1);
  });

  test('of another platform is none of theirs', async () => {
    world = await KeytopWorld.open();
    const uid = await world.parked(65);
    world.car(OUT.id);
    const id = codeShown(world, world.bill(uid), 'att_cmb', { channel: 'cmb-qr' });
    expect(await refused(id, 1000)).toBe('订单不存在');
    expect(await world.call('GetPaymentStatus', { orderNo: id })).toMatchObject({ resCode: 1, data: null });
  });
});

test.each([
  ['amount', -1],
  ['amount', '1.5'],
  ['amount', ''],
  ['discount', null],
  ['freeTime', 'x'],
  ['freeDetail', '{broken'],
  ['freeDetail', 7],
  ['orderNo', ''],
])('%s %j is refused, and changes nothing', async (name, value) => {
  world = await KeytopWorld.open();
  await world.parked(65);
  const orderNo = await ordered(world);
  expect(await refused(orderNo, 1000, { [name]: value })).toMatch(/^参数有误：/);
  expect(world.cases()).toEqual([]);
});
