import { afterEach, describe, expect, it } from 'vitest';
import { ANNA, CAR, CityWorld, HOUR, MINUTE } from './city-world.ts';

let world: CityWorld;
afterEach(() => world.dispose());

const NOTICE = { plateNo: CAR, overDueCount: 3, unPay: 2000, prevent: 1 };
const open = () =>
  world.read.debts
    .open(CAR)
    .map(({ id, amountFen, paidFen, intercept }) => ({ id, leftFen: amountFen - paidFen, intercept }));
const writeOffs = () =>
  world.read.outbox
    .search({ platform: 'qingdao', offset: 0, limit: 100 })
    .items.filter(({ message }) => message === 'cancelOverDueBill');
/** Until the city has taken so many. */
async function writtenOff(times: number) {
  const taken = () => writeOffs().filter(({ state }) => state === 1).length;
  for (let tries = 0; tries < 30 && taken() < times; tries += 1) await world.pass(MINUTE);
  expect(taken()).toBe(times);
}
/** Each notice is newer than the one before. */
async function told(change: object = {}) {
  await world.clock.advance(MINUTE);
  return world.push('overDueResult', { ...NOTICE, ...change });
}

describe('overDueResult', () => {
  it('becomes a debt of the plate that stops it at the exit', async () => {
    world = await CityWorld.open();
    await world.parked(61);
    expect(await told()).toEqual({ message: 'confirmOverDueResult', success: true, params: NOTICE });
    expect(open()).toEqual([{ id: `qingdao-${CAR}`, leftFen: 2000, intercept: 'exit' }]);
    world.car('out1');
    expect(world.lanes.state('out1').passage?.attention).toBe('arrears');
  });

  it('that stops nobody is asked for at the exit, also where the driver had looked at the fee inside', async () => {
    world = await CityWorld.open();
    await told({ unPay: 700, prevent: 0 });
    const uid = await world.parked(61);
    expect(world.push('fee', { plateNo: CAR, plateColor: 1 })).toMatchObject({ success: true });
    const inside = world.bill(uid);
    expect(inside.arrears).toEqual([]);
    world.car('out1');
    expect(world.bill(uid)).toMatchObject({ dueFen: 1000, arrears: [{ amountFen: 700 }], state: 'open' });
    expect(world.read.bills.get(inside.id)?.state).toBe('void');
  });

  it('is updated by the next, and gone when nothing is owed', async () => {
    world = await CityWorld.open();
    await told();
    await told({ overDueCount: 1, unPay: '700', prevent: 0 });
    expect(open()).toEqual([{ id: `qingdao-${CAR}`, leftFen: 700, intercept: 'none' }]);
    await told({ overDueCount: 0, unPay: 700 });
    expect(open()).toEqual([]);
  });

  it('that is older than the newest changes nothing', async () => {
    world = await CityWorld.open();
    await told({ unPay: 700 });
    expect(world.push('overDueResult', NOTICE, { at: world.clock.now() - HOUR })).toMatchObject({ success: true });
    expect(open()).toMatchObject([{ leftFen: 700 }]);
  });

  it.each([[{ plateNo: '' }], [{ unPay: null }], [{ unPay: -5 }], [{ unPay: 99_999_999 }]])(
    'fails for %o',
    async (change) => {
      world = await CityWorld.open();
      expect(await told(change)).toMatchObject({ success: false });
      expect(open()).toEqual([]);
    },
  );

  it('counts our own bills that the city still collects once', async () => {
    world = await CityWorld.open();
    world.answer('applyPayment', { resultCode: 200, payStatus: 0 });
    await world.parked(61);
    const contract = { plateNo: CAR, plateColor: 1, noSense: 1, moneyLimit: 5000, departurePay: 1 };
    world.push('departurePayInfo', contract);
    world.car('out1');
    expect(world.read.bills.afterDeparture()).toHaveLength(1);
    await told({ overDueCount: 1, unPay: 1000 });
    expect(open()).toHaveLength(1);
    await told({ overDueCount: 2, unPay: 1600 });
    expect(open()).toContainEqual({ id: `qingdao-${CAR}`, leftFen: 600, intercept: 'exit' });
  });
});

