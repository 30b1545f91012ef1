import type { Calendar } from '../../../shared/domain/calendar.ts';
import { ConflictError } from '../runtime/errors.ts';

/** A day off of the year's official notice (国务院办公厅放假安排). */
export interface HolidayDay {
  readonly date: string;
  readonly name: string;
  /** Absent: by its length. */
  readonly kind?: 'short' | 'long' | undefined;
}

/** From this many days on a holiday counts as a long one (黄金周), unless the list says otherwise. */
const LONG_FROM_DAYS = 7;

type Holiday = Calendar['holidays'][number];

/** A holiday belongs to the notice of the year in which it ends: the one of New Year's day may begin in December. */
const belongs = (holiday: Holiday, year: number): boolean => holiday.to.startsWith(`${year}-`);

const nextDay = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/**
 * The calendar with a year's holidays and makeup workdays as listed, in the place of those it had for that year. Days of one name that
 * follow each other are one holiday. Pure.
 *
 * @throws ConflictError `holidays-invalid`
 */
export function withYear(
  calendar: Calendar,
  year: number,
  days: readonly HolidayDay[],
  makeupWorkdays: readonly string[],
): Calendar {
  const inYear = (date: string): boolean => date.startsWith(`${year}-`) || date.startsWith(`${year - 1}-12-`);
  const strange = [...days.map((day) => day.date), ...makeupWorkdays].filter((date) => !inYear(date));
  if (strange.length > 0)
    throw new ConflictError('holidays-invalid', `不属于 ${year} 年：${strange.slice(0, 20).join('、')}`);
  const sorted = days.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const twice = sorted.find((day, index) => sorted[index - 1]?.date === day.date);
  if (twice) throw new ConflictError('holidays-invalid', `${twice.date} 重复`);
  const holidays: Holiday[] = [];
  let length = 0;
  for (const { date, name, kind } of sorted) {
    const last = holidays.at(-1);
    const goesOn = last !== undefined && last.name === name && nextDay(last.to) === date;
    length = goesOn ? length + 1 : 1;
    const grown: Holiday = {
      name,
      from: goesOn ? last.from : date,
      to: date,
      kind: kind ?? (length >= LONG_FROM_DAYS ? 'long' : 'short'),
    };
    if (goesOn) holidays[holidays.length - 1] = grown;
    else holidays.push(grown);
  }
  const byTime = (a: Holiday, b: Holiday): number => (a.from < b.from ? -1 : 1);
  return {
    ...calendar,
    holidays: [...calendar.holidays.filter((holiday) => !belongs(holiday, year)), ...holidays].sort(byTime),
    makeupWorkdays: [
      ...calendar.makeupWorkdays.filter((date) => !date.startsWith(`${year}-`) && !makeupWorkdays.includes(date)),
      ...makeupWorkdays,
    ].sort(),
  };
}
