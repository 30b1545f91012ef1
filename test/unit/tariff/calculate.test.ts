import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calculateFee } from '../../../electron/station/tariff/calculate.ts';
import { feeSchema, type Tariff, tariffSchema } from '../../../shared/domain/tariff.ts';
import type { PeriodRule } from '../../../shared/domain/tariff-rule.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';

const ENTERED = Date.parse('2026-03-02T08:00:00+08:00');
const DAY = 1440;

const tariffOf = (...rules: unknown[]): Tariff => tariffSchema.parse({ id: 't', name: '测试', rules });
const small = (rule: object): Tariff => tariffOf({ vehicleClasses: ['small'], ...rule });

function feeOf(tariff: Tariff, minutes: number, vehicleClass: VehicleClass = 'small') {
  const fee = calculateFee(tariff, { enteredAt: ENTERED, exitedAt: ENTERED + minutes * 60_000, vehicleClass });
  if (!fee) throw new Error('no rule');
  return feeSchema.parse(fee);
}

/** 15 minutes free, 5 yuan for the first hour, 2 yuan each half hour, 30 yuan a day. */
const street = small({
  freeMinutes: 15,
  firstPeriod: { minutes: 60, feeFen: 500 },
  followingPeriod: { minutes: 30, feeFen: 200 },
  capPer24hFen: 3000,
});
const deducted = small({
  freeMinutes: 30,
  freeMinutesMode: 'deducted',
  firstPeriod: { minutes: 60, feeFen: 300 },
  followingPeriod: { minutes: 60, feeFen: 200 },
  capPer24hFen: 2000,
});
const deductedUncapped = small({
  freeMinutes: 30,
  freeMinutesMode: 'deducted',
  followingPeriod: { minutes: 60, feeFen: 200 },
});
const hourly = small({ followingPeriod: { minutes: 60, feeFen: 400 } });
const fiftyRestart = small({ followingPeriod: { minutes: 50, feeFen: 100 } });
const fiftyContinue = small({ followingPeriod: { minutes: 50, feeFen: 100 }, eachDay: 'continue' });
const fiftyContinueCapped = small({
  followingPeriod: { minutes: 50, feeFen: 100 },
  eachDay: 'continue',
  capPer24hFen: 2000,
});
const hotel = small({
  firstPeriod: { minutes: 120, feeFen: 1000 },
  followingPeriod: { minutes: 60, feeFen: 300 },
  capPer24hFen: 4000,
  eachDay: 'continue',
});
const longFirst = small({
  firstPeriod: { minutes: 2000, feeFen: 5000 },
  followingPeriod: { minutes: 60, feeFen: 100 },
  eachDay: 'continue',
});
const coach = tariffOf(
  { vehicleClasses: ['small'], followingPeriod: { minutes: 60, feeFen: 400 } },
  { vehicleClasses: ['medium', 'large'], freeMinutes: 5, followingPeriod: { minutes: 60, feeFen: 1000 } },
);

