import { describe, expect, it } from 'vitest';
import { tellOfWaiting } from '../../../../electron/station/platforms/shenzhen/order-trouble.ts';
import { OUT } from '../../../support/lane-world.ts';
import { ANNA, MINUTE } from '../platform-station.ts';
import { OK, withMoney } from './money-world.ts';

// 5 yuan for each begun hour, the first ten minutes free.

const CASH_5 = { usercouponId: 'C1', couponType: 0, discountAmount: '5.00' };
const FREE = { usercouponId: 'F1', couponType: 4, discountAmount: '0' };

describe('without a quote that holds', () => {
  it(
    'onlinePay waits for orderPush, also when the record is asked about meanwhile',
    withMoney(async (world) => {
      const uid = await world.parked(110);
      await world.quote(uid);
      world.clock.jumpWall(16 * MINUTE);
      expect(await world.online(uid, 'O1')).toMatchObject(OK);
      expect([world.takenFen(uid), world.ringing()]).toEqual([0, ['shenzhen-order-waits']]);
      await world.quote(uid);
      expect(await world.online(uid, 'O1')).toMatchObject(OK);
      expect(world.takenFen(uid)).toBe(0);
      expect(await world.push(uid, 'O1', '15.00')).toMatchObject(OK);
      expect([world.booked(uid), world.ringing()]).toEqual([[['O1', 1500]], []]);
    }),
  );

  it(
    'the alarm stands again after a start, until the order has come',
    withMoney(async (world) => {
      const uid = await world.parked(110);
      await world.online(uid, 'O1');
      world.alarms.clear('shenzhen-order-waits', 'O1');
      expect(world.ringing()).toEqual([]);
      tellOfWaiting(world.context);
      expect(world.ringing()).toEqual(['shenzhen-order-waits']);
      expect(await world.push(uid, 'O1', '10.00')).toMatchObject(OK);
      tellOfWaiting(world.context);
      expect(world.ringing()).toEqual([]);
    }),
  );

  it(
    'it pays what is due, where the site says so',
    withMoney(
      async (world) => {
        const uid = await world.parked(125);
        expect(await world.online(uid, 'O1')).toMatchObject(OK);
        expect(world.booked(uid)).toEqual([['O1', 1500]]);
      },
      { settings: { payments: { withoutQuote: 'due' } } },
    ),
  );

  it(
    'it is refused, where the site says so',
    withMoney(
      async (world) => {
        const uid = await world.parked(125);
        expect(await world.online(uid, 'O1')).toMatchObject({ code: 1 });
        expect(await world.push(uid, 'O1', '15')).toMatchObject(OK);
      },
      { settings: { payments: { withoutQuote: 'refuse' } } },
    ),
  );
});

