import { type Calendar, type DayFacts, dayFacts } from '../../../shared/domain/calendar.ts';

/** What a manager can make of days: what their weekday says, a workday in exchange, a holiday of either kind. */
export type DayMark = 'plain' | 'makeup' | 'short' | 'long';

const DAY_MS = 86_400_000;
const text = (at: number): string => new Date(at).toISOString().slice(0, 10);
const instant = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/** A date some days away. */
export const shift = (date: string, days: number): string => text(instant(date) + days * DAY_MS);

/** All dates from one to the other, whichever comes first. */
export function between(a: string, b: string): readonly string[] {
  const [from, to] = a <= b ? [a, b] : [b, a];
  const count = (instant(to) - instant(from)) / DAY_MS + 1;
  return Array.from({ length: count }, (_, index) => shift(from, index));
}

/** 1 = Monday … 7 = Sunday. */
export const weekday = (date: string): number => new Date(instant(date)).getUTCDay() || 7;

/** The weeks of a month, Monday first; null stands before its first and after its last day. */
export function weeksOf(year: number, month: number): readonly (readonly (string | null)[])[] {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
  const days: (string | null)[] = [
    ...Array.from({ length: weekday(first) - 1 }, () => null),
    ...between(first, shift(next, -1)),
  ];
  return Array.from({ length: Math.ceil(days.length / 7) }, (_, week) =>
    Array.from({ length: 7 }, (__, day) => days[week * 7 + day] ?? null),
  );
}

/** Why a day is what it is. */
export type Reason = 'holiday' | 'makeup' | 'rest-day' | 'weekday';

export function reasonOf(calendar: Calendar, date: string): { readonly facts: DayFacts; readonly reason: Reason } {
  const facts = dayFacts(calendar, date);
  if (facts.holiday !== null) return { facts, reason: 'holiday' };
  if (calendar.makeupWorkdays.includes(date)) return { facts, reason: 'makeup' };
  return { facts, reason: calendar.restDays.includes(weekday(date)) ? 'rest-day' : 'weekday' };
}

type Holiday = Calendar['holidays'][number];

/** The holidays without some days: one that is cut in the middle becomes two. */
function cutOut(holidays: readonly Holiday[], from: string, to: string): Holiday[] {
  return holidays.flatMap((holiday) => {
    if (holiday.to < from || to < holiday.from) return [holiday];
    return [
      ...(holiday.from < from ? [{ ...holiday, to: shift(from, -1) }] : []),
      ...(to < holiday.to ? [{ ...holiday, from: shift(to, 1) }] : []),
    ];
  });
}

/** Neighbours of one name and kind are one holiday. */
function joined(holidays: readonly Holiday[]): Holiday[] {
  const all: Holiday[] = [];
  for (const holiday of holidays.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = all.at(-1);
    if (last && last.name === holiday.name && last.kind === holiday.kind && shift(last.to, 1) === holiday.from)
      all[all.length - 1] = { ...last, to: holiday.to };
    else all.push(holiday);
  }
  return all;
}

/** The calendar with some days made to something; `name` is that of the holiday. */
export function mark(calendar: Calendar, from: string, to: string, as: DayMark, name: string): Calendar {
  const days = between(from, to);
  const others = calendar.makeupWorkdays.filter((date) => !days.includes(date));
  const rest = cutOut(calendar.holidays, from, to);
  const holidays = as === 'short' || as === 'long' ? joined([...rest, { name, from, to, kind: as }]) : rest;
  // Only a rest day can be worked in exchange.
  const made = as === 'makeup' ? days.filter((date) => calendar.restDays.includes(weekday(date))) : [];
  return { ...calendar, holidays, makeupWorkdays: [...others, ...made].sort() };
}
