import { afterEach, describe, expect, it, vi } from 'vitest';
import { departureDebtId } from '../../../../shared/domain/registry.ts';
import { shanghaiDateTime } from '../../../../shared/domain/time.ts';
import { ANNA, CAR, CityWorld, HOUR, MINUTE } from './city-world.ts';

let world: CityWorld;
afterEach(() => world.dispose());
// Hours of a car park, each with its answers over a socket.
vi.setConfig({ testTimeout: 30_000 });

const CONTRACT = { parkingCode: '1001', plateNo: CAR, plateColor: 1, noSense: 1, moneyLimit: 5000, departurePay: 1 };
const unpaid = (data: Readonly<Record<string, unknown>>) => ({
  ...{ resultCode: '200', msg: '', plateNo: CAR, billID: data['billID'], shouldPay: 1000, payStatus: 0 },
});
const paid = (data: Readonly<Record<string, unknown>>) => ({
  ...unpaid(data),
  ...{ payStatus: 1, actualPay: 1000, discountAmount: 0, dealTime: '2026-03-02 09:30:00', orderCode: 'order-1' },
  ...{ paidType: 4, payType: 101 },
});
const agreements = () => world.read.agreements.ofPlate(CAR).map(({ kind, limitFen, uid }) => ({ kind, limitFen, uid }));

/** The car has left owing 10 yuan, which the city collects. @returns its stay, and the bill */
async function left(
  answer: Parameters<CityWorld['answer']>[1] = unpaid,
): Promise<{ readonly uid: string; readonly billId: string }> {
  world = await CityWorld.open();
  world.answer('applyPayment', answer);
  world.answer('getPayResult', unpaid);
  const uid = await world.parked(61);
  world.push('departurePayInfo', CONTRACT);
  world.car('out1');
  await world.heard('applyPayment');
  return { uid, billId: world.bill(uid).id };
}

describe('departurePayInfo', () => {
  it.each([
    [{}, { kind: 'departure-pay', limitFen: 5000 }],
    [{ departurePay: 0 }, { kind: 'auto-pay', limitFen: null }],
    [{ noSense: 0 }, undefined],
    [{ noSense: 2 }, undefined],
    [{ departurePay: 2 }, undefined],
    [{ departurePay: '3' }, undefined],
  ])('%o means %o for this stay', async (change, expected) => {
    world = await CityWorld.open();
    const uid = await world.parked(5);
    expect(world.push('departurePayInfo', { ...CONTRACT, ...change })).toEqual({
      message: 'confirmDeparturePayInfo',
      success: true,
      params: { ...CONTRACT, ...change },
    });
    expect(agreements()).toEqual(expected ? [{ ...expected, uid }] : []);
  });

  it('the newest counts, and it takes back what an older one gave', async () => {
    world = await CityWorld.open();
    await world.parked(5);
    world.push('departurePayInfo', CONTRACT);
    await world.clock.advance(MINUTE);
    world.push('departurePayInfo', { ...CONTRACT, noSense: 2 });
    expect(agreements()).toEqual([]);
    expect(world.push('departurePayInfo', CONTRACT, { at: world.clock.now() - MINUTE })).toMatchObject({
      success: true,
    });
    expect(agreements()).toEqual([]);
  });

  it('fails for a car that is not inside', async () => {
    world = await CityWorld.open();
    expect(world.push('departurePayInfo', CONTRACT)).toMatchObject({ success: false, params: CONTRACT });
  });
});

