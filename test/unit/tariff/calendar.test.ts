import { describe, expect, it } from 'vitest';
import { calendarSchema, dayFacts } from '../../../shared/domain/calendar.ts';

const calendar = calendarSchema.parse({
  holidays: [
    { name: '元旦', from: '2026-01-01', to: '2026-01-03', kind: 'short' },
    { name: '春节', from: '2026-02-15', to: '2026-02-23', kind: 'long' },
  ],
  makeupWorkdays: ['2026-01-04', '2026-02-14'],
  seasons: [
    { id: 'summer', name: '旺季', from: '04-01', to: '10-31' },
    { id: 'winter', name: '冬季', from: '11-15', to: '03-15' },
  ],
});

describe('a date is', () => {
  it.each([
    ['2026-03-02', 'workday', ['winter']],
    ['2026-03-07', 'weekend', ['winter']],
    ['2026-03-16', 'workday', []],
    ['2026-01-02', 'short-holiday', ['winter']],
    ['2026-01-04', 'workday', ['winter']],
    ['2026-02-15', 'long-holiday', ['winter']],
    ['2026-02-23', 'long-holiday', ['winter']],
    ['2026-02-24', 'workday', ['winter']],
    ['2026-10-31', 'weekend', ['summer']],
    ['2026-11-14', 'weekend', []],
    ['2028-02-29', 'workday', ['winter']],
  ] as const)('%s: %s', (date, type, seasons) => {
    expect(dayFacts(calendar, date)).toMatchObject({ type, seasons });
  });
});

it('refuses what contradicts itself, by path', () => {
  const paths = (document: object) =>
    calendarSchema.safeParse(document).error?.issues.map((issue) => issue.path.join('.'));
  const may = (from: string, to: string) => ({ name: '五一', from, to, kind: 'short' });
  expect(paths({ holidays: [may('2026-05-05', '2026-05-01')] })).toEqual(['holidays.0.to']);
  expect(paths({ holidays: [may('2026-05-01', '2026-05-05'), may('2026-05-05', '2026-05-06')] })).toEqual([
    'holidays.1',
  ]);
  expect(paths({ holidays: [may('2026-05-01', '2026-05-05')], makeupWorkdays: ['2026-05-02'] })).toEqual([
    'makeupWorkdays.0',
  ]);
  expect(paths({ seasons: [1, 2].map(() => ({ id: 's', name: 's', from: '01-01', to: '02-01' })) })).toEqual([
    'seasons.1.id',
  ]);
});
