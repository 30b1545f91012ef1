import { afterEach, describe, expect, it } from 'vitest';
import { shanghaiDateTime } from '../../../../shared/domain/time.ts';
import { ANNA, CAR, CityWorld, HOUR, MINUTE } from './city-world.ts';

let world: CityWorld;
afterEach(() => world.dispose());

type Data = Readonly<Record<string, unknown>>;

const UNPAID: Data = { resultCode: '200', msg: '', payStatus: 0 };
/** The owner pays a bill now, whatever has become of it here. */
const pays = (billID: string, changes: Data = {}) =>
  world.push('payResult', {
    ...{ plateNo: CAR, billID, shouldPay: 1000, payStatus: 1, actualPay: 1000, discountAmount: 0 },
    ...{ dealTime: shanghaiDateTime(world.clock.now()), orderCode: 'order-1', paidType: 2, payType: 102 },
    ...changes,
  });
/** The owner has asked for the bill in the app. */
async function asked(settings: Data = {}): Promise<{ readonly uid: string; readonly billId: string }> {
  world = await CityWorld.open({ settings });
  world.answer('applyPayment', UNPAID);
  world.answer('getPayResult', UNPAID);
  const uid = await world.parked(61);
  return { uid, billId: world.push('fee', { plateNo: CAR }).params.billID };
}
/** The car stands at the exit, and the city has said that it has not been paid. */
async function atTheExit(): Promise<void> {
  world.car('out1');
  await world.heard('applyPayment');
}
const phase = () => world.lanes.state('out1').phase;

describe('a bill that was asked for in the app', () => {
  it('holds for as long as the site says', async () => {
    const { uid, billId } = await asked({ prepay: { validMinutes: 40 } });
    world.clock.jumpWall(39 * MINUTE);
    expect(world.push('fee', { plateNo: CAR }).params.billID).toBe(billId);
    world.clock.jumpWall(2 * MINUTE);
    expect(world.push('fee', { plateNo: CAR }).params.billID).not.toBe(billId);
    expect(world.read.bills.ofStay(uid)).toHaveLength(2);
  });

  it('paid after it ran out is paid, and what came to it since is the rest', async () => {
    const { uid, billId } = await asked();
    world.clock.jumpWall(2 * HOUR);
    expect(pays(billId)).toMatchObject({ success: true });
    expect([world.takenFen(uid), world.cases()]).toEqual([1000, []]);
    expect(world.read.bills.get(billId)?.state).toBe('paid');
    const rest = world.push('fee', { plateNo: CAR }).params;
    expect([rest.shouldPay, rest.payStatus]).toEqual([1000, 0]);
  });

  it('paid after it ran out buys no more time to leave than it would have until then', async () => {
    const { billId } = await asked();
    world.clock.jumpWall(16 * MINUTE);
    pays(billId);
    expect(world.push('fee', { plateNo: CAR }).params).toMatchObject({ billID: billId, payStatus: 1 });
    world.clock.jumpWall(15 * MINUTE);
    expect(world.push('fee', { plateNo: CAR }).params).toMatchObject({ payStatus: 0 });
  });

  it('paid after the lane made it anew: the lane asks for the rest', async () => {
    const { uid, billId } = await asked();
    world.clock.jumpWall(2 * HOUR);
    await atTheExit();
    const atLane = world.bill(uid);
    expect([atLane.id === billId, atLane.dueFen]).toEqual([false, 2000]);
    expect(pays(billId)).toMatchObject({ success: true });
    expect([world.takenFen(uid), world.cases(), phase()]).toEqual([1000, [], 'charging']);
    expect(world.read.bills.get(atLane.id)?.state).toBe('void');
    // Told once, though both the money and the lane let go of it.
    const told = world.read.journal.after(0, 1000).filter((event) => event.kind === 'bill-voided');
    expect(told.filter(({ body }) => body.bill.id === atLane.id)).toHaveLength(1);
    const rest = world.bill(uid);
    expect([rest.id === atLane.id, rest.state, rest.dueFen, rest.paidFen]).toEqual([false, 'open', 1000, 1000]);
    expect(world.lanes.state('out1').passage?.bill?.id).toBe(rest.id);
    world.cash(rest);
    expect([phase(), world.takenFen(uid)]).toEqual(['cleared', 2000]);
    await world.heard('uploadPayRecord', 2);
    expect(world.sent('uploadPayRecord').map(({ billID, actualPay }) => [billID, actualPay])).toEqual([
      [billId, 1000],
      [rest.id, 1000],
    ]);
  });

  it('paid after the lane made it anew, with nothing come to it since: the arm opens', async () => {
    const { uid, billId } = await asked();
    world.clock.jumpWall(16 * MINUTE);
    await atTheExit();
    expect(phase()).toBe('charging');
    pays(billId);
    expect([phase(), world.takenFen(uid), world.cases()]).toEqual(['cleared', 1000, []]);
  });

  it('made anew, and paid under both numbers: the second is a case', async () => {
    const { uid, billId } = await asked();
    world.clock.jumpWall(16 * MINUTE);
    const next = world.push('fee', { plateNo: CAR }).params.billID;
    expect(pays(next)).toMatchObject({ success: true });
    expect(pays(billId, { orderCode: 'order-2' })).toMatchObject({ success: true });
    expect([world.takenFen(uid), world.cases()]).toEqual([1000, ['late-payment 1000']]);
  });

  it('has no debts in it, whoever they are owed to, and takes the place of one that has', async () => {
    world = await CityWorld.open();
    const uid = await world.parked(61);
    world.push('overDueResult', { plateNo: CAR, overDueCount: 2, unPay: 2000, prevent: 0 });
    world.registry.debts.put({ plate: CAR, amountFen: 3000 }, 'other-1', { kind: 'platform', name: 'other' });
    const counter = world.payments.prepayments.bill({ uid }, ANNA);
    expect(counter).toMatchObject({ bill: { arrears: [{ amountFen: 3000 }, { amountFen: 2000 }] } });
    const { success, params } = world.push('fee', { plateNo: CAR });
    expect([success, params.shouldPay]).toEqual([true, 1000]);
    expect(pays(params.billID)).toMatchObject({ success: true });
    expect(world.read.debts.open(CAR)).toHaveLength(2);
    await world.heard('uploadPayRecord');
    expect([world.sent('uploadPayRecord').length, world.sent('cancelOverDueBill')]).toEqual([1, []]);
  });

  it('is not told while the lane asks for debts with it', async () => {
    world = await CityWorld.open();
    const uid = await world.parked(61);
    world.registry.debts.put({ plate: CAR, amountFen: 500 }, 'other-1', { kind: 'platform', name: 'other' });
    world.car('out1');
    await world.settled();
    expect(world.push('fee', { plateNo: CAR })).toMatchObject({ success: false });
    expect(world.bill(uid)).toMatchObject({ state: 'open', arrears: [{ amountFen: 500 }] });
    expect(phase()).toBe('charging');
  });
});

