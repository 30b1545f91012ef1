import { describe, expect, it } from 'vitest';
import { watchWaiting } from '../../../../electron/station/platforms/shenzhen/waiting.ts';
import { OUT } from '../../../support/lane-world.ts';
import { MINUTE } from '../platform-station.ts';
import { type MoneyWorld, OK, withMoney } from './money-world.ts';

// 5 yuan for each begun hour, the first ten minutes free.

const CASH_5 = { usercouponId: 'C1', couponType: 0, discountAmount: '5.00' };

const quotes = (world: MoneyWorld, uid: string): string | undefined =>
  world.context.commands.recall('shenzhen', `quotes:${uid}`);

describe('an app that asks again and again', () => {
  it(
    'writes nothing while what it was told holds, and is told the same as long as it asks',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.quote(uid, [CASH_5]);
      const [rows, kept] = [world.rows(), quotes(world, uid)];
      for (let second = 0; second < 7 * 60; second += 5) {
        world.clock.jumpWall(5000);
        expect(await world.quote(uid, [CASH_5])).toMatchObject({ needPay: 1000 });
      }
      expect([world.rows(), quotes(world, uid)]).toEqual([rows, kept]);
      // With half of its time gone it is renewed, once.
      world.clock.jumpWall(MINUTE);
      await world.quote(uid, [CASH_5]);
      expect(world.rows()).toBe(rows + 1);
      await world.quote(uid, [CASH_5]);
      expect(world.rows()).toBe(rows + 1);
      world.clock.jumpWall(14 * MINUTE);
      expect(await world.online(uid, 'O1')).toMatchObject(OK);
      expect(world.booked(uid)).toEqual([['O1', 1000]]);
    }),
  );

  it(
    'on two phones, with a coupon and without, writes nothing either, and the clock may be set back',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.quote(uid, [CASH_5]);
      await world.quote(uid);
      const [rows, kept] = [world.rows(), quotes(world, uid)];
      await world.quote(uid, [CASH_5]);
      await world.quote(uid);
      expect([world.rows(), quotes(world, uid)]).toEqual([rows, kept]);
    }),
  );

  it(
    'at an exit writes nothing at all',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      world.car(OUT.id);
      await world.quote(uid);
      const [rows, kept] = [world.rows(), quotes(world, uid)];
      for (let nth = 0; nth < 20; nth += 1) await world.quote(uid);
      expect([world.rows(), quotes(world, uid)]).toEqual([rows, kept]);
    }),
  );

  it(
    'after the clock was set back is told what onlinePay pays',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.quote(uid);
      world.clock.jumpWall(-4 * MINUTE);
      await world.quote(uid);
      expect(await world.online(uid, 'O1')).toMatchObject(OK);
      expect(world.booked(uid)).toEqual([['O1', 1500]]);
    }),
  );
});

describe('an order that was announced and does not come', () => {
  it(
    'is a case after as long as a quote holds, once, and is booked all the same when it comes',
    withMoney(async (world) => {
      const stop = watchWaiting(world.context);
      const uid = await world.parked(125);
      await world.online(uid, 'O1');
      await world.clock.advance(14 * MINUTE);
      expect([world.cases(), world.ringing()]).toEqual([[], ['shenzhen-order-waits']]);
      await world.clock.advance(2 * MINUTE);
      expect([world.cases(), world.ringing()]).toEqual([['unknown-payment 0'], ['shenzhen-payment-case']]);
      expect(world.read.cases.search({ offset: 0, limit: 1 }).items).toMatchObject([
        { uid, plate: '粤B12345', detail: expect.stringContaining('O1') },
      ]);
      await world.online(uid, 'O1');
      await world.clock.advance(20 * MINUTE);
      expect(world.cases()).toEqual(['unknown-payment 0']);
      expect(await world.push(uid, 'O1', '15.00')).toMatchObject(OK);
      expect(world.booked(uid)).toEqual([['O1', 1500]]);
      stop();
    }),
  );

  it(
    'is remembered by the next start; what has come in time is no case',
    withMoney(async (world) => {
      const stop = watchWaiting(world.context);
      const uid = await world.parked(125);
      const other = await world.parked(125, '粤B99999');
      await world.online(uid, 'O1');
      await world.online(other, 'O2');
      await world.push(other, 'O2', '15.00');
      stop();
      world.alarms.clear('shenzhen-order-waits', 'O1');
      const again = watchWaiting(world.context);
      expect(world.ringing()).toEqual(['shenzhen-order-waits']);
      again();
      world.clock.jumpWall(16 * MINUTE);
      const last = watchWaiting(world.context);
      expect([world.cases(), world.ringing()]).toEqual([['unknown-payment 0'], ['shenzhen-payment-case']]);
      last();
    }),
  );
});