describe('another sum than is due', () => {
  it(
    'is a part, and the rest is asked for at the exit',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      expect(await world.push(uid, 'O1', '6.00')).toMatchObject(OK);
      expect(world.booked(uid)).toEqual([['O1', 600]]);
      world.car(OUT.id);
      expect(world.lanes.state(OUT.id).phase).toBe('charging');
      expect(world.bill(uid)).toMatchObject({ paidFen: 600, dueFen: 900 });
      expect(await world.push(uid, 'O2', '4')).toMatchObject(OK);
      expect(world.lanes.state(OUT.id).phase).toBe('charging');
      expect(await world.push(uid, 'O3', '5')).toMatchObject(OK);
      expect(world.lanes.state(OUT.id).phase).toBe('cleared');
      expect(Object.fromEntries(world.booked(uid))).toEqual({ O1: 600, O2: 400, O3: 500 });
      expect(world.cases()).toEqual([]);
    }),
  );

  it(
    'is too much: the surplus is a case with a refund, and an alarm until it is closed',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.quote(uid, [CASH_5]);
      expect(await world.push(uid, 'O1', '12.00')).toMatchObject(OK);
      expect(world.booked(uid)).toEqual([['O1', 1000]]);
      expect([world.cases(), world.ringing()]).toEqual([['paid-twice 200'], ['shenzhen-payment-case']]);
      expect(world.read.refunds.ofStay(uid)).toMatchObject([{ amountFen: 200, state: 'requested' }]);
      const [open] = world.read.cases.search({ offset: 0, limit: 1 }).items;
      const actor = { kind: 'user', name: 'boss' } as const;
      world.payments.cases.close(open?.id ?? '', '已退', { actor, role: 'admin' });
      await world.clock.advance(0);
      expect(world.ringing()).toEqual([]);
    }),
  );

  it(
    'under a known number is refused: a case, an alarm, nothing booked',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.quote(uid);
      await world.online(uid, 'O1');
      expect(await world.push(uid, 'O1', '14.00')).toMatchObject({ code: 1 });
      expect(await world.push(uid, 'O1', '14.00')).toMatchObject({ code: 1 });
      const other = await world.parked(65, '粤B99999');
      expect(await world.push(other, 'O1', '15.00')).toMatchObject({ code: 1 });
      expect([world.takenFen(uid), world.takenFen(other)]).toEqual([1500, 0]);
      expect(world.cases().sort()).toEqual(['unknown-payment 1400', 'unknown-payment 1500']);
      expect(world.ringing()).toEqual(['shenzhen-payment-case', 'shenzhen-payment-case']);
    }),
  );

  it(
    'by another order, when all is paid, is a case with a refund',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.quote(uid);
      await world.online(uid, 'O1');
      expect(await world.push(uid, 'O2', '15.00')).toMatchObject(OK);
      expect(await world.push(uid, 'O2', '15.00')).toMatchObject(OK);
      expect(world.booked(uid)).toEqual([['O1', 1500]]);
      expect([world.cases(), world.ringing()]).toEqual([['paid-twice 1500'], ['shenzhen-payment-case']]);
      expect(world.read.refunds.ofStay(uid)).toMatchObject([{ amountFen: 1500 }]);
    }),
  );

  it(
    'for what the booth took in cash meanwhile is a case with a refund, and its coupons are nobody’s',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.quote(uid, [CASH_5]);
      world.cash(world.bill(uid));
      expect(await world.push(uid, 'O1', '10.00')).toMatchObject(OK);
      expect(world.cases()).toEqual(['paid-twice 1000']);
      const other = await world.parked(65, '粤B99999');
      expect(await world.quote(other, [CASH_5])).toMatchObject({ usedCoupons: ['C1'] });
    }),
  );

  it(
    'for a record that nobody knows is 404 and a case, also where its plate is inside',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      const order = { recordCode: '2603021000000009999' };
      expect(await world.push(uid, 'O1', '15.00', order)).toMatchObject({ code: 404 });
      expect(await world.push(uid, 'O1', '15.00', order)).toMatchObject({ code: 404 });
      expect(await world.online(uid, 'O2', order)).toMatchObject({ code: 404 });
      expect(world.takenFen(uid)).toBe(0);
      expect(world.cases()).toContain('unknown-payment 1500');
    }),
  );
});

describe('coupons', () => {
  it(
    'are used once: what another order paid with takes nothing off any more',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      const other = await world.parked(65, '粤B99999');
      await world.quote(uid, [CASH_5]);
      expect(await world.quote(other, [CASH_5])).toMatchObject({ needPay: 500 });
      await world.online(uid, 'O1');
      expect(await world.quote(other, [CASH_5])).toMatchObject({ needPay: 1000, usedCoupons: [] });
      // Paid by the sum that was told before: a part, for the coupon is gone.
      expect(await world.push(other, 'O2', '5.00')).toMatchObject(OK);
      expect(world.stay(other)).toMatchObject({ paidFen: 500, discountFen: 0 });
      expect(await world.quote(other)).toMatchObject({ paidMoney: 500, needPay: 500 });
    }),
  );

  it(
    'stand in the books by their numbers, beside what was granted before',
    withMoney(async (world) => {
      const uid = await world.parked(150);
      expect(await world.free(uid, 'g1', '1')).toMatchObject({ ...OK, data: { shouldPay: 1000 } });
      expect(await world.quote(uid, [CASH_5])).toMatchObject({ shouldPay: 1500, agioMoney: 1000, needPay: 500 });
      await world.online(uid, 'O1');
      expect(world.stay(uid)).toMatchObject({ paidFen: 500, discountFen: 1000 });
      expect(world.stay(uid).usedDiscounts.map(({ discount, amountFen }) => [discount.origin, amountFen])).toEqual([
        ['shenzhen（减免时长）', 500],
        ['优惠券 C1', 500],
      ]);
    }),
  );
});