describe('fees worked out by hand', () => {
  it.each([
    ['nothing parked', street, 0, 0],
    ['exactly the free minutes', street, 15, 0],
    ['one minute over: charged from the first minute', street, 16, 500],
    ['exactly the first period', street, 60, 500],
    ['one minute into the second period', street, 61, 700],
    ['exactly the second period', street, 90, 700],
    ['third period begun', street, 91, 900],
    ['last minute below the cap', street, 420, 2900],
    ['the cap binds', street, 421, 3000],
    ['24 hours exactly', street, DAY, 3000],
    ['24 hours and a minute: first period again, no free minutes again', street, DAY + 1, 3500],
    ['24 hours and 61 minutes', street, DAY + 61, 3700],
    ['two days', street, 2 * DAY, 6000],
    ['two days and seven hours', street, 2 * DAY + 421, 9000],
    ['deducted: exactly the free minutes', deducted, 30, 0],
    ['deducted: first period begins after them', deducted, 31, 300],
    ['deducted: first period ends at 90', deducted, 90, 300],
    ['deducted: second period from 91', deducted, 91, 500],
    ['deducted: windows still count from the entry', deducted, DAY + 1, 2300],
    // (1440 - 30) / 60 = 23.5, so 24 hours cost 24 periods; the next minute begins a new window
    ['deducted without cap: 24 hours', deductedUncapped, DAY, 4800],
    ['deducted without cap: a minute more', deductedUncapped, DAY + 1, 5000],
    ['no free minutes: under a minute is nothing', hourly, 0, 0],
    ['no free minutes: one minute', hourly, 1, 400],
    ['no first period: 24 hours', hourly, DAY, 9600],
    ['no first period: 24 hours and a minute', hourly, DAY + 1, 10_000],
    ['restart: the period under way at 24 hours is charged whole and another begins', fiftyRestart, DAY + 1, 3000],
    ['continue: the period under way at 24 hours runs on', fiftyContinue, DAY + 1, 2900],
    ['continue, capped: a period belongs to the day it begins in', fiftyContinueCapped, DAY + 10, 2000],
    ['continue, capped: the next one begins at 1450', fiftyContinueCapped, DAY + 11, 2100],
    ['continue: first day capped', hotel, DAY, 4000],
    ['continue: no first period on the second day', hotel, DAY + 1, 4300],
    ['continue: second day capped too', hotel, 2 * DAY, 8000],
    ['a first period longer than a day', longFirst, 2000, 5000],
    ['a first period longer than a day, and one hour', longFirst, 2001, 5100],
  ] as const)('%s', (_name, tariff, minutes, expected) => {
    expect(feeOf(tariff, minutes).feeFen).toBe(expected);
  });

  it('prices each class by its own rule', () => {
    expect(feeOf(coach, 61, 'small').feeFen).toBe(800);
    expect(feeOf(coach, 61, 'large').feeFen).toBe(2000);
    expect(feeOf(coach, 5, 'medium').feeFen).toBe(0);
  });

  it('has no fee for a class without a rule', () => {
    expect(calculateFee(street, { enteredAt: 0, exitedAt: 1e9, vehicleClass: 'large' })).toBeUndefined();
  });

  it('drops seconds and treats an exit before the entry as no time at all', () => {
    const at = (exitedAt: number) => calculateFee(street, { enteredAt: ENTERED, exitedAt, vehicleClass: 'small' });
    expect(at(ENTERED + 15 * 60_000 + 59_999)?.feeFen).toBe(0);
    expect(at(ENTERED - 86_400_000)).toMatchObject({ feeFen: 0, minutes: 0 });
  });
});

describe('a stay of seconds', () => {
  it('has begun its first period where nothing is free, and is free where a minute is', () => {
    const afterTenSeconds = (tariff: Tariff) =>
      calculateFee(tariff, { enteredAt: ENTERED, exitedAt: ENTERED + 10_000, vehicleClass: 'small' });
    expect(afterTenSeconds(hourly)).toMatchObject({ minutes: 1, feeFen: feeOf(hourly, 60).feeFen });
    expect(afterTenSeconds(street)).toMatchObject({ minutes: 1, feeFen: 0 });
    expect(feeOf(hourly, 60).feeFen).toBeGreaterThan(0);
  });
});