describe('money that a notice told', () => {
  it.each([
    ['has nothing', { resultCode: '204', msg: '没有查询到数据' }],
    ['says that it is not paid', UNPAID],
  ])('is not forgotten where the city, asked about it later, %s', async (_what, later) => {
    const { uid, billId } = await asked();
    world.answer('getPayResult', later);
    world.cash(world.bill(uid));
    expect(pays(billId)).toMatchObject({ success: true });
    expect([world.takenFen(uid), world.cases()]).toEqual([1000, ['paid-twice 1000']]);
    expect(world.read.refunds.ofStay(uid)).toMatchObject([{ state: 'requested', amountFen: 1000 }]);
    await world.pass(30_000, 4);
    world.clock.jumpWall(4 * HOUR);
    await world.pass(60_000, 4);
    expect(world.read.attempts.ofBill(billId).map(({ state }) => state)).toEqual(['paid']);
    expect(world.cases()).toEqual(['paid-twice 1000']);
  });

  it('and is too little is refused, and a case, once for each number', async () => {
    const { uid, billId } = await asked();
    for (const orderCode of ['order-1', 'order-1', 'order-2'])
      expect(pays(billId, { actualPay: 400, orderCode })).toMatchObject({ success: false });
    expect([world.takenFen(uid), world.cases()]).toEqual([0, ['unknown-payment 400', 'unknown-payment 400']]);
    const [opened] = world.read.cases.search({ offset: 0, limit: 1 }).items;
    expect(opened).toMatchObject({ uid, plate: CAR });
    expect(opened?.detail).toContain('10');
  });

  it('for a car that was let go owing keeps the number and the scene by which the city was asked', async () => {
    world = await CityWorld.open({ settings: { applyPayment: { timeoutMs: 500 } } });
    world.answer('applyPayment', UNPAID);
    const uid = await world.parked(61);
    await atTheExit();
    const bill = world.bill(uid);
    world.lanes.order('out1', { type: 'owe', reason: '没带钱', actor: ANNA });
    expect(world.read.stays.get(uid)).toMatchObject({ status: 'left', owedFen: 1000 });
    expect(pays(bill.id)).toMatchObject({ success: true });
    expect(world.read.stays.get(uid)).toMatchObject({ owedFen: 0, paidFen: 1000 });
    expect([world.read.debts.open(CAR), world.cases()]).toEqual([[], []]);
    await world.heard('uploadPayRecord');
    expect(world.sent('uploadPayRecord')).toMatchObject([
      { billID: bill.id, shouldPay: 1000, actualPay: 1000, payType: 103, billWay: 1 },
    ]);
  });
});
