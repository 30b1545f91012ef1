import { afterEach, describe, expect, it } from 'vitest';
import { shanghaiDateTime } from '../../../../shared/domain/time.ts';
import { CAR, CityWorld, MINUTE } from './city-world.ts';

let world: CityWorld;
afterEach(() => world.dispose());

const paidNotice = (bill: { readonly id: string; readonly createdAt: number }, changes: object = {}) => ({
  plateNo: CAR,
  billID: bill.id,
  billTime: shanghaiDateTime(bill.createdAt),
  shouldPay: 1000,
  payStatus: 1,
  actualPay: 1000,
  discountAmount: 0,
  dealTime: shanghaiDateTime(bill.createdAt + MINUTE),
  orderCode: 'order-1',
  paidType: 3,
  payType: 102,
  ...changes,
});

describe('fee', () => {
  it('is answered with the bill of the car inside, which is open from then on', async () => {
    world = await CityWorld.open();
    const uid = await world.parked(61);
    const now = shanghaiDateTime(world.clock.now());
    const answer = world.push('fee', { plateNo: CAR, plateColor: 1 }, { requestId: '9007199254740993123' });
    const bill = world.bill(uid);
    expect(bill).toMatchObject({ state: 'open', scene: 'prepaid', dueFen: 1000 });
    expect(answer).toEqual({
      message: 'uploadFee',
      success: true,
      params: {
        parkingCode: '1001',
        uid,
        plateNo: CAR,
        plateColor: 1,
        arriveTime: '2026-03-02 08:05:09',
        endTime: now,
        billID: bill.id,
        billTime: now,
        shouldPay: 1000,
        payStatus: 0,
      },
    });
    await world.heard('uploadFee');
    expect(world.sent('uploadFee')[0]?.['params']).toEqual(answer.params);
  });

  it('is answered each time it is asked, however old the question, with the bill that stands', async () => {
    world = await CityWorld.open();
    await world.parked(61);
    const ask = () => world.push('fee', { plateNo: CAR }, { requestId: '7', at: world.clock.now() - 90 * MINUTE });
    const first = ask();
    await world.clock.advance(1000);
    const second = ask();
    expect(second.message).toBe('uploadFee');
    expect(second.params.billID).toBe(first.params.billID);
  });

  it('fails for a car that is not inside, with what was asked and the car park', async () => {
    world = await CityWorld.open();
    expect(world.push('fee', { plateNo: '鲁B99999', plateColor: 5 })).toEqual({
      message: 'uploadFee',
      success: false,
      params: { plateNo: '鲁B99999', plateColor: 5, parkingCode: '1001' },
    });
    expect(world.push('fee', { plateColor: 5 })).toMatchObject({ success: false, params: { parkingCode: '1001' } });
  });

  it('tells a car that is free so far that nothing is due, under a number that is no bill of ours', async () => {
    world = await CityWorld.open();
    const uid = await world.parked(5);
    const { success, params } = world.push('fee', { plateNo: CAR });
    expect([success, params.shouldPay, params.payStatus]).toEqual([true, 0, 0]);
    expect(params).not.toHaveProperty('paidType');
    expect(world.read.bills.get(params.billID)).toBeUndefined();
    expect(world.read.bills.ofStay(uid)).toEqual([]);
  });

  it('tells a car that has paid, and is in time to leave, which bill it paid', async () => {
    world = await CityWorld.open();
    const uid = await world.parked(61);
    world.push('fee', { plateNo: CAR });
    const bill = world.bill(uid);
    world.push('payResult', paidNotice(bill));
    await world.clock.advance(MINUTE);
    expect(world.push('fee', { plateNo: CAR }).params).toMatchObject({
      billID: bill.id,
      shouldPay: 1000,
      payStatus: 1,
      paidType: 3,
    });
  });
});

