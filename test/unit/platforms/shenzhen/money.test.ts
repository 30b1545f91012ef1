import { describe, expect, it } from 'vitest';
import { OUT } from '../../../support/lane-world.ts';
import { MINUTE } from '../platform-station.ts';
import { OK, PARK, withMoney } from './money-world.ts';
import { CITY } from './registry-world.ts';

// 5 yuan for each begun hour, the first ten minutes free.

const CASH_5 = { usercouponId: 'C1', couponType: 0, discountAmount: '5.00' };
const FREE = { usercouponId: 'F1', couponType: 4, discountAmount: '0' };

describe('feeQuery', () => {
  it(
    'tells what a car inside has to pay, and nothing else comes of it',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      const { enteredAt } = world.stay(uid);
      expect(await world.quote(uid, [CASH_5])).toEqual({
        ...{ recordCode: world.code(uid), plateNumber: '粤B12345', entryTime: enteredAt, queryTime: world.clock.now() },
        ...{ shouldPay: 1500, agioMoney: 500, paidMoney: 0, needPay: 1000, freeLeaveMinutes: 15, usedCoupons: ['C1'] },
      });
      expect(world.stay(uid)).toMatchObject({ paidFen: 0, discountFen: 0, discounts: [], usedDiscounts: [] });
      // A coupon belongs to nobody until it is paid with.
      expect(await world.quote(uid, [CASH_5])).toMatchObject({ agioMoney: 500, usedCoupons: ['C1'] });
      expect(await world.quote(uid)).toMatchObject({ shouldPay: 1500, agioMoney: 0, needPay: 1500, usedCoupons: [] });
    }),
  );

  it(
    'takes each kind of coupon off the fee of the tariff',
    withMoney(async (world) => {
      const uid = await world.parked(150);
      const one = async (coupon: object) => {
        const { agioMoney, needPay } = await world.quote(uid, [{ usercouponId: 'X', discountAmount: '0', ...coupon }]);
        return [agioMoney, needPay];
      };
      expect(await one({ couponType: 0, discountAmount: 3 })).toEqual([300, 1200]);
      expect(await one({ couponType: 1, discountRate: 0.85 })).toEqual([225, 1275]);
      // 150 minutes less 60 are 90: two begun hours.
      expect(await one({ couponType: 3, timeType: 1, freeMinutes: '60' })).toEqual([500, 1000]);
      // The first 60 minutes cost 5 yuan.
      expect(await one({ couponType: 3, timeType: 0, freeMinutes: 60 })).toEqual([500, 1000]);
      // The first 120 cost 10, of which half.
      expect(await one({ couponType: 3, timeType: 2, freeMinutes: 120, discountRate: '0.50' })).toEqual([500, 1000]);
      expect(await one({ couponType: 4 })).toEqual([1500, 0]);
      // Ten minutes are free by the tariff.
      expect(await one({ couponType: 3, timeType: 0, freeMinutes: 10 })).toEqual([0, 1500]);
    }),
  );

  it(
    'of what is free, paid, unknown or malformed',
    withMoney(async (world) => {
      const uid = await world.parked(5);
      const nothing = { shouldPay: 0, agioMoney: 0, paidMoney: 0, needPay: 0, usedCoupons: [] };
      expect(await world.quote(uid, [CASH_5])).toMatchObject(nothing);
      await world.refused('feeQuery', { recordCode: '2603021000000009999', parkId: PARK }, 404, '没有该停车记录');
      await world.refused(
        'feeQuery',
        { recordCode: 'f47ac10b-58cc-4372-a567-0e02b2c3d479', parkId: PARK },
        404,
        '记录',
      );
      await world.refused(
        'feeQuery',
        { recordCode: world.code(uid), parkId: PARK, couponList: [{ ...FREE, couponType: 2 }] },
        400,
        'couponList',
      );
      const odd = { usercouponId: 'R', couponType: 1, discountRate: 8.5, discountAmount: 0 };
      await world.refused('feeQuery', { recordCode: world.code(uid), parkId: PARK, couponList: [odd] }, 400, 'R');
      // Of a uid as well.
      expect(await world.done('feeQuery', { recordCode: uid, parkId: PARK })).toMatchObject({ recordCode: uid });
    }),
  );

  it(
    'of a car at an exit is the bill that stands there, with the debts that it collects',
    withMoney(async (world) => {
      const first = await world.parked(65);
      world.owes();
      expect(await world.quote(first)).toMatchObject({ shouldPay: 1000, paidMoney: 0, needPay: 1000 });
      const uid = await world.parked(65);
      world.car(OUT.id);
      // Coupons are for the stay alone.
      expect(await world.quote(uid, [FREE])).toMatchObject({ shouldPay: 2000, agioMoney: 1000, needPay: 1000 });
      expect(await world.push(uid, 'O1', '10.00')).toMatchObject(OK);
      expect(world.lanes.state(OUT.id).phase).toBe('cleared');
      expect(world.read.debts.ofStay(first)).toMatchObject([{ state: 'paid', paidFen: 1000 }]);
    }),
  );
});

