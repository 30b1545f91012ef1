import { parseShanghaiDateTime, shanghaiDate } from '../../../shared/domain/time.ts';

const DAY_MS = 24 * 3_600_000;

/** The last moment at or before `now` at which a daily backup falls due; null where none is made. */
export function lastDue(dailyAt: string, now: number): number | null {
  if (dailyAt === '') return null;
  const today = parseShanghaiDateTime(`${shanghaiDate(now)} ${dailyAt}:00`);
  if (today === undefined) return null;
  return today <= now ? today : today - DAY_MS;
}

export function nextDue(dailyAt: string, now: number): number | null {
  const last = lastDue(dailyAt, now);
  return last === null ? null : last + DAY_MS;
}