describe('payResult', () => {
  it('books the money once, however often it comes, and the car may leave', async () => {
    world = await CityWorld.open();
    const uid = await world.parked(61);
    world.push('fee', { plateNo: CAR });
    const bill = world.bill(uid);
    const notice = paidNotice(bill);
    for (const requestId of ['1', '1', '2']) {
      await world.clock.advance(1000);
      expect(world.push('payResult', notice, { requestId })).toEqual({
        message: 'confirmPayResult',
        success: true,
        params: notice,
      });
    }
    expect([world.takenFen(uid), world.cases()]).toEqual([1000, []]);
    expect(world.read.payments.get(bill.id)).toMatchObject({ method: 'wechat', via: 'qingdao', reference: 'order-1' });
    world.car('out1');
    expect(world.read.stays.get(uid)).toMatchObject({ status: 'left', paidFen: 1000 });
    await world.heard('uploadPayRecord');
    expect(world.sent('uploadPayRecord')).toMatchObject([
      { billID: bill.id, shouldPay: 1000, actualPay: 1000, paidType: 3, payType: 102, billWay: 1 },
    ]);
  });

  it('takes what the platform took off as its discount: due is what it was, paid is what was paid', async () => {
    world = await CityWorld.open();
    const uid = await world.parked(61);
    world.push('fee', { plateNo: CAR });
    const notice = paidNotice(world.bill(uid), { actualPay: 600, discountAmount: 400 });
    expect(world.push('payResult', notice)).toMatchObject({ success: true });
    expect(world.takenFen(uid)).toBe(600);
    expect(world.read.stays.get(uid)).toMatchObject({ paidFen: 600, discountFen: 400, chargeFen: 1000 });
    await world.heard('uploadPayRecord');
    expect(world.sent('uploadPayRecord')).toMatchObject([{ chargeFee: 1000, shouldPay: 1000, actualPay: 600 }]);
  });

  it('reads a discount that repeats the amount as none', async () => {
    world = await CityWorld.open();
    const uid = await world.parked(61);
    world.push('fee', { plateNo: CAR });
    world.push('payResult', paidNotice(world.bill(uid), { actualPay: 1000, discountAmount: 1000 }));
    expect([world.takenFen(uid), world.cases()]).toEqual([1000, []]);
  });

  it.each([
    ['too little money', { actualPay: 500, discountAmount: 400 }],
    ['an unknown bill', { billID: 'bill_unknown' }],
    ['no amount at all', { actualPay: null, shouldPay: null }],
  ])('fails for %s', async (_what, changes) => {
    world = await CityWorld.open();
    const uid = await world.parked(61);
    world.push('fee', { plateNo: CAR });
    expect(world.push('payResult', paidNotice(world.bill(uid), changes))).toMatchObject({ success: false });
    expect(world.takenFen(uid)).toBe(0);
  });

  it('confirms that something is not paid, and does nothing', async () => {
    world = await CityWorld.open();
    const uid = await world.parked(61);
    world.push('fee', { plateNo: CAR });
    const unpaid = { ...paidNotice(world.bill(uid)), payStatus: 0, actualPay: null, orderCode: null };
    expect(world.push('payResult', unpaid)).toMatchObject({ success: true });
    expect(world.bill(uid).state).toBe('open');
  });

  it('is not passed over because an older "not paid" overtook it', async () => {
    world = await CityWorld.open();
    const uid = await world.parked(61);
    world.push('fee', { plateNo: CAR });
    const bill = world.bill(uid);
    world.push('payResult', { ...paidNotice(bill), payStatus: 0 });
    world.push('payResult', paidNotice(bill), { at: world.clock.now() - MINUTE });
    expect(world.takenFen(uid)).toBe(1000);
  });

  it('money for a bill that was paid in cash meanwhile is a case, also when its notice comes late and out of order', async () => {
    world = await CityWorld.open();
    const uid = await world.parked(61);
    world.push('fee', { plateNo: CAR });
    const bill = world.bill(uid);
    world.cash(bill);
    world.answer('getPayResult', { ...paidNotice(bill), resultCode: 200 });
    expect(world.push('payResult', paidNotice(bill))).toMatchObject({ success: true });
    await world.comes('a case', () => world.cases().length === 1);
    expect(world.takenFen(uid)).toBe(1000);
    expect(world.cases()).toEqual(['paid-twice 1000']);
    const other = paidNotice(bill, { orderCode: 'order-2' });
    world.answer('getPayResult', { ...other, resultCode: 200 });
    world.push('payResult', other, { at: world.clock.now() - 10 * MINUTE });
    await world.comes('another case', () => world.cases().length === 2);
    expect(world.cases()).toEqual(['paid-twice 1000', 'paid-twice 1000']);
  });

  it('is told by the name of the topic of older brokers, too', async () => {
    world = await CityWorld.open();
    const uid = await world.parked(61);
    expect(world.push('calfee', { plateNo: CAR })).toMatchObject({ message: 'uploadFee', success: true });
    expect(world.push('noticepay', paidNotice(world.bill(uid)))).toMatchObject({ message: 'confirmPayResult' });
    expect(world.takenFen(uid)).toBe(1000);
  });
});
