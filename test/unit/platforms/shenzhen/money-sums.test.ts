import { describe, expect, it } from 'vitest';
import { IN, OUT } from '../../../support/lane-world.ts';
import { ANNA, MINUTE } from '../platform-station.ts';
import { type MoneyWorld, OK, withMoney } from './money-world.ts';

// 5 yuan for each begun hour, the first ten minutes free.

const CASH_5 = { usercouponId: 'C1', couponType: 0, discountAmount: '5.00' };
const MANAGER = { kind: 'user', name: 'boss' } as const;

const details = (world: MoneyWorld): string[] =>
  world.read.cases.search({ offset: 0, limit: 10 }).items.map(({ detail }) => detail);

const refunds = (world: MoneyWorld, uid: string): number[] =>
  world.read.refunds.ofStay(uid).map(({ amountFen }) => amountFen);

/** What must hold of every answer to a question. */
async function figures(world: MoneyWorld, uid: string) {
  const { shouldPay, agioMoney, paidMoney, needPay } = await world.quote(uid);
  expect(Number(shouldPay) - Number(agioMoney) - Number(paidMoney)).toBe(needPay);
  return { shouldPay, agioMoney, paidMoney, needPay };
}

describe('onlinePay, where the record was told more than one sum', () => {
  it(
    'waits for the order, which is booked as it says, with its coupons',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.quote(uid, [CASH_5]);
      await world.quote(uid);
      expect(await world.online(uid, 'O1')).toMatchObject(OK);
      expect([world.booked(uid), world.ringing()]).toEqual([[], ['shenzhen-order-waits']]);
      expect(await world.push(uid, 'O1', '10.00')).toMatchObject(OK);
      expect([world.booked(uid), world.ringing()]).toEqual([[['O1', 1000]], []]);
      expect(world.stay(uid)).toMatchObject({ paidFen: 1000, discountFen: 500 });
      expect(world.cases()).toEqual([]);
    }),
  );

  it(
    'waits also where it would book what is due without a quote',
    withMoney(
      async (world) => {
        const uid = await world.parked(125);
        await world.quote(uid, [CASH_5]);
        await world.quote(uid);
        expect(await world.online(uid, 'O1')).toMatchObject(OK);
        expect(world.takenFen(uid)).toBe(0);
      },
      { settings: { payments: { withoutQuote: 'due' } } },
    ),
  );

  it(
    'is refused where the site wants no order without a quote',
    withMoney(
      async (world) => {
        const uid = await world.parked(125);
        await world.quote(uid, [CASH_5]);
        await world.quote(uid);
        expect(await world.online(uid, 'O1')).toMatchObject({ code: 1, msg: expect.stringContaining('不止一个') });
        expect(await world.push(uid, 'O1', '10.00')).toMatchObject(OK);
        expect(world.stay(uid)).toMatchObject({ paidFen: 1000, discountFen: 500 });
      },
      { settings: { payments: { withoutQuote: 'refuse' } } },
    ),
  );

  it(
    'pays where only one of them still holds, or all are the same sum',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.quote(uid, [CASH_5]);
      world.clock.jumpWall(16 * MINUTE);
      await world.quote(uid);
      await world.quote(uid);
      expect(await world.online(uid, 'O1')).toMatchObject(OK);
      expect(world.booked(uid)).toEqual([['O1', 1500]]);
    }),
  );

  it(
    'and an order that then says otherwise: the case names both sums',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.quote(uid);
      await world.online(uid, 'O1');
      expect(await world.push(uid, 'O1', '4.00')).toMatchObject({ code: 1 });
      expect(world.booked(uid)).toEqual([['O1', 1500]]);
      expect(details(world)).toEqual([expect.stringMatching(/已入账 15\.00 元（.*未带金额.*4\.00 元/)]);
    }),
  );
});

describe('an order over 0 yuan that was waited for', () => {
  it(
    'has come: nothing is booked, and nobody waits any more',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.online(uid, 'O1');
      expect(world.ringing()).toEqual(['shenzhen-order-waits']);
      expect(await world.push(uid, 'O1', '0')).toMatchObject(OK);
      expect(await world.push(uid, 'O1', '0')).toMatchObject(OK);
      expect([world.takenFen(uid), world.ringing(), world.cases()]).toEqual([0, [], []]);
      expect(await world.quote(uid)).toMatchObject({ needPay: 1500 });
    }),
  );
});

