import { describe, expect, test } from 'vitest';
import type { ParkClient } from './park-client.ts';
import { APPLY, BILL, CANCEL, DAILY, ENTRY, EXIT, PAYMENT, QUERY, RESULT_QUERY } from './samples.ts';
import { world } from './support.ts';

const PLATE = '鲁B01C01';
const LEAVES_FIRST = { noSense: 1, moneyLimit: 1000, departurePay: 1 } as const;
const PAID = {
  payStatus: 1,
  actualPay: 400,
  discountAmount: 100,
  dealTime: '2026-03-02 10:00:00',
  orderCode: expect.stringMatching(/^QD\d{20}$/),
  paidType: 3,
};

async function left(park: ParkClient): Promise<void> {
  await park.send('uploadCarInData', ENTRY);
  await park.send('uploadCarOutData', EXIT);
}

describe('applyPayment', () => {
  test('is answered as unpaid by an account that does not pay', async () => {
    const { platform, park } = await world();
    await park.send('uploadCarInData', ENTRY);
    const unpaid = { resultCode: '200', msg: '操作成功', plateNo: PLATE, billID: 'B1', shouldPay: 500 };
    expect(await park.send('applyPayment', APPLY)).toEqual({ ...unpaid, payStatus: 0, discountAmount: 0 });
    platform.style.emptyAs = 'null';
    expect(await park.send('applyPayment', APPLY)).toMatchObject({ payStatus: 0, dealTime: null, orderCode: null });
    expect(platform.city.bills.get('B1')).toMatchObject({ applied: 2, payment: null, carStock: 0 });
    expect(platform.violations).toEqual([]);
  });

  test('is answered as paid, the same however often it is asked', async () => {
    const { clock, platform, park } = await world();
    platform.owner(PLATE).set({ pays: 'at-once', discount: 100, paidType: 3 });
    await park.send('uploadCarInData', ENTRY);
    const answer = await park.send('applyPayment', APPLY);
    expect(answer).toEqual({
      ...{ resultCode: '200', msg: '操作成功', plateNo: PLATE, billID: 'B1', shouldPay: 500 },
      ...PAID,
    });
    await clock.advance(60_000);
    expect(await park.send('applyPayment', APPLY)).toEqual(answer);
    expect(await park.send('getPayResult', RESULT_QUERY)).toMatchObject({ orderCode: answer.orderCode, payType: 103 });
  });

  test('keeps its rules of order, of contract and of numbers', async () => {
    const { platform, park } = await world();
    const rules = (): string[] => platform.violations.splice(0).map(({ rule }) => rule);
    await park.send('applyPayment', APPLY);
    expect(rules()).toEqual(['order']);
    await park.send('uploadCarInData', ENTRY);
    await park.send('applyPayment', { ...APPLY, carStock: 1 });
    expect(rules()).toEqual(['order', 'contract']);
    await park.send('uploadCarOutData', EXIT);
    const owner = platform.owner(PLATE);
    for (const change of [{ noSense: 2 }, { departurePay: 0 }] as const) {
      owner.set({ contract: { ...LEAVES_FIRST, ...change } });
      await park.send('applyPayment', { ...APPLY, carStock: 1 });
      expect(rules()).toEqual(['contract']);
    }
    owner.set({ contract: LEAVES_FIRST });
    await park.send('applyPayment', { ...APPLY, carStock: 1, shouldPay: 1001 });
    expect(rules()).toEqual(['contract']);
    await park.send('applyPayment', { ...APPLY, carStock: 1 });
    expect(rules()).toEqual([]);
    await park.send('applyPayment', { ...APPLY, plateNo: '鲁B01C09' });
    expect(rules()).toEqual(['second-record']);
    expect(platform.unproven).toEqual([]);
    await park.send('applyPayment', { ...APPLY, shouldPay: 600 });
    expect(platform.unproven).toMatchObject([{ rule: 'second-record', field: 'billID' }]);
  });

  test('works without a field whose row is lost, but not without the bill’s number', async () => {
    const { platform, park } = await world();
    await park.send('uploadCarInData', ENTRY);
    const { outNum: _, ...rest } = APPLY;
    expect(await park.send('applyPayment', rest)).toMatchObject({ resultCode: '200', payStatus: 0 });
    const { billID: __, ...nameless } = APPLY;
    expect(await park.send('applyPayment', nameless)).toMatchObject({ resultCode: '400' });
    expect(platform.unproven.map(({ field }) => field)).toEqual(['outNum', 'billID']);
    expect(platform.violations).toEqual([]);
  });

  test('a contract that was told once may be acted on after it has changed', async () => {
    const { platform, park } = await world();
    const owner = platform.owner(PLATE).set({ contract: LEAVES_FIRST });
    await left(park);
    await park.send('getDeparturePayInfo', QUERY);
    owner.set({ contract: { ...LEAVES_FIRST, noSense: 2 } });
    await park.send('applyPayment', { ...APPLY, carStock: 1 });
    expect(platform.violations).toEqual([]);
  });
});