describe('a car that left owing', () => {
  it(
    'pays its debt, whole or in parts; what is over is a case',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      world.owes();
      expect(await world.quote(uid)).toMatchObject({ shouldPay: 1500, agioMoney: 0, paidMoney: 0, needPay: 1500 });
      expect(await world.push(uid, 'O1', '6.00')).toMatchObject(OK);
      expect(world.read.debts.ofStay(uid)).toMatchObject([{ state: 'open', amountFen: 1500, paidFen: 600 }]);
      expect(await world.quote(uid)).toMatchObject({ shouldPay: 1500, paidMoney: 600, needPay: 900 });
      expect(await world.online(uid, 'O2')).toMatchObject(OK);
      expect(await world.push(uid, 'O2', '9.00')).toMatchObject(OK);
      expect(world.read.debts.ofStay(uid)).toMatchObject([{ state: 'paid' }]);
      expect(world.stay(uid)).toMatchObject({ paidFen: 1500, owedFen: 0 });
      expect(world.cases()).toEqual([]);
      expect(await world.push(uid, 'O3', '1.00')).toMatchObject(OK);
      expect(world.cases()).toEqual(['paid-twice 100']);
    }),
  );

  it(
    'pays it with coupons: the debt shrinks by them',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      world.owes();
      const hour = { usercouponId: 'T1', couponType: 3, timeType: 1, freeMinutes: 60, discountAmount: '0' };
      expect(await world.quote(uid, [hour, { ...CASH_5, discountAmount: '2' }])).toMatchObject({
        ...{ shouldPay: 1500, agioMoney: 700, paidMoney: 0, needPay: 800, usedCoupons: ['T1', 'C1'] },
      });
      expect(await world.online(uid, 'O1')).toMatchObject(OK);
      expect(world.read.debts.ofStay(uid)).toMatchObject([{ state: 'paid', amountFen: 800, paidFen: 800 }]);
      expect(world.stay(uid)).toMatchObject({ paidFen: 800, discountFen: 700, owedFen: 0 });
      expect(await world.quote(uid)).toMatchObject({ shouldPay: 1500, agioMoney: 700, paidMoney: 800, needPay: 0 });
    }),
  );

  it(
    'pays it with nothing but a coupon',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      world.owes();
      expect(await world.push(uid, 'O0', '0')).toMatchObject({ code: 1 });
      expect(world.read.bills.open(uid)).toBeUndefined();
      expect(await world.quote(uid, [FREE])).toMatchObject({ needPay: 0, agioMoney: 1500 });
      expect(await world.push(uid, 'O1', '0')).toMatchObject(OK);
      expect(world.read.debts.ofStay(uid)).toMatchObject([{ state: 'paid', amountFen: 0, paidFen: 0 }]);
      expect(world.stay(uid)).toMatchObject({ paidFen: 0, discountFen: 1500, owedFen: 0 });
    }),
  );

  it(
    'by a quote from before it left pays what it owed, with its coupons',
    withMoney(async (world) => {
      const uid = await world.parked(115);
      await world.quote(uid, [CASH_5]);
      world.clock.jumpWall(20 * MINUTE);
      world.owes();
      // It was told 10 less 5; the bill ran out, and it owes 15.
      expect(await world.push(uid, 'O1', '5.00')).toMatchObject(OK);
      expect(world.booked(uid)).toEqual([['O1', 500]]);
      expect(world.read.debts.ofStay(uid)).toMatchObject([{ state: 'open', amountFen: 1000, paidFen: 500 }]);
      expect(await world.quote(uid)).toMatchObject({ shouldPay: 1500, agioMoney: 500, paidMoney: 500, needPay: 500 });
      expect(await world.online(uid, 'O2')).toMatchObject(OK);
      expect(world.stay(uid)).toMatchObject({ paidFen: 1000, discountFen: 500, owedFen: 0 });
    }),
  );

  it(
    'or was let go for nothing: a person decides',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      world.car(OUT.id);
      await world.quote(uid);
      world.lanes.order(OUT.id, { type: 'release', reason: '系统故障', actor: ANNA });
      expect(await world.quote(uid)).toMatchObject({ needPay: 0 });
      expect(await world.push(uid, 'O1', '15.00')).toMatchObject(OK);
      expect(world.takenFen(uid)).toBe(0);
      expect(world.cases()).toContain('late-payment 1500');
      expect(world.ringing()).toEqual(['shenzhen-payment-case']);
    }),
  );
});
