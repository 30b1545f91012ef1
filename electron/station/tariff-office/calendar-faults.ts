import type { Calendar } from '../../../shared/domain/calendar.ts';
import type { Tariff } from '../../../shared/domain/tariff.ts';

/** Longer than any holiday that was ever announced: a slip in a month or a year. */
const LONGEST_HOLIDAY_DAYS = 31;

const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

/** A day of the year exists if it does in a leap year. */
const exists = (yearDay: string): boolean => {
  const at = Date.parse(`2024-${yearDay}T00:00:00Z`);
  return Number.isFinite(at) && new Date(at).toISOString().slice(5, 10) === yearDay;
};

/** What is wrong with a calendar beyond its shape; `tariffs` are those that price now or later, and keep the seasons they have. */
export function calendarFaults(calendar: Calendar, before: Calendar, tariffs: readonly Tariff[]): string[] {
  const faults: string[] = [];
  for (const [index, { name, from, to }] of calendar.holidays.entries())
    if (dayOf(to) - dayOf(from) >= LONGEST_HOLIDAY_DAYS)
      faults.push(`holidays[${index}]: 「${name}」超过 ${LONGEST_HOLIDAY_DAYS} 天`);
  for (const [index, date] of calendar.makeupWorkdays.entries()) {
    const weekday = ((dayOf(date) + 3) % 7) + 1;
    if (!calendar.restDays.includes(weekday))
      faults.push(`makeupWorkdays[${index}]: ${date} 本来就是工作日，不是调休上班日`);
    if (calendar.makeupWorkdays.indexOf(date) < index) faults.push(`makeupWorkdays[${index}]: ${date} 重复`);
  }
  for (const [index, { name, from, to }] of calendar.seasons.entries())
    for (const day of [from, to])
      if (!exists(day)) faults.push(`seasons[${index}]: 「${name}」的 ${day} 不是一年中的日期`);
  const has = (one: Calendar, id: string): boolean => one.seasons.some((season) => season.id === id);
  for (const { tariff, season } of seasonsOf(tariffs))
    if (has(before, season) && !has(calendar, season))
      faults.push(`seasons: 收费规则「${tariff.name}」要用季节 ${season}`);
  return faults;
}

function* seasonsOf(tariffs: readonly Tariff[]): Generator<{ readonly tariff: Tariff; readonly season: string }> {
  for (const tariff of tariffs) {
    const seasons = tariff.rules.flatMap((rule) =>
      rule.kind === 'schedule' ? rule.programmes.flatMap((programme) => programme.seasons ?? []) : [],
    );
    for (const season of new Set(seasons)) yield { tariff, season };
  }
}