describe('getPayResult', () => {
  test('knows the state of a bill, with and without resultCode, and no other bill', async () => {
    const { platform, park } = await world();
    await park.send('uploadCarInData', ENTRY);
    await park.send('applyPayment', APPLY);
    const unpaid = { plateNo: PLATE, billID: 'B1', billTime: BILL.billTime, shouldPay: 500, payStatus: 0 };
    const success = { resultCode: '200', msg: '操作成功' };
    expect(await park.send('getPayResult', RESULT_QUERY)).toEqual({ ...success, ...unpaid, discountAmount: 0 });
    platform.owner(PLATE).set({ discount: 100, paidType: 3 }).paySilently('B1', 101);
    platform.style.queriesHaveResultCode = false;
    expect(await park.send('getPayResult', RESULT_QUERY)).toEqual({ ...unpaid, ...PAID, payType: 101 });
    for (const other of [{ billID: 'B9' }, { plateNo: '鲁B01C09' }])
      expect(await park.send('getPayResult', { ...RESULT_QUERY, ...other })).toMatchObject({ resultCode: '204' });
    expect(platform.city.bills.get('B1')?.asked).toBe(2);
  });
});

test('what is called paid through the platform must be what the platform paid', async () => {
  const { platform, park } = await world();
  platform.owner(PLATE).set({ pays: 'at-once', paidType: 3 });
  await park.send('uploadCarInData', ENTRY);
  await park.send('uploadPayRecord', { ...PAYMENT, billWay: 1 });
  expect(platform.violations.splice(0)).toMatchObject([{ rule: 'relation', field: 'billWay' }]);
  await park.send('applyPayment', APPLY);
  const through = { ...PAYMENT, billWay: 1, paidType: 3, dealTime: '2026-03-02 10:00:00' };
  await park.send('uploadPayRecord', { ...through, actualPay: 499 });
  expect(platform.violations.splice(0)).toMatchObject([{ rule: 'relation', field: 'actualPay' }]);
  await park.send('uploadPayRecord', through);
  expect(platform.violations).toEqual([]);
});

describe('abnormal bills', () => {
  test('are counted, not before three hours, and not when they are known to be paid', async () => {
    const { clock, platform, park } = await world();
    const owner = platform.owner(PLATE).set({ contract: LEAVES_FIRST });
    await left(park);
    await park.send('uploadAbnormalBill', BILL);
    await park.send('applyPayment', { ...APPLY, carStock: 1 });
    await clock.advance(2 * 3_600_000);
    await park.send('uploadAbnormalBill', BILL);
    expect(platform.violations.splice(0).map(({ rule }) => rule)).toEqual(['order', 'timing']);
    await clock.advance(3_600_000);
    await park.send('uploadAbnormalBill', BILL);
    await park.send('uploadAbnormalBill', BILL);
    expect(platform.city.bills.get('B1')?.abnormal).toBe(2);
    owner.paySilently('B1');
    await park.send('uploadAbnormalBill', BILL);
    expect(platform.violations).toEqual([]);
    await park.send('getPayResult', RESULT_QUERY);
    await park.send('uploadAbnormalBill', BILL);
    expect(platform.violations.map(({ rule }) => rule)).toEqual(['order']);
  });
});

