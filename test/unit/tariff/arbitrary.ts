import fc from 'fast-check';
import { type Calendar, calendarSchema, dayTypeSchema } from '../../../shared/domain/calendar.ts';
import { type Tariff, tariffSchema } from '../../../shared/domain/tariff.ts';
import type { ScheduleRule, SegmentPrice, SegmentRule } from '../../../shared/domain/tariff-rule.ts';

/** Everything a tariff can say, drawn at random. */

export const CALENDAR: Calendar = calendarSchema.parse({
  holidays: [
    { name: '春节', from: '2026-02-15', to: '2026-02-23', kind: 'long' },
    { name: '清明', from: '2026-04-04', to: '2026-04-06', kind: 'short' },
  ],
  makeupWorkdays: ['2026-02-14', '2026-02-28'],
  seasons: [
    { id: 'spring', name: '春季旺季', from: '03-15', to: '05-31' },
    { id: 'winter', name: '冬季', from: '12-01', to: '02-28' },
  ],
});

/** Entries around the New Year holiday, with seconds. */
export const entry = fc
  .integer({ min: 0, max: 90 * 86_400 })
  .map((seconds) => Date.parse('2026-01-20T00:00:00+08:00') + seconds * 1000);

const fen = fc.integer({ min: 0, max: 5000 });
const rising = (count: fc.Arbitrary<number[]>): fc.Arbitrary<number[]> =>
  count.map((steps) => steps.map((_, index) => steps.slice(0, index + 1).reduce((sum, step) => sum + step, 0)));
const lengths = (min: number, max: number) =>
  rising(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: min, maxLength: max }));
const opt = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

const units = (part: fc.Arbitrary<'up' | 'down' | 'tail'>): fc.Arbitrary<SegmentPrice> =>
  fc
    .record({
      part,
      ends: lengths(0, 3),
      rungs: fc.array(fc.record({ unitMinutes: fc.integer({ min: 2, max: 500 }), unitFen: fen }), {
        minLength: 4,
        maxLength: 4,
      }),
      above: fc.nat(),
    })
    .map(({ part: how, ends, rungs, above }) => {
      const steps = rungs.slice(0, ends.length + 1).map((rung, index) => ({ ...rung, upToMinutes: ends[index] }));
      const smallest = Math.min(...steps.map((step) => step.unitMinutes));
      return { kind: 'units', part: how === 'tail' ? { aboveMinutes: 1 + (above % (smallest - 1)) } : how, steps };
    });

const brackets: fc.Arbitrary<SegmentPrice> = fc
  .record({
    ends: lengths(1, 4),
    totals: rising(fc.array(fen, { minLength: 4, maxLength: 4 })),
    beyond: fc.oneof(
      fc.constantFrom('nothing-more' as const, 'repeat' as const),
      fc.record({ unitMinutes: fc.integer({ min: 1, max: 200 }), unitFen: fen }),
    ),
  })
  .map(({ ends, totals, beyond }) => ({
    kind: 'brackets',
    brackets: ends.map((end, index) => ({ upToMinutes: end + 60, totalFen: totals[index] ?? 0 })),
    beyond,
  }));

const price = (part: fc.Arbitrary<'up' | 'down' | 'tail'>): fc.Arbitrary<SegmentPrice> =>
  fc.oneof(
    { weight: 4, arbitrary: units(part) },
    { weight: 2, arbitrary: brackets },
    { weight: 1, arbitrary: fen.map((feeFen): SegmentPrice => ({ kind: 'flat', feeFen })) },
    { weight: 1, arbitrary: fc.constant<SegmentPrice>({ kind: 'free' }) },
  );

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Segments that follow each other round the clock, some of them left out. */
const segments = (part: fc.Arbitrary<'up' | 'down' | 'tail'>): fc.Arbitrary<SegmentRule[]> =>
  fc
    .record({
      cuts: fc.uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 1, maxLength: 4 }),
      details: fc.array(
        fc.record({
          price: price(part),
          capFen: opt(fen),
          wholeAfterMinutes: opt(fc.integer({ min: 1, max: 900 })),
          kept: fc.nat(5),
        }),
        { minLength: 4, maxLength: 4 },
      ),
      wholeDay: fc.boolean(),
    })
    .map(({ cuts, details, wholeDay }) => {
      const starts = wholeDay ? [0] : cuts.sort((a, b) => a - b);
      return starts.flatMap((start, index) => {
        const detail = details[index];
        if (!detail || detail.kept === 0) return [];
        const { kept: _, ...rest } = detail;
        const end = starts[index + 1] ?? starts[0] ?? 0;
        return [{ name: `段${index + 1}`, from: clock(start), to: wholeDay ? '24:00' : clock(end), ...rest }];
      });
    });

