import { describe, expect, test } from 'vitest';
import { shenzhenSettingsSchema } from '../../../../electron/station/platforms/shenzhen/config.ts';
import { type CouponBase, couponList, takenOff } from '../../../../electron/station/platforms/shenzhen/coupons.ts';
import type { Data } from '../platform-station.ts';
import { at } from './registry-world.ts';

/** 3 yuan for the first hour, 5 for each after it; the car stood for 150 minutes: 13 yuan, nothing of it paid. */
const FEES = [0, 300, 800, 1300];
const feeOf = (minutes: number): number => FEES[Math.ceil(minutes / 60)] ?? 1300;
const BASE: CouponBase = {
  ...{ dueFen: 1300, feeFen: 1300, minutes: 150, at: at('2026-03-02 12:00:00') },
  shorter: (minutes) => 1300 - feeOf(Math.max(0, 150 - minutes)),
  first: feeOf,
};

const settings = (coupons: Data = {}) =>
  shenzhenSettingsSchema.parse({
    ...{ baseUrl: 'http://127.0.0.1:1', accessKey: 'k', accessSecret: 's', parkCode: '80010001', coupons },
  }).coupons;

/** What each coupon takes off, by its id. */
function off(coupons: readonly Data[], base: Partial<CouponBase> = {}, rules: Data = {}) {
  const list = couponList().parse(coupons.map((coupon, index) => ({ usercouponId: `C${index + 1}`, ...coupon })));
  return takenOff(list, { ...BASE, ...base }, settings(rules)).map(({ couponId, amountFen }) => [couponId, amountFen]);
}

const cash = (yuan: string, more: Data = {}): Data => ({ couponType: 0, discountAmount: yuan, ...more });
const rate = (discountRate: unknown, more: Data = {}): Data => ({
  ...{ couponType: 1, discountAmount: '0', discountRate, ...more },
});
const time = (timeType: number, freeMinutes: number, more: Data = {}): Data => ({
  ...{ couponType: 3, timeType, freeMinutes, discountAmount: '0', ...more },
});
const free: Data = { couponType: 4, discountAmount: '0' };

describe('现金券', () => {
  test('takes off its yuan, and no more than is due', () => {
    expect(off([cash('5.00')])).toEqual([['C1', 500]]);
    expect(off([cash('20')])).toEqual([['C1', 1300]]);
  });

  test('counts from the fee that it demands on', () => {
    expect(off([cash('5', { minimumConsumption: '13.00' })])).toEqual([['C1', 500]]);
    expect(off([cash('5', { minimumConsumption: '13.01' })])).toEqual([]);
    // Of the fee of the whole stay: part of it was paid before.
    expect(off([cash('5', { minimumConsumption: '13' })], { dueFen: 400 })).toEqual([['C1', 400]]);
  });
});

describe('折扣券', () => {
  test('0.85 is to pay 85 %: 13 yuan less 1.95', () => {
    expect(off([rate('0.85')])).toEqual([['C1', 195]]);
    expect(off([rate(0.85)])).toEqual([['C1', 195]]);
  });

  test('takes off whole fen, never more than its share', () => {
    // A third of 10.01 yuan is 3.3366…
    expect(off([rate('0.6667')], { dueFen: 1001 })).toEqual([['C1', 333]]);
  });

  test('takes off at most maxDiscountAmount; 0 is no limit', () => {
    expect(off([rate('0.5', { maxDiscountAmount: '4.00' })])).toEqual([['C1', 400]]);
    expect(off([rate('0.5', { maxDiscountAmount: '0' })])).toEqual([['C1', 650]]);
  });

  test('means what the settings say', () => {
    expect(off([rate('0.15')], {}, { rate: 'off' })).toEqual([['C1', 195]]);
    expect(off([rate('8.5')], {}, { rate: 'tenths' })).toEqual([['C1', 195]]);
  });
});