describe('arrears collected here', () => {
  async function collected(): Promise<string> {
    world = await CityWorld.open({ settings: { overDue: { extraFields: { uid: '0', memo: '岗亭代收' } } } });
    const uid = await world.parked(5);
    await told();
    world.payments.arrears.pay(`qingdao-${CAR}`, { method: 'cash', receivedFen: 2000 }, ANNA);
    return uid;
  }

  it('are written off at the city under the bill by which they were paid', async () => {
    const uid = await collected();
    await world.heard('cancelOverDueBill');
    const [payment] = world.sent('uploadPayRecord');
    expect(payment).toMatchObject({ uid, shouldPay: 2000, actualPay: 2000, payType: 104, billWay: 0 });
    expect(world.sent('cancelOverDueBill')).toEqual([
      { uid: '0', memo: '岗亭代收', billID: payment?.['billID'], parkingCode: '1001', plateNo: CAR, plateColor: 1 },
    ]);
  });

  it('refused by the city they hold up nothing of the stay, and are not asked for again', async () => {
    world = await CityWorld.open();
    world.answer('cancelOverDueBill', { resultCode: '204', msg: '没有查询到数据' });
    await world.parked(5);
    await told();
    world.payments.arrears.pay(`qingdao-${CAR}`, { method: 'cash', receivedFen: 2000 }, ANNA);
    world.car('out1');
    await world.heard('uploadCarOutData');
    await told();
    expect(open()).toEqual([]);
  });

  it('are not asked for again while the city has not heard of it, and what is new is', async () => {
    world = await CityWorld.open();
    world.answer('cancelOverDueBill', { resultCode: '500', msg: '' });
    await world.parked(5);
    await told();
    world.payments.arrears.pay(`qingdao-${CAR}`, { method: 'cash', receivedFen: 2000 }, ANNA);
    await world.heard('cancelOverDueBill');
    await told();
    expect(open()).toEqual([]);
    await told({ overDueCount: 4, unPay: 2500 });
    expect(open()).toEqual([{ id: `qingdao-${CAR}-2`, leftFen: 500, intercept: 'exit' }]);
  });

  it('are not asked for twice where the city still collects a bill of ours that was paid here', async () => {
    world = await CityWorld.open();
    world.answer('applyPayment', { resultCode: 200, payStatus: 0 });
    world.answer('cancelOverDueBill', { resultCode: '500', msg: '' });
    await world.parked(61);
    world.push('departurePayInfo', { plateNo: CAR, plateColor: 1, noSense: 1, moneyLimit: 5000, departurePay: 1 });
    world.car('out1');
    const [bill] = world.read.bills.afterDeparture();
    world.payments.arrears.pay(bill?.arrears[0]?.debtId ?? '', { method: 'cash', receivedFen: 1000 }, ANNA);
    await told({ overDueCount: 1, unPay: 1000 });
    expect(open()).toEqual([]);
    await told({ overDueCount: 2, unPay: 1300 });
    expect(open()).toMatchObject([{ leftFen: 300 }]);
  });

  it('once the city has heard of it, its sum is a new one', async () => {
    await collected();
    await world.comes('written off', () => writeOffs().some(({ state }) => state === 1));
    await told({ overDueCount: 1, unPay: 800 });
    expect(open()).toEqual([{ id: `qingdao-${CAR}-2`, leftFen: 800, intercept: 'exit' }]);
  });

  it('grown since they were asked for: what was paid is written off at once, and the rest by itself', async () => {
    world = await CityWorld.open();
    world.answer('cancelOverDueBill', { resultCode: '500', msg: '' });
    const uid = await world.parked(61);
    await told({ prevent: 0 });
    const made = world.payments.prepayments.bill({ uid }, ANNA);
    if (made.kind !== 'bill') throw new Error('nothing to pay');
    await told({ unPay: 3000, prevent: 0 });
    // Paid by a channel, which collects what it was asked for.
    world.payments.notices.notify({
      ...{ billId: made.bill.id, reference: 'r1', amountFen: 3000, method: 'wechat', via: 'bank' },
      paidAt: world.clock.now(),
    });
    expect(open()).toMatchObject([{ leftFen: 1000 }]);
    await world.heard('cancelOverDueBill');
    await told({ unPay: 3000, prevent: 0 });
    expect(open()).toMatchObject([{ leftFen: 1000 }]);
    world.answer('cancelOverDueBill', { resultCode: '200', msg: '' });
    await writtenOff(1);
    await told({ unPay: 1000, prevent: 0 });
    expect(open()).toMatchObject([{ leftFen: 1000 }]);
    world.payments.arrears.pay(`qingdao-${CAR}`, { method: 'cash', receivedFen: 1000 }, ANNA);
    expect(open()).toEqual([]);
    await writtenOff(2);
    const numbers = world.sent('cancelOverDueBill').map(({ billID }) => billID);
    const paid = world.read.payments.ofStay(uid).filter(({ debt_id }) => debt_id !== null);
    expect(new Set(numbers)).toEqual(new Set(paid.map(({ bill_id }) => bill_id)));
    expect(paid.map(({ paid_fen }) => paid_fen)).toEqual([2000, 1000]);
  });

  it('let go by a person, they are asked for again when the city has told them for long enough', async () => {
    world = await CityWorld.open({ settings: { overDue: { letGoDays: 10 } } });
    await told();
    world.registry.debts.cancel(`qingdao-${CAR}`, '已核实', ANNA);
    world.clock.jumpWall(10 * 24 * HOUR - 2 * MINUTE);
    await told();
    expect(open()).toEqual([]);
    await told();
    await told();
    expect(open()).toMatchObject([{ leftFen: 2000 }]);
  });

  it('let go by a person, they stay let go until the city says that nothing is owed', async () => {
    world = await CityWorld.open();
    await told();
    world.registry.debts.cancel(`qingdao-${CAR}`, '已核实', ANNA);
    await told();
    expect(open()).toEqual([]);
    await told({ overDueCount: 4, unPay: 2600 });
    expect(open()).toMatchObject([{ leftFen: 600 }]);
    await told({ overDueCount: 0, unPay: 0 });
    await told({ overDueCount: 1, unPay: 900 });
    expect(open()).toMatchObject([{ leftFen: 900 }]);
  });
});
