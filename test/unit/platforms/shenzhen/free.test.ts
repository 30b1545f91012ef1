import { describe, expect, it } from 'vitest';
import { OUT } from '../../../support/lane-world.ts';
import { OK, PARK, withMoney } from './money-world.ts';

// 5 yuan for each begun hour, the first ten minutes free.

describe('freeTimeDown', () => {
  it(
    'takes hours off what a car inside will pay, once for each request',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      expect(await world.free(uid, 'r-1', '1')).toMatchObject({
        ...OK,
        data: { recordCode: world.code(uid), shouldPay: 1000 },
      });
      const before = world.rows();
      expect(await world.free(uid, 'r-1', '1')).toMatchObject({ ...OK, data: { shouldPay: 1000 } });
      expect(world.rows()).toBe(before);
      // Five minutes are left: free.
      expect(await world.free(uid, 'r-2', '1.0')).toMatchObject({ ...OK, data: { shouldPay: 0 } });
      expect(world.stay(uid).discounts.map(({ kind, value }) => [kind, value])).toEqual([
        ['minutes', 60],
        ['minutes', 60],
      ]);
    }),
  );

  it(
    'is not granted again once a bill has used it',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.free(uid, 'r-1', '1');
      await world.quote(uid);
      await world.online(uid, 'O1');
      expect(await world.free(uid, 'r-1', '1')).toMatchObject({ ...OK, data: { shouldPay: 0 } });
      expect(world.stay(uid)).toMatchObject({ paidFen: 1000, discountFen: 500, discounts: [] });
    }),
  );

  it(
    'counts begun minutes, and no more than is said',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      for (const [index, hours] of ['0.5', '0.1', '0.35', '0.001', '1.50'].entries())
        expect(await world.free(uid, `r-${index}`, hours)).toMatchObject(OK);
      expect(world.stay(uid).discounts.map(({ value }) => value)).toEqual([30, 6, 21, 1, 90]);
      expect(await world.free(uid, 'r-x', '0')).toMatchObject({ code: 400 });
      expect(await world.free(uid, 'r-x', '-1')).toMatchObject({ code: 400 });
      expect(await world.free(uid, 'r-x', '两')).toMatchObject({ code: 400 });
    }),
  );

  it(
    'counts minutes, where the site says so',
    withMoney(
      async (world) => {
        const uid = await world.parked(125);
        await world.free(uid, 'r-1', '90');
        expect(world.stay(uid).discounts.map(({ value }) => value)).toEqual([90]);
      },
      { settings: { freeTime: { unit: 'minutes' } } },
    ),
  );

  it(
    'fits plate and colour to the record; colours come as words, too',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      expect(await world.free(uid, 'r-1', '1', { plateNumber: '粤B00000' })).toMatchObject({ code: 404 });
      expect(await world.free(uid, 'r-2', '1', { plateColor: '1' })).toMatchObject({ code: 1 });
      expect(await world.free(uid, 'r-3', '1', { plateColor: '红' })).toMatchObject(OK);
      expect(await world.free(uid, 'r-4', '1', { plateColor: '蓝', plateNumber: '粤B·12345' })).toMatchObject(OK);
      expect(world.stay(uid).discounts).toHaveLength(2);
      const data = { plateNumber: '粤B12345', plateColor: 0, parkId: PARK, freeHour: '1' };
      await world.refused('freeTimeDown', { recordCode: '2603021000000009999', ...data }, 404, '记录');
    }),
  );

  it(
    'makes the bill anew that stands at an exit, and an open one inside',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.quote(uid);
      await world.free(uid, 'r-1', '1');
      expect(await world.quote(uid)).toMatchObject({ shouldPay: 1500, agioMoney: 500, needPay: 1000 });
      world.car(OUT.id);
      expect(await world.free(uid, 'r-2', '2')).toMatchObject({ ...OK, data: { shouldPay: 0 } });
      expect(world.lanes.state(OUT.id).phase).toBe('cleared');
    }),
  );

  it(
    'is refused for a car that has left',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      world.owes();
      expect(await world.free(uid, 'r-1', '1')).toMatchObject({ code: 1, msg: expect.stringContaining('离场') });
    }),
  );
});
