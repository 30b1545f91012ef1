import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayFall } from '../../../electron/station/tariff/may-fall.ts';
import { priceStay, type StayToPrice } from '../../../electron/station/tariff/price-stay.ts';
import { MAX_FEN } from '../../../shared/domain/money.ts';
import { type Fee, feeSchema, type Tariff, tariffSchema } from '../../../shared/domain/tariff.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { anyTariff, CALENDAR, entry, length } from './arbitrary.ts';
import { feeByTheMinute } from './minute-by-minute.ts';

const numRuns = Number(process.env.FEE_RUNS ?? 300);

const bookOf = (...tariffs: Tariff[]) => ({ tariffs, calendar: CALENDAR, defaultVehicleClass: 'small' as const });

function price(tariffs: Tariff[], enteredAt: number, minutes: number, more: Partial<StayToPrice> = {}): Fee {
  const fee = priceStay(bookOf(...tariffs), {
    enteredAt,
    exitedAt: enteredAt + minutes * 60_000,
    vehicleClass: 'small',
    ...more,
  });
  if (!fee) throw new Error('not priced');
  return fee;
}

describe('for any tariff and any stay', () => {
  it('the fee is the sum of its steps, never negative, never more than the limit, and the same each time', () => {
    fc.assert(
      fc.property(anyTariff(), entry, length, (tariff, at, minutes) => {
        const fee = feeSchema.parse(price([tariff], at, minutes));
        expect(fee.steps.reduce((sum, step) => sum + step.amountFen, 0)).toBe(fee.feeFen);
        expect(fee.steps.length).toBeGreaterThan(0);
        expect(fee.feeFen).toBeGreaterThanOrEqual(0);
        expect(fee.feeFen).toBeLessThanOrEqual(MAX_FEN);
        expect(price([tariffSchema.parse(JSON.parse(JSON.stringify(tariff)))], at, minutes)).toEqual(fee);
      }),
      { numRuns },
    );
  });

  it('somebody who counts minute by minute comes to the same', () => {
    const tariff = anyTariff({ falling: false, across: 'own-unit' }).map(
      (one): Tariff => ({ ...one, rounding: 'none' }),
    );
    fc.assert(
      fc.property(tariff, entry, fc.integer({ min: 1, max: 4 * 1440 }), (one, at, minutes) => {
        const [rule] = one.rules;
        fc.pre(rule?.kind === 'schedule');
        if (rule?.kind === 'schedule')
          expect(price([one], at, minutes).feeFen).toBe(Math.min(MAX_FEN, feeByTheMinute(rule, CALENDAR, at, minutes)));
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    );
  });

  it('each step has words, whole units, and lies within the stay', () => {
    fc.assert(
      fc.property(anyTariff(), entry, length, (tariff, at, minutes) => {
        for (const step of price([tariff], at, minutes).steps) {
          expect(step.text).not.toBe('');
          expect(step.units * step.unitFen === step.amountFen || step.units === 0).toBe(true);
          expect(Date.parse(step.from)).toBeGreaterThanOrEqual(at);
          expect(Date.parse(step.to)).toBeGreaterThanOrEqual(Date.parse(step.from));
          expect(Date.parse(step.to)).toBeLessThanOrEqual(at + minutes * 60_000);
        }
      }),
      { numRuns },
    );
  });

  it('a longer stay never costs less, unless the tariff is flagged', () => {
    fc.assert(
      fc.property(anyTariff(), entry, length, fc.integer({ min: 1, max: 3000 }), (tariff, at, minutes, more) => {
        fc.pre(!mayFall(tariff));
        expect(price([tariff], at, minutes + more).feeFen).toBeGreaterThanOrEqual(price([tariff], at, minutes).feeFen);
      }),
      { numRuns },
    );
  });

  it('a stay of months is explained in few lines', () => {
    fc.assert(
      fc.property(anyTariff({ falling: false }), entry, (tariff, at) => {
        expect(price([tariff], at, 120 * 1440).steps.length).toBeLessThan(120);
      }),
      { numRuns: Math.min(numRuns, 100) },
    );
  });

  it('a split at a change of version costs what its two halves cost', () => {
    fc.assert(
      fc.property(anyTariff(), anyTariff(), entry, length, length, (old, next, at, first, second) => {
        fc.pre(first > 0 && second > 0);
        const changeAt = Math.floor(at / 60_000) * 60_000 + first * 60_000;
        const later: Tariff = { ...next, version: 2, effectiveFrom: toRfc3339(changeAt), onChange: 'split' };
        const whole = price([old, later], at, first + second).feeFen;
        const before = price([old], Math.floor(at / 60_000) * 60_000, first).feeFen;
        // The second half is a new stay without free minutes: free time taken out of the document says the same.
        const after = price([withoutFree(next)], changeAt, second).feeFen;
        expect(whole).toBe(Math.min(MAX_FEN, before + after));
      }),
      { numRuns },
    );
  });

  it('a version that leaves cars to the rule of their entry changes nothing for them', () => {
    fc.assert(
      fc.property(anyTariff(), anyTariff(), entry, length, (old, next, at, minutes) => {
        const later: Tariff = { ...next, version: 2, effectiveFrom: toRfc3339(at + 60_000), onChange: 'entry-rule' };
        expect(price([old, later], at, minutes)).toEqual(price([old], at, minutes));
      }),
      { numRuns },
    );
  });

  it('time in a free area of its own never makes the area around it dearer, where units stay on their side', () => {
    const tariff = anyTariff({ falling: false, across: 'own-unit' }).map(capsAsMeters);
    fc.assert(
      fc.property(tariff, entry, length, fc.nat(), fc.nat(), (outer, at, minutes, a, b) => {
        fc.pre(minutes > 0);
        const [from, to] = [a % minutes, b % minutes].sort((x, y) => x - y);
        const segments = [{ areaId: 'inner', from: at + (from ?? 0) * 60_000, to: at + (to ?? 0) * 60_000 }];
        const inner = tariffSchema.parse({
          id: 'inner',
          name: '内场',
          areas: ['inner'],
          rules: [{ vehicleClasses: ['small'], followingPeriod: { minutes: 60, feeFen: 0 } }],
        });
        const hole = price([outer, inner], at, minutes, { segments });
        expect(hole.steps.reduce((sum, step) => sum + step.amountFen, 0)).toBe(hole.feeFen);
        expect(hole.feeFen).toBeLessThanOrEqual(price([outer], at, minutes).feeFen);
        // Without a price of its own the inner area's time belongs to the area around it.
        expect(price([outer], at, minutes, { segments })).toEqual(price([outer], at, minutes));
      }),
      { numRuns },
    );
  });
});

describe('what may fall', () => {
  it('is flagged, and does fall somewhere', () => {
    const schedule = {
      kind: 'schedule',
      vehicleClasses: ['small'],
      restart: 'segment',
      crossing: 'own-unit',
      dayType: 'each-day',
      acrossMidnight: 'start-day',
    };
    const per = (unitMinutes: number, unitFen: number) => ({
      kind: 'units',
      part: 'up',
      steps: [{ unitMinutes, unitFen }],
    });
    const of = (rule: object) =>
      tariffSchema.parse({ id: 't', name: 't', rounding: 'none', rules: [{ ...schedule, ...rule }] });
    const entrySide = of({
      entrySideUpToMinutes: 60,
      programmes: [
        {
          segments: [
            { name: '白天', from: '08:00', to: '20:00', price: per(15, 250) },
            { name: '夜间', from: '20:00', to: '08:00', price: per(60, 100) },
          ],
        },
      ],
    });
    const evening = Date.parse('2026-03-02T19:50:00+08:00');
    // 60 min at the day's price: 4 × 2.50; one more: 10 min by day 2.50, 51 min by night 1.00.
    expect([price([entrySide], evening, 60).feeFen, price([entrySide], evening, 61).feeFen]).toEqual([1000, 350]);
    const wholeDay = of({
      wholeDay: { afterMinutes: 360, feeFen: 1500 },
      programmes: [{ segments: [{ name: '全天', from: '00:00', to: '24:00', price: per(60, 500) }] }],
    });
    const morning = Date.parse('2026-03-02T08:00:00+08:00');
    expect([price([wholeDay], morning, 360).feeFen, price([wholeDay], morning, 361).feeFen]).toEqual([3000, 1500]);
    expect([entrySide, wholeDay].map(mayFall)).toEqual([true, true]);
  });
});

/**
 * Leaves only caps of the same spans for which units are counted. Where one count runs through several capped days, a pause in a day
 * that is paid anyway moves its units to one that is not.
 */
function capsAsMeters(tariff: Tariff): Tariff {
  const rules = tariff.rules.map((rule) => {
    if (rule.kind !== 'schedule') return { ...rule, eachDay: 'restart' as const };
    const { perStayFen, per24hFen } = rule.caps ?? {};
    const programmes = rule.programmes.map((programme) => ({
      ...programme,
      segments: programme.segments.map(({ capFen, ...rest }) =>
        rule.restart === 'segment' ? { ...rest, capFen } : rest,
      ),
    }));
    return { ...rule, programmes, caps: { perStayFen, ...(rule.restart === '24h' && { per24hFen }) } };
  });
  return { ...tariff, rules };
}

function withoutFree(tariff: Tariff): Tariff {
  const rules = tariff.rules.map((rule) => {
    if (rule.kind !== 'schedule') return { ...rule, freeMinutes: 0 };
    const { free: _, classFactors, ...rest } = rule;
    const small = classFactors?.small;
    return small ? { ...rest, classFactors: { small: { percent: small.percent } } } : rest;
  });
  return { ...tariff, rules };
}
