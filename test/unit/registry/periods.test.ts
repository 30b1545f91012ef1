import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMonths, endOfYesterday } from '../../../electron/station/registry/periods.ts';
import { shanghaiDateTime, shanghaiWallClock } from '../../../shared/domain/time.ts';
import { at } from '../../support/registry.ts';

test.each([
  ['2026-01-31 23:59:59', 1, '2026-02-28 23:59:59'],
  ['2028-01-31 23:59:59', 1, '2028-02-29 23:59:59'],
  ['2026-01-30 12:00:00', 1, '2026-02-28 12:00:00'],
  ['2026-03-15 08:30:00', 1, '2026-04-15 08:30:00'],
  ['2026-02-28 23:59:59', 1, '2026-03-31 23:59:59'],
  ['2026-11-30 23:59:59', 3, '2027-02-28 23:59:59'],
  ['2026-12-31 00:00:00', 12, '2027-12-31 00:00:00'],
])('%s and %i months end on %s', (end, months, expected) => {
  expect(shanghaiDateTime(addMonths(at(end), months))).toBe(expected);
});

const instant = fc.integer({ min: at('2020-01-01'), max: at('2060-01-01') });
const months = fc.integer({ min: 1, max: 60 });
const monthOf = (ms: number): number => shanghaiWallClock(ms).year * 12 + shanghaiWallClock(ms).month;

test('months end in the month that the calendar says, at the same time of day, and a later end never falls behind an earlier', () => {
  fc.assert(
    fc.property(instant, instant, months, (one, other, count) => {
      const end = addMonths(one, count);
      expect(monthOf(end)).toBe(monthOf(one) + count);
      expect(shanghaiDateTime(end).slice(11)).toBe(shanghaiDateTime(one).slice(11));
      expect(end % 1000).toBe(one % 1000);
      // Never fewer days than that many Februaries.
      expect(end - one).toBeGreaterThanOrEqual(count * 28 * 86_400_000);
      const [earlier, later] = one <= other ? [one, other] : [other, one];
      if (shanghaiDateTime(earlier).slice(11) === shanghaiDateTime(later).slice(11))
        expect(addMonths(earlier, count)).toBeLessThanOrEqual(addMonths(later, count));
    }),
  );
});

test('month by month is never shorter than all months at once', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 24 }), (start, count) => {
      let step = start;
      for (let month = 0; month < count; month++) step = addMonths(step, 1);
      expect(step).toBeGreaterThanOrEqual(addMonths(start, count));
    }),
  );
});

test('yesterday ends one millisecond before today, in Shanghai', () => {
  for (const now of ['2026-03-02 00:00:00', '2026-03-02 07:59:59', '2026-03-02 23:59:59'])
    expect(endOfYesterday(at(now)) + 1).toBe(at('2026-03-02'));
});
