import { type Calendar, type DayFacts, dayFacts } from '../../../shared/domain/calendar.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { remembered } from './memo.ts';

export const DAY_MINUTES = 1440;
const SHANGHAI_MINUTES = 480;

/** Whole minutes of Shanghai's wall clock since 1970-01-01 00:00 there. Seconds are dropped. */
export const wallMinute = (at: EpochMs): number => Math.floor(at / 60_000) + SHANGHAI_MINUTES;

/** `2026-03-02` of a day counted from 1970-01-01. */
export const dateOfDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

const daysOf = remembered((_calendar: Calendar) => new Map<number, DayFacts>());

/** {@link dayFacts} of a day number, remembered: a replay asks for the same month a hundred thousand times. */
export function factsOfDay(calendar: Calendar, day: number): DayFacts {
  const days = daysOf(calendar);
  const before = days.get(day);
  if (before) return before;
  const facts = dayFacts(calendar, dateOfDay(day));
  days.set(day, facts);
  return facts;
}