describe('时长券', () => {
  test('减免: as though it had stood so much less, 90 minutes in place of 150', () => {
    expect(off([time(1, 60)])).toEqual([['C1', 500]]);
  });

  test('减免 in two parts is worth what it is in one', () => {
    // 40 minutes less are 110: still two begun hours. 80 less are 70: the same. 120 less are 30: one.
    expect(off([time(1, 40), time(1, 40), time(1, 40)])).toEqual([
      ['C1', 500],
      ['C3', 500],
    ]);
    expect(off([time(1, 120)])).toEqual([['C1', 1000]]);
  });

  test('定额: what its first minutes cost, the first hour 3 yuan', () => {
    expect(off([time(0, 60)])).toEqual([['C1', 300]]);
    expect(off([time(0, 150)])).toEqual([['C1', 1300]]);
    expect(off([time(0, 0)])).toEqual([]);
  });

  test('折扣: a rate of what its first minutes cost, of all of it where it names none', () => {
    expect(off([time(2, 120, { discountRate: '0.5' })])).toEqual([['C1', 400]]);
    expect(off([time(2, 0, { discountRate: '0.5' })])).toEqual([['C1', 650]]);
  });

  test('is for stays of at most parkingTime minutes, unless timeoutValid', () => {
    expect(off([time(1, 60, { parkingTime: 150 })])).toEqual([['C1', 500]]);
    expect(off([time(1, 60, { parkingTime: 149 })])).toEqual([]);
    expect(off([time(1, 60, { parkingTime: 149, timeoutValid: true })])).toEqual([['C1', 500]]);
    expect(off([time(1, 60, { parkingTime: 149, timeoutValid: 'false' })])).toEqual([]);
  });
});

describe('which, and in which order', () => {
  test('全免 takes off everything, and spends no other', () => {
    expect(off([cash('5'), rate('0.5'), free])).toEqual([['C3', 1300]]);
  });

  test('time, then rates, then money, however they are listed', () => {
    // 13 less 5 for an hour is 8; 20 % of that is 1.60; then 5.
    expect(off([cash('5'), rate('0.8'), time(1, 60)])).toEqual([
      ['C3', 500],
      ['C2', 160],
      ['C1', 500],
    ]);
    expect(off([cash('5'), rate('0.8')], {}, { order: ['cash', 'rate'] })).toEqual([
      ['C1', 500],
      ['C2', 160],
    ]);
    expect(off([cash('5'), free], {}, { order: ['cash'] })).toEqual([['C1', 500]]);
  });

  test('what takes off nothing is not used', () => {
    expect(off([cash('13'), cash('2')])).toEqual([['C1', 1300]]);
  });

  test('or the best one alone', () => {
    expect(off([cash('5'), rate('0.8'), time(1, 120)], {}, { stacking: 'best' })).toEqual([['C3', 1000]]);
  });

  test('from startDate to endDate, both inclusive; a day alone is all of it', () => {
    const now = '2026-03-02 12:00:00';
    expect(off([cash('5', { startDate: now, endDate: now })])).toEqual([['C1', 500]]);
    expect(off([cash('5', { startDate: '2026-03-02 12:00:01' })])).toEqual([]);
    expect(off([cash('5', { endDate: '2026-03-02 11:59:59' })])).toEqual([]);
    expect(off([cash('5', { endDate: '2026-03-02' })])).toEqual([['C1', 500]]);
  });
});

test('what is no coupon of table 25 is refused', () => {
  const refused = (...coupons: Data[]) =>
    couponList()
      .safeParse(coupons)
      .error?.issues.map(({ path }) => path.join('.'));
  expect(refused({ usercouponId: 'C1', couponType: 2, discountAmount: '0' })).toEqual(['0.couponType']);
  expect(refused({ usercouponId: 'C1', couponType: 7, discountAmount: '0' })).toEqual(['0.couponType']);
  expect(refused({ usercouponId: 'C1', couponType: 0 })).toEqual(['0.discountAmount']);
  expect(refused({ usercouponId: 'C1', ...rate(undefined) })).toEqual(['0.discountRate']);
  expect(refused({ usercouponId: 'C1', couponType: 3, freeMinutes: 5 })).toEqual(['0.timeType']);
  expect(refused({ usercouponId: 'C1', ...time(3, 5) })).toEqual(['0.timeType']);
  expect(refused({ ...cash('1') })).toEqual(['0.usercouponId']);
  expect(refused({ usercouponId: 'C1', ...cash('-1') })).toEqual(['0.discountAmount']);
  expect(refused({ usercouponId: 'C1', ...cash('1') }, { usercouponId: 'C1', ...cash('2') })).toEqual(['']);
  expect(couponList().parse(undefined)).toEqual([]);
  expect(couponList().parse([])).toEqual([]);
});