describe('a car that leaves first', () => {
  it('is applied for after its exit record, as departed', async () => {
    const { uid, billId } = await left();
    expect(world.lanes.state('out1').phase).toBe('cleared');
    const bill = world.bill(uid);
    expect(bill).toMatchObject({ scene: 'after-departure', state: 'open' });
    expect(world.sent('applyPayment')).toEqual([
      {
        parkingCode: '1001',
        uid,
        plateNo: CAR,
        plateColor: 1,
        arriveTime: '2026-03-02 08:05:09',
        endTime: shanghaiDateTime(world.read.stays.get(uid)?.exitedAt ?? 0),
        outNum: '2',
        billID: billId,
        billTime: shanghaiDateTime(bill.createdAt),
        shouldPay: 1000,
        payStatus: 0,
        carStock: 1,
      },
    ]);
    const names = world.asked.map(({ name }) => name);
    expect(names.indexOf('uploadCarOutData')).toBeLessThan(names.indexOf('applyPayment'));
  });

  it('above the limit it pays at the exit', async () => {
    world = await CityWorld.open({ channel: false });
    const uid = await world.parked(61);
    world.push('departurePayInfo', { ...CONTRACT, moneyLimit: 999 });
    world.car('out1');
    expect(world.lanes.state('out1').phase).toBe('charging');
    expect(world.bill(uid).scene).toBe('gate');
  });

  it('is paid by the answer to the application', async () => {
    world = await CityWorld.open();
    world.answer('applyPayment', paid);
    const uid = await world.parked(61);
    world.push('departurePayInfo', CONTRACT);
    world.car('out1');
    await world.heard('uploadPayRecord');
    expect(world.read.stays.get(uid)).toMatchObject({ paidFen: 1000, owedFen: 0 });
    expect(world.sent('uploadPayRecord')).toMatchObject([
      { billID: world.bill(uid).id, shouldPay: 1000, actualPay: 1000, payType: 101, billWay: 1, paidType: 4 },
    ]);
    expect(world.sent('cancelOverDueBill')).toEqual([]);
  });

  it('is paid by the notice, whoever else tells of it afterwards', async () => {
    const { uid, billId } = await left();
    const notice = { ...paid({ billID: billId }), billTime: shanghaiDateTime(world.clock.now()) };
    expect(world.push('payResult', notice)).toMatchObject({ message: 'confirmPayResult', success: true });
    world.answer('getPayResult', paid);
    await world.pass(HOUR, 4);
    expect([world.takenFen(uid), world.cases()]).toEqual([1000, []]);
    expect(world.sent('getPayResult')).toEqual([]);
  });

  it('may be charged less by the city: the discount is part of what was due, and nothing stays owed', async () => {
    const { uid, billId } = await left();
    world.push('payResult', { ...paid({ billID: billId }), actualPay: 600, discountAmount: 400 });
    expect(world.read.stays.get(uid)).toMatchObject({ chargeFen: 1000, paidFen: 600, discountFen: 400, owedFen: 0 });
    expect([world.takenFen(uid), world.cases(), world.read.debts.open(CAR)]).toEqual([600, [], []]);
    expect(world.bill(uid).state).toBe('paid');
    await world.heard('uploadPayRecord');
    expect(world.sent('uploadPayRecord')).toMatchObject([
      { billID: billId, chargeFee: 1000, shouldPay: 1000, actualPay: 600, payType: 101 },
    ]);
  });

  it('is given away by the city: nothing is paid, and nothing stays owed', async () => {
    const { uid, billId } = await left();
    world.push('payResult', { ...paid({ billID: billId }), actualPay: 0, discountAmount: 1000 });
    expect(world.read.stays.get(uid)).toMatchObject({ paidFen: 0, discountFen: 1000, owedFen: 0 });
    expect([world.read.debts.open(CAR), world.cases()]).toEqual([[], []]);
  });

  /** The next question comes after so long, and no sooner. */
  async function askedAfter(ms: number): Promise<void> {
    const before = world.sent('getPayResult').length;
    await world.pass(ms - 1000);
    expect(world.sent('getPayResult')).toHaveLength(before);
    await world.clock.advance(1000);
    await world.heard('getPayResult', before + 1);
  }

  it('is asked about after a minute, and seldomer and seldomer', async () => {
    const { uid } = await left();
    for (const minutes of [1, 2, 4, 8, 10]) await askedAfter(minutes * MINUTE);
    world.answer('getPayResult', paid);
    await askedAfter(10 * MINUTE);
    await world.comes('paid', () => world.takenFen(uid) === 1000);
    expect([world.read.bills.afterDeparture(), world.cases()]).toEqual([[], []]);
  });

  it('is abnormal after three hours: reported each hour until it is paid', async () => {
    const { uid, billId } = await left();
    await world.pass(3 * HOUR - 1000);
    expect(world.sent('uploadAbnormalBill')).toEqual([]);
    await world.clock.advance(1000);
    await world.heard('uploadAbnormalBill');
    expect(world.sent('uploadAbnormalBill')).toEqual([
      {
        ...{ parkingCode: '1001', uid, plateNo: CAR, plateColor: 1, arriveTime: '2026-03-02 08:05:09' },
        ...{ billID: billId, shouldPay: 1000, payStatus: 0 },
        endTime: shanghaiDateTime(world.read.stays.get(uid)?.exitedAt ?? 0),
        billTime: shanghaiDateTime(world.bill(uid).createdAt),
      },
    ]);
    for (const times of [2, 3]) {
      await world.clock.advance(HOUR);
      await world.heard('uploadAbnormalBill', times);
    }
    world.answer('getPayResult', paid);
    await world.clock.advance(HOUR);
    await world.comes('paid', () => world.takenFen(uid) === 1000);
    const reported = world.sent('uploadAbnormalBill').length;
    await world.pass(3 * HOUR);
    expect(world.sent('uploadAbnormalBill')).toHaveLength(reported);
  });

  it('that the city cannot charge at the moment is followed on, and holds up nothing of its stay', async () => {
    const { uid } = await left({ resultCode: '204', msg: '余额不足' });
    await world.comes('taken', () => world.read.outbox.ofStay(uid).every(({ state }) => state === 1));
    expect(world.read.outbox.ofStay(uid).map(({ message, state }) => [message, state])).toContainEqual([
      'applyPayment',
      1,
    ]);
    await world.clock.advance(MINUTE);
    await world.heard('getPayResult');
  });

  it('whose application came to nothing there is applied for again, as the same order, until the city knows the bill', async () => {
    // 204 says anything: this time that it has stored nothing.
    const { uid, billId } = await left({ resultCode: '204', msg: '处理失败' });
    world.answer('getPayResult', { resultCode: '204', msg: '没有查询到数据' });
    await world.pass(MINUTE);
    await world.heard('applyPayment', 2);
    world.answer('applyPayment', unpaid);
    await world.pass(2 * MINUTE);
    await world.heard('applyPayment', 3);
    world.answer('getPayResult', unpaid);
    await world.pass(4 * MINUTE);
    const [first, ...again] = world.sent('applyPayment');
    expect(first).toMatchObject({ billID: billId, carStock: 1 });
    expect(again).toEqual([first, first]);
    // Applications by question leave nothing that waits, and its three hours count from the first.
    expect(world.read.outbox.ofStay(uid).filter(({ message }) => message === 'applyPayment')).toHaveLength(1);
    world.answer('getPayResult', { resultCode: '204', msg: '没有查询到数据' });
    world.answer('applyPayment', paid);
    await world.pass(8 * MINUTE);
    await world.comes('paid', () => world.takenFen(uid) === 1000);
    expect([world.read.bills.afterDeparture(), world.cases()]).toEqual([[], []]);
  });

  it('whose application the city refuses is not applied for again: a person decides', async () => {
    await left({ resultCode: 400, msg: '参数错误' });
    world.answer('getPayResult', { resultCode: '204', msg: '没有查询到数据' });
    await world.pass(MINUTE);
    await world.heard('getPayResult');
    await world.pass(2 * MINUTE);
    await world.heard('getPayResult', 2);
    expect(world.sent('applyPayment')).toHaveLength(1);
  });

  it('is followed on after a restart', async () => {
    const { uid } = await left();
    const next = await world.restarted();
    world.answer('getPayResult', paid);
    await world.clock.advance(MINUTE);
    await world.comes('paid', () => world.takenFen(uid) === 1000);
    await next.stop();
  });

  it('is reported once to a city that was away, not for each hour', async () => {
    await left();
    world.answer('uploadAbnormalBill', { resultCode: '500', msg: '' });
    await world.pass(5 * HOUR, 10);
    const waiting = world.read.outbox
      .search({ platform: 'qingdao', offset: 0, limit: 500 })
      .items.filter(({ message }) => message === 'uploadAbnormalBill');
    expect(waiting).toHaveLength(1);
  });

  it('whose exit record the city refuses is applied for apart from it, asked about and reported', async () => {
    world = await CityWorld.open();
    world.answer('uploadCarOutData', { resultCode: 400, msg: '参数错误' });
    world.answer('applyPayment', unpaid);
    world.answer('getPayResult', unpaid);
    const uid = await world.parked(61);
    world.push('departurePayInfo', CONTRACT);
    world.car('out1');
    await world.heard('uploadCarOutData');
    await world.clock.advance(MINUTE);
    await world.heard('applyPayment');
    expect(world.sent('applyPayment')).toMatchObject([{ uid, billID: world.bill(uid).id, carStock: 1 }]);
    await world.clock.advance(MINUTE);
    await world.heard('getPayResult');
    const alarms = () => world.alarms.list().filter(({ code }) => code === 'qingdao-application-held');
    expect(alarms()).toHaveLength(1);
    await world.clock.advance(3 * HOUR);
    await world.heard('uploadAbnormalBill');
    world.answer('getPayResult', paid);
    await world.clock.advance(HOUR);
    await world.comes('paid', () => world.takenFen(uid) === 1000);
    await world.clock.advance(HOUR);
    expect(alarms()).toEqual([]);
  });

  it('whose application the city refuses is asked about all the same', async () => {
    const { uid } = await left({ resultCode: 400, msg: '参数错误' });
    world.answer('getPayResult', paid);
    await world.clock.advance(MINUTE);
    await world.comes('paid', () => world.takenFen(uid) === 1000);
  });

  it('is reported again after a report that the city refused, and its payment waits for none of them', async () => {
    const { uid, billId } = await left();
    world.answer('uploadAbnormalBill', { resultCode: 400, msg: '参数错误' });
    await world.pass(3 * HOUR);
    await world.heard('uploadAbnormalBill');
    await world.clock.advance(HOUR);
    await world.heard('uploadAbnormalBill', 2);
    world.push('payResult', { ...paid({ billID: billId }), billTime: shanghaiDateTime(world.clock.now()) });
    await world.heard('uploadPayRecord');
    expect(world.takenFen(uid)).toBe(1000);
  });

  it('is reported seldomer after three days, and after a month it is a case for a person', async () => {
    const { billId } = await left();
    world.clock.jumpWall(4 * 24 * HOUR);
    await world.clock.advance(MINUTE);
    await world.heard('getPayResult');
    const told = () => {
      const { items } = world.read.outbox.search({ platform: 'qingdao', offset: 0, limit: 500 });
      return [
        items.filter(({ message }) => message === 'uploadAbnormalBill').length,
        world.sent('getPayResult').length,
      ];
    };
    // Three hours are left of its fourth day.
    expect(told()).toEqual([1, 1]);
    await world.pass(4 * HOUR, 4);
    expect(told()).toEqual([2, 2]);
    await world.pass(22 * HOUR, 22);
    expect(told()).toEqual([2, 2]);
    await world.pass(HOUR);
    expect(told()).toEqual([3, 3]);
    world.clock.jumpWall(27 * 24 * HOUR);
    await world.pass(24 * HOUR, 4);
    expect([world.cases(), told()]).toEqual([['unknown-payment 1000'], [3, 3]]);
    await world.pass(72 * HOUR, 4);
    expect(told()).toEqual([3, 3]);
    // What it tells by itself is welcome.
    world.push('payResult', { ...paid({ billID: billId }), billTime: shanghaiDateTime(world.clock.now()) });
    expect([world.read.bills.get(billId)?.state, world.cases().length]).toEqual(['paid', 1]);
  });

  it('that the city has as paid, and that was paid in cash with its notice lost, is a case in the comparison of the day', async () => {
    const { uid, billId } = await left();
    world.answer('cancelOverDueBill', { resultCode: 500, msg: '' });
    world.payments.prepayments.pay(billId, { method: 'cash', receivedFen: 1000 }, ANNA);
    world.answer('uploadCheckRecord', { resultCode: 200, msg: '', accountMark: 0, photoMark: 0 });
    const sums = { dailyCount: 1, dailyShouldPay: 1000, dailyActualPay: 1000 };
    world.answer('checkDailyBill', { resultCode: 200, msg: '', ...sums, detail: [paid({ billID: billId })] });
    const compare = async () => {
      const { figures, note } = await world.platform.checkDay('2026-03-02').ask(new AbortController().signal);
      return { agrees: figures.find(({ message }) => message === 'checkDailyBill')?.agrees, note };
    };
    expect((await compare()).note).toContain(billId);
    expect([world.takenFen(uid), world.cases()]).toEqual([1000, ['paid-twice 1000']]);
    expect(await compare()).toEqual({ agrees: true, note: '' });
    expect(world.cases()).toHaveLength(1);
  });

  it('that pays its debt in cash is written off at the city, and paid under the number that the city knows', async () => {
    const { uid, billId } = await left();
    world.payments.arrears.pay(departureDebtId('qingdao', billId), { method: 'cash', receivedFen: 1000 }, ANNA);
    await world.heard('cancelOverDueBill');
    expect(world.sent('cancelOverDueBill')).toEqual([
      { billID: billId, parkingCode: '1001', plateNo: CAR, plateColor: 1 },
    ]);
    expect(world.sent('uploadPayRecord')).toMatchObject([
      { billID: billId, uid, payType: 104, billWay: 0, actualPay: 1000 },
    ]);
    expect(world.read.bills.afterDeparture()).toEqual([]);
    // The city collected all the same.
    const notice = { ...paid({ billID: billId }), billTime: shanghaiDateTime(world.clock.now()) };
    world.push('payResult', notice);
    expect([world.takenFen(uid), world.cases()]).toEqual([1000, ['paid-twice 1000']]);
  });
});
