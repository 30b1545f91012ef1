import { type EpochMs, shanghaiWallClock } from '../../../shared/domain/time.ts';

/** Validity that is bought by the month or the day, on the calendar of Asia/Shanghai. Pure. */

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/**
 * `end`, the last instant of a validity, moved on by whole months; the time of day stays. 31 January and a month is the end of
 * February. An end that is the last day of its month stays one (28 February and a month is 31 March): who pays month by
 * month never loses days to a short February.
 */
export function addMonths(end: EpochMs, months: number): EpochMs {
  const w = shanghaiWallClock(end);
  const count = w.year * 12 + (w.month - 1) + months;
  const year = Math.floor(count / 12);
  const month = (count % 12) + 1;
  const last = daysInMonth(year, month);
  const day = w.day === daysInMonth(w.year, w.month) ? last : Math.min(w.day, last);
  const timeOfDay = end + SHANGHAI_MS - Math.floor((end + SHANGHAI_MS) / DAY_MS) * DAY_MS;
  return Date.UTC(year, month - 1, day) + timeOfDay - SHANGHAI_MS;
}

/** China has no summer time, so a day is 24 hours. */
export const addDays = (end: EpochMs, days: number): EpochMs => end + days * DAY_MS;

/** The last instant before today: a month that begins today ends on the day before its date in the next month. */
export const endOfYesterday = (now: EpochMs): EpochMs =>
  Math.floor((now + SHANGHAI_MS) / DAY_MS) * DAY_MS - SHANGHAI_MS - 1;