describe('a payment', () => {
  it(
    'is the quote of its record, with its coupons, and is booked once whatever tells of it',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.quote(uid, [CASH_5]);
      expect(await world.online(uid, 'O1')).toMatchObject({ ...OK, data: { recordCode: world.code(uid) } });
      expect(world.booked(uid)).toEqual([['O1', 1000]]);
      expect(world.stay(uid)).toMatchObject({ paidFen: 1000, discountFen: 500 });
      const before = world.rows();
      expect(await world.push(uid, 'O1', '10.00')).toMatchObject({ ...OK, data: { orderCode: 'O1' } });
      expect(await world.push(uid, 'O1', '10.00')).toMatchObject(OK);
      expect(await world.online(uid, 'O1')).toMatchObject(OK);
      expect(world.rows()).toBe(before);
      expect(await world.quote(uid)).toMatchObject({ shouldPay: 1500, agioMoney: 500, paidMoney: 1000, needPay: 0 });
      world.car(OUT.id);
      expect(world.lanes.state(OUT.id).phase).toBe('cleared');
    }),
  );

  it(
    'by orderPush first, with how it was paid and by whom; a phone is masked',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.quote(uid, [CASH_5]);
      const beside = { payType: '2', cashier: '王', terminalCode: 'T1', phoneNumber: '13800001234', channelCode: '' };
      expect(await world.push(uid, 'O1', '10', beside)).toMatchObject(OK);
      expect(await world.online(uid, 'O1')).toMatchObject(OK);
      expect(world.booked(uid)).toEqual([['O1', 1000]]);
      expect(world.read.payments.ofStay(uid)).toMatchObject([{ method: 'alipay', scene: 'prepaid' }]);
      expect(world.read.attempts.byReference('shenzhen', 'O1')?.detail).toBe(
        '收费人员 王，自助缴费机 T1，手机 138****1234',
      );
      expect(world.told('bill-paid')).toMatchObject([{ actor: CITY }]);
    }),
  );

  it(
    'by both at once is booked once',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.quote(uid);
      const told = await Promise.all([world.online(uid, 'O1'), world.push(uid, 'O1', '15.00')]);
      expect(told).toMatchObject([OK, OK]);
      expect(world.booked(uid)).toEqual([['O1', 1500]]);
    }),
  );

  it(
    'opens the arm where its car waits at an exit',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      world.car(OUT.id);
      await world.quote(uid, [CASH_5]);
      expect(await world.online(uid, 'O1')).toMatchObject(OK);
      expect(world.lanes.state(OUT.id).phase).toBe('cleared');
      expect(world.booked(uid)).toEqual([['O1', 1000]]);
    }),
  );

  it(
    'of a quote from before it drove to the exit counts there, with its coupons',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.quote(uid, [CASH_5]);
      world.clock.jumpWall(2 * MINUTE);
      world.car(OUT.id);
      expect(await world.push(uid, 'O1', '10.00')).toMatchObject(OK);
      expect(world.lanes.state(OUT.id).phase).toBe('cleared');
      expect(world.booked(uid)).toEqual([['O1', 1000]]);
    }),
  );

  it(
    'told late is worth what the driver was told, and buys no time',
    withMoney(async (world) => {
      const uid = await world.parked(119);
      const { enteredAt } = world.stay(uid);
      await world.quote(uid, [CASH_5]);
      world.clock.jumpWall(40 * MINUTE);
      // 10 yuan less 5, while by now it would be 15.
      expect(await world.push(uid, 'O1', '5.00')).toMatchObject(OK);
      expect(world.booked(uid)).toEqual([['O1', 500]]);
      expect(world.stay(uid).lastPaidAt).toBe(enteredAt + (119 + 15) * MINUTE);
      expect(world.cases()).toEqual([]);
    }),
  );

  it(
    'of 0 yuan grants the coupons, and books no money',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      expect(await world.quote(uid, [FREE])).toMatchObject({ needPay: 0, agioMoney: 1500 });
      expect(await world.online(uid, 'O1')).toMatchObject(OK);
      expect(await world.push(uid, 'O1', '0')).toMatchObject(OK);
      expect(world.takenFen(uid)).toBe(0);
      expect(world.stay(uid)).toMatchObject({ paidFen: 0, discountFen: 1500 });
      world.car(OUT.id);
      expect(world.lanes.state(OUT.id).phase).toBe('cleared');
    }),
  );

  it(
    'of 0 yuan where nothing is due is taken, and where something is it is not',
    withMoney(async (world) => {
      const uid = await world.parked(5);
      await world.quote(uid);
      expect(await world.online(uid, 'O1')).toMatchObject(OK);
      expect(await world.push(uid, 'O1', '0.00')).toMatchObject(OK);
      const other = await world.parked(65, '粤B99999');
      expect(await world.push(other, 'O2', '0.00')).toMatchObject({ code: 1 });
      expect([world.read.payments.ofStay(uid), world.read.payments.ofStay(other)]).toEqual([[], []]);
    }),
  );

  it(
    'with payStatus 0 credits nothing',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.quote(uid);
      expect(await world.online(uid, 'O1', { payStatus: 0 })).toMatchObject(OK);
      expect(world.takenFen(uid)).toBe(0);
      expect(await world.online(uid, 'O1')).toMatchObject(OK);
      expect(world.takenFen(uid)).toBe(1500);
    }),
  );
});
