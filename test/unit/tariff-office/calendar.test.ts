import { expect, it } from 'vitest';
import { dayFacts } from '../../../shared/domain/calendar.ts';
import { EIGHT, eventsOf, HOUR, MANAGER, openOffice, publish, stayFrom } from './office.ts';

const price = (fen: number) => ({ kind: 'units', part: 'up', steps: [{ unitMinutes: 60, unitFen: fen }] });
const segments = (fen: number) => [{ name: '全天', from: '00:00', to: '24:00', price: price(fen) }];
const byDay = {
  id: 'days',
  name: '按日',
  rounding: 'none',
  rules: [
    {
      ...{ kind: 'schedule', vehicleClasses: ['small'], restart: 'segment', crossing: 'own-unit' },
      ...{ dayType: 'each-day', acrossMidnight: 'own-day' },
      programmes: [
        { dayTypes: ['long-holiday', 'short-holiday'], segments: segments(100) },
        { seasons: ['peak'], segments: segments(900) },
        { segments: segments(500) },
      ],
    },
  ],
};

it('a season that a tariff needs must exist before it is published, and cannot go while it prices', () => {
  const world = openOffice([]);
  const { calendar } = world.office;
  expect(() => publish(world, byDay)).toThrow(/peak/);
  const peak = { id: 'peak', name: '旺季', from: '03-01', to: '03-02' };
  calendar.change({ seasons: [peak] }, MANAGER);
  publish(world, byDay);
  expect(world.charge(stayFrom(EIGHT), EIGHT + HOUR)).toBe(900);
  expect(() => calendar.change({ seasons: [] }, MANAGER)).toThrow(/按日.*peak/);
  calendar.change({ seasons: [{ ...peak, to: '03-01' }] }, MANAGER);
  expect(world.charge(stayFrom(EIGHT), EIGHT + HOUR)).toBe(500);
});

it("a year's holidays come as a list of dates and replace those of that year alone", () => {
  const world = openOffice([]);
  const { calendar } = world.office;
  const off = (name: string, ...dates: string[]) => dates.map((date) => ({ date, name }));
  const spring = Array.from({ length: 9 }, (_, day) => `2026-02-${15 + day}`);
  calendar.importYear(2027, off('元旦', '2026-12-31', '2027-01-01', '2027-01-02'), [], MANAGER);
  calendar.importYear(2026, off('元旦', '2026-01-01'), ['2026-01-04'], MANAGER);
  const days = [...off('春节', ...spring.toReversed()), ...off('清明', '2026-04-04', '2026-04-05', '2026-04-06')];
  const now = calendar.importYear(2026, days, ['2026-02-14', '2026-02-28'], MANAGER);
  expect(now.holidays).toEqual([
    { name: '春节', from: '2026-02-15', to: '2026-02-23', kind: 'long' },
    { name: '清明', from: '2026-04-04', to: '2026-04-06', kind: 'short' },
    { name: '元旦', from: '2026-12-31', to: '2027-01-02', kind: 'short' },
  ]);
  expect(now.makeupWorkdays).toEqual(['2026-02-14', '2026-02-28']);
  expect(dayFacts(world.pricing.calendar(), '2026-02-28').type).toBe('workday');
  expect(eventsOf(world, 'calendar-changed')).toHaveLength(3);
  calendar.importYear(2026, days, ['2026-02-14', '2026-02-28'], MANAGER);
  expect(eventsOf(world, 'calendar-changed')).toHaveLength(3);
  expect(() => calendar.importYear(2026, off('国庆', '2025-10-01'), [], MANAGER)).toThrow(/2025-10-01/);
  expect(() => calendar.importYear(2026, off('国庆', '2026-10-01', '2026-10-01'), [], MANAGER)).toThrow(/重复/);
});

it('what cannot be a calendar is refused by path', () => {
  const { office } = openOffice([]);
  const change = (patch: object) => () => office.calendar.change(patch, MANAGER);
  const holiday = { name: '国庆', from: '2026-10-01', to: '2026-10-07', kind: 'long' };
  expect(change({ holidays: [{ ...holiday, to: '2026-09-30' }] })).toThrow(/holidays\[0\]\.to/);
  expect(change({ holidays: [{ ...holiday, to: '2027-10-07' }] })).toThrow(/超过 31 天/);
  expect(change({ holidays: [holiday, holiday] })).toThrow(/holidays\[1\]/);
  expect(change({ makeupWorkdays: ['2026-03-02'] })).toThrow(/本来就是工作日/);
  expect(change({ makeupWorkdays: ['2026-02-30'] })).toThrow(/makeupWorkdays\[0\]/);
  expect(change({ seasons: [{ id: 'a', name: '旺季', from: '02-30', to: '03-01' }] })).toThrow(/02-30/);
  expect(change({ restDays: [8] })).toThrow(/restDays\[0\]/);
  expect(office.calendar.current().holidays).toEqual([]);
});

it('a changed calendar counts over a restart', async () => {
  const world = openOffice([]);
  world.office.calendar.change({ restDays: [1] }, MANAGER);
  await world.restart([]);
  expect(dayFacts(world.pricing.calendar(), '2026-03-02').type).toBe('weekend');
});