describe('explanation', () => {
  const texts = (tariff: Tariff, minutes: number): string[] => feeOf(tariff, minutes).steps.map((step) => step.text);

  it('says what is free', () => {
    expect(texts(street, 15)).toEqual(['15分钟内免费']);
    expect(texts(hourly, 0)).toEqual(['停车不足1分钟，不收费']);
  });

  it('names periods, units and cap, and says that the free time was exceeded', () => {
    expect(texts(street, 150)).toEqual([
      '首60分钟 5.00元（已超过15分钟免费时间，从入场起计费）',
      '之后每30分钟 2.00元 × 3 = 6.00元',
    ]);
    expect(texts(street, DAY + 1)).toEqual([
      '首60分钟 5.00元（已超过15分钟免费时间，从入场起计费）',
      '之后每30分钟 2.00元 × 46 = 92.00元',
      '第1个24小时封顶 30.00元，减免 67.00元',
      '第2个24小时 首60分钟 5.00元',
    ]);
    expect(texts(hourly, 61)).toEqual(['每60分钟 4.00元 × 2 = 8.00元']);
  });

  it('gives each step its span of time', () => {
    expect(feeOf(deducted, 100).steps).toMatchObject([
      { kind: 'free-deducted', from: '2026-03-02T08:00:00.000+08:00', to: '2026-03-02T08:30:00.000+08:00' },
      { kind: 'first-period', from: '2026-03-02T08:30:00.000+08:00', minutes: 60, amountFen: 300 },
      { kind: 'following-periods', to: '2026-03-02T09:40:00.000+08:00', minutes: 10, units: 1, unitFen: 200 },
    ]);
  });

  it('stays short for a stay of years, and never asks for more than the largest fee', () => {
    const threeYears = feeOf(street, 1095 * DAY + 1);
    expect(threeYears.feeFen).toBe(1095 * 3000 + 500);
    expect(threeYears.steps.map((step) => step.text)).toEqual([
      '第1至1095个24小时，每个24小时 30.00元 × 1095 = 32850.00元',
      '第1096个24小时 首60分钟 5.00元',
    ]);
    const century = feeOf(street, 36_500 * DAY);
    expect(century.feeFen).toBe(10_000_000);
    expect(century.steps.at(-1)).toMatchObject({ kind: 'limit', amountFen: 10_000_000 - 36_500 * 3000 });
  });
});

const fen = fc.integer({ min: 0, max: 5000 });
const period = fc.record({ minutes: fc.integer({ min: 1, max: 3000 }), feeFen: fen });
const rule: fc.Arbitrary<Tariff> = fc
  .record(
    {
      freeMinutes: fc.integer({ min: 0, max: 3000 }),
      freeMinutesMode: fc.constantFrom('threshold', 'deducted'),
      firstPeriod: period,
      followingPeriod: period,
      capPer24hFen: fen,
      eachDay: fc.constantFrom('restart', 'continue'),
    },
    { requiredKeys: ['followingPeriod'] },
  )
  .map(small);
const ruleOf = (tariff: Tariff): PeriodRule => {
  const [first] = tariff.rules;
  if (!first || first.kind === 'schedule') throw new Error('no plain rule');
  return first;
};
const duration = fc.integer({ min: 0, max: 20 * DAY });

describe('for any tariff and any stay', () => {
  it('steps add up, nothing is negative, the cap holds for every window begun', () => {
    fc.assert(
      fc.property(rule, duration, (tariff, minutes) => {
        const fee = feeOf(tariff, minutes);
        expect(fee.steps.reduce((sum, step) => sum + step.amountFen, 0)).toBe(fee.feeFen);
        expect(fee.steps.length).toBeGreaterThan(0);
        expect(fee.feeFen).toBeGreaterThanOrEqual(0);
        const { capPer24hFen, freeMinutes } = ruleOf(tariff);
        if (capPer24hFen !== undefined) expect(fee.feeFen).toBeLessThanOrEqual(capPer24hFen * Math.ceil(minutes / DAY));
        if (minutes <= freeMinutes) expect(fee.feeFen).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it('a longer stay never costs less', () => {
    fc.assert(
      fc.property(rule, duration, fc.integer({ min: 1, max: 3000 }), (tariff, minutes, more) => {
        expect(feeOf(tariff, minutes + more).feeFen).toBeGreaterThanOrEqual(feeOf(tariff, minutes).feeFen);
      }),
      { numRuns: 500 },
    );
  });

  it('steps follow each other in time and never reach beyond the stay', () => {
    fc.assert(
      fc.property(rule, duration, (tariff, minutes) => {
        const end = ENTERED + minutes * 60_000;
        for (const step of feeOf(tariff, minutes).steps) {
          const [from, to] = [Date.parse(step.from), Date.parse(step.to)];
          expect(from).toBeGreaterThanOrEqual(ENTERED);
          expect(to).toBeGreaterThanOrEqual(from);
          expect(to).toBeLessThanOrEqual(end);
          expect(step.minutes).toBe((to - from) / 60_000);
        }
      }),
    );
  });
});