describe('a stay that costs less by the time at which its quote is paid', () => {
  it(
    'because time was granted: it pays what is due, and gets the rest back',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.quote(uid);
      expect(await world.free(uid, 'r-1', '1')).toMatchObject({ data: { shouldPay: 1000 } });
      expect(await world.online(uid, 'O1')).toMatchObject(OK);
      expect(world.booked(uid)).toEqual([['O1', 1000]]);
      expect(world.stay(uid)).toMatchObject({ paidFen: 1000, discountFen: 500, discounts: [] });
      expect([world.cases(), refunds(world, uid)]).toEqual([['paid-twice 500'], [500]]);
      expect(world.ringing()).toEqual(['shenzhen-payment-case']);
      expect(await world.push(uid, 'O1', '15.00')).toMatchObject(OK);
      expect(refunds(world, uid)).toEqual([500]);
    }),
  );

  it(
    'also at the exit where it waits',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      world.car(OUT.id);
      await world.quote(uid);
      await world.free(uid, 'r-1', '1');
      expect(await world.push(uid, 'O1', '15.00')).toMatchObject(OK);
      expect(world.lanes.state(OUT.id).phase).toBe('cleared');
      expect([world.booked(uid), refunds(world, uid)]).toEqual([[['O1', 1000]], [500]]);
    }),
  );

  it(
    'because all of it was granted: everything goes back, once, and it leaves for nothing',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.quote(uid);
      await world.free(uid, 'r-1', '24');
      expect(await world.online(uid, 'O1')).toMatchObject(OK);
      expect(await world.push(uid, 'O1', '15.00')).toMatchObject(OK);
      expect([world.takenFen(uid), world.cases(), refunds(world, uid)]).toEqual([0, ['paid-twice 1500'], [1500]]);
      expect(world.ringing()).toEqual(['shenzhen-payment-case']);
      world.car(OUT.id);
      expect(world.lanes.state(OUT.id).phase).toBe('cleared');
      expect(world.stay(uid)).toMatchObject({ paidFen: 0, discountFen: 1500 });
    }),
  );

  it(
    'because its entry was put right',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.quote(uid);
      const enteredAt = world.clock.now() - 65 * MINUTE;
      world.correct(uid, { enteredAt });
      expect(await world.online(uid, 'O1')).toMatchObject(OK);
      expect([world.booked(uid), refunds(world, uid)]).toEqual([[['O1', 1000]], [500]]);
    }),
  );
});

describe('the figures of a record', () => {
  it(
    'that was let go: the charge, and that all of it was taken off',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      world.car(OUT.id);
      world.lanes.order(OUT.id, { type: 'release', reason: '系统故障', actor: ANNA });
      const told = { shouldPay: 1500, agioMoney: 1500, paidMoney: 0, needPay: 0 };
      expect(await figures(world, uid)).toEqual(told);
      world.car(IN.id, '粤B55555');
      expect(await figures(world, uid)).toEqual(told);
    }),
  );

  it(
    'that paid a part and was let go for the rest, or whose debt was cancelled',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.push(uid, 'O1', '6.00');
      world.owes();
      expect(await figures(world, uid)).toEqual({ shouldPay: 1500, agioMoney: 0, paidMoney: 600, needPay: 900 });
      const [debt] = world.read.debts.ofStay(uid);
      world.registry.debts.cancel(debt?.id ?? '', '协商', MANAGER);
      expect(await figures(world, uid)).toEqual({ shouldPay: 1500, agioMoney: 900, paidMoney: 600, needPay: 0 });
    }),
  );

  it(
    'whose fee was put right after it had paid and left',
    withMoney(async (world) => {
      const uid = await world.parked(65);
      await world.push(uid, 'O1', '10.00');
      world.car(OUT.id);
      await world.clock.advance(2 * MINUTE);
      expect(world.stay(uid).status).toBe('left');
      world.correct(uid, { feeFen: 1500 });
      expect(await figures(world, uid)).toMatchObject({ shouldPay: 1500, paidMoney: 1000, agioMoney: 500, needPay: 0 });
    }),
  );
});