describe('the daily bills', () => {
  test('are those of cars that left first', async () => {
    const { platform, park } = await world();
    const owner = platform.owner(PLATE).set({ contract: LEAVES_FIRST });
    await left(park);
    await park.send('applyPayment', { ...APPLY, billID: 'B0' });
    await park.send('applyPayment', { ...APPLY, carStock: 1 });
    await park.send('applyPayment', { ...APPLY, carStock: 1, billID: 'B2', shouldPay: 300 });
    owner.paySilently('B1');
    const answer = await park.send('checkDailyBill', DAILY);
    expect(answer).toMatchObject({ parkingCode: '1001', dailyCount: 2, dailyShouldPay: 800, dailyActualPay: 500 });
    expect(answer.detail).toEqual([
      {
        ...{ plateNo: PLATE, billID: 'B1', billTime: BILL.billTime, shouldPay: 500, payStatus: 1, actualPay: 500 },
        ...{ dealTime: PAID.dealTime, orderCode: PAID.orderCode, paidType: 4, payType: 101 },
      },
      { plateNo: PLATE, billID: 'B2', billTime: BILL.billTime, shouldPay: 300, payStatus: 0 },
    ]);
    platform.style.detailAs = 'text';
    platform.style.detailNumbersAsText = true;
    platform.style.dailyParkingCodeAs = 'number';
    const other = await park.send('checkDailyBill', { ...DAILY, plateNo: PLATE });
    expect(other.parkingCode).toBe(1001);
    expect(JSON.parse(String(other.detail))).toMatchObject([{ shouldPay: '500' }, { payStatus: '0' }]);
    expect(await park.send('checkDailyBill', { ...DAILY, checkBillTime: '2026-03-01' })).toMatchObject({
      dailyCount: 0,
      detail: '[]',
    });
  });
});

describe('contracts and arrears', () => {
  test('of a plate without any are zeros, or nothing at all', async () => {
    const { platform, park } = await world();
    const none = { noSense: 0, moneyLimit: 0, departurePay: 0 };
    expect(await park.send('getDeparturePayInfo', QUERY)).toMatchObject(none);
    expect(await park.send('getOverDueResult', QUERY)).toMatchObject({ overDueCount: 0, unPay: 0, prevent: 0 });
    platform.style.nothingKnown = '204';
    for (const name of ['getDeparturePayInfo', 'getOverDueResult'])
      expect(await park.send(name, QUERY)).toEqual({ resultCode: '204', msg: '没有查询到数据' });
  });

  test('are told, and written off bill by bill', async () => {
    const { platform, park } = await world();
    const arrears = [
      { billID: 'A1', amount: 700 },
      { billID: 'A2', amount: 800 },
    ];
    const owner = platform.owner(PLATE).set({ contract: LEAVES_FIRST, arrears, prevent: 1 });
    expect(await park.send('getDeparturePayInfo', QUERY)).toMatchObject(LEAVES_FIRST);
    expect(await park.send('getOverDueResult', QUERY)).toMatchObject({ overDueCount: 2, unPay: 1500, prevent: 1 });
    expect(await park.send('cancelOverDueBill', CANCEL)).toMatchObject({ resultCode: '200' });
    expect(await park.send('cancelOverDueBill', CANCEL)).toMatchObject({ resultCode: '200' });
    expect(await park.send('cancelOverDueBill', { ...CANCEL, billID: 'A9' })).toMatchObject({ resultCode: '204' });
    platform.style.queriesHaveResultCode = false;
    platform.style.overDueCount = 'missing';
    expect(await park.send('getOverDueResult', QUERY)).toEqual({ plateNo: PLATE, unPay: 800, prevent: 1 });
    platform.style.cancelUnknown = 'all';
    await park.send('cancelOverDueBill', { ...CANCEL, billID: 'A9' });
    expect(owner.account.writtenOff.map(({ billID }) => billID)).toEqual(['A1', 'A2']);
  });

  test('a bill that is not paid becomes arrears', async () => {
    const { platform, park } = await world();
    await park.send('uploadCarInData', ENTRY);
    await park.send('applyPayment', APPLY);
    platform.owner(PLATE).owe('B1');
    expect(await park.send('getOverDueResult', QUERY)).toMatchObject({ overDueCount: 1, unPay: 500 });
    expect(() => platform.owner(PLATE).owe('B9')).toThrow(/B9/);
  });
});