const schedule = (falling: boolean, across: 'any' | 'own-unit'): fc.Arbitrary<ScheduleRule> =>
  fc
    .constantFrom<ScheduleRule['crossing']>(
      ...(across === 'any' ? (['own-unit', 'unit-start'] as const) : (['own-unit'] as const)),
    )
    .chain((crossing) =>
      fc.record({
        kind: fc.constant('schedule' as const),
        vehicleClasses: fc.constant(['small' as const, 'medium' as const, 'large' as const]),
        classFactors: opt(
          fc.record({
            small: opt(
              fc.record({
                percent: fc.integer({ min: 50, max: 300 }),
                freeMinutes: opt(fc.integer({ min: 0, max: 90 })),
              }),
            ),
          }),
        ),
        free: opt(
          fc.record({
            minutes: fc.integer({ min: 1, max: 2000 }),
            mode: fc.constantFrom('threshold' as const, 'deducted' as const),
            again: fc.constantFrom('once' as const, 'each-24h' as const),
            of: fc.constantFrom('stay' as const, 'priced-time' as const),
          }),
        ),
        programmes: fc.array(
          fc.record({
            dayTypes: opt(fc.uniqueArray(fc.constantFrom(...dayTypeSchema.options), { minLength: 1 })),
            seasons: opt(fc.uniqueArray(fc.constantFrom('spring', 'winter'), { minLength: 1 })),
            segments: segments(
              crossing === 'unit-start'
                ? fc.constant('up' as const)
                : fc.constantFrom('up' as const, 'down' as const, 'tail' as const),
            ),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        restart: fc.constantFrom('segment' as const, '24h' as const, 'never' as const),
        crossing: fc.constant(crossing),
        entrySideUpToMinutes: falling ? opt(fc.integer({ min: 1, max: 600 })) : fc.constant(undefined),
        dayType: fc.constantFrom('each-day' as const, 'entry-day' as const),
        acrossMidnight: fc.constantFrom('start-day' as const, 'own-day' as const),
        caps: opt(
          fc.record({
            perNaturalDayFen: falling ? fc.constant(undefined) : opt(fen),
            per24hFen: opt(fc.oneof(fen, fc.array(fen, { minLength: 1, maxLength: 4 }))),
            perStayFen: opt(fc.integer({ min: 0, max: 40_000 })),
          }),
        ),
        wholeDay: falling
          ? opt(fc.record({ afterMinutes: fc.integer({ min: 1, max: 1439 }), feeFen: fen }))
          : fc.constant(undefined),
      }),
    );

const periods = fc.record(
  {
    vehicleClasses: fc.constant(['small' as const]),
    freeMinutes: fc.integer({ min: 0, max: 3000 }),
    freeMinutesMode: fc.constantFrom('threshold' as const, 'deducted' as const),
    firstPeriod: fc.record({ minutes: fc.integer({ min: 1, max: 3000 }), feeFen: fen }),
    followingPeriod: fc.record({ minutes: fc.integer({ min: 1, max: 3000 }), feeFen: fen }),
    capPer24hFen: fen,
    eachDay: fc.constantFrom('restart' as const, 'continue' as const),
  },
  { requiredKeys: ['vehicleClasses', 'followingPeriod'] },
);

const rounding = fc.oneof(
  fc.constant('none' as const),
  fc.record({ toFen: fc.constantFrom(10, 50, 100), mode: fc.constantFrom('up', 'down', 'nearest') }),
);

interface Options {
  /** With the features that may make a longer stay cheaper. */
  readonly falling?: boolean;
  readonly across?: 'any' | 'own-unit';
}

/** A valid tariff for small cars; parsed, so that the format itself is held to what the arbitrary draws. */
export const anyTariff = ({ falling = true, across = 'any' }: Options = {}): fc.Arbitrary<Tariff> =>
  fc
    .record({
      rule: fc.oneof({ weight: 4, arbitrary: schedule(falling, across) }, { weight: 1, arbitrary: periods }),
      rounding,
      onChange: fc.constantFrom('entry-rule', 'split'),
    })
    .map(({ rule, ...rest }) =>
      tariffSchema.parse(JSON.parse(JSON.stringify({ id: 't', name: '任意', ...rest, rules: [rule] }))),
    );

const DAY = 1440;

/** Lengths in minutes: mostly hours, some days, a few months. */
export const length = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 2 * DAY }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 20 * DAY }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 150 * DAY }) },
);
