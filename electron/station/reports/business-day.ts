import { parseShanghaiDateTime, shanghaiDate } from '../../../shared/domain/time.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Span } from '../store/report-rows.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * The business day (营业日) that carries a date's name: it begins on that date at `start` (HH:mm, Asia/Shanghai) and lasts 24
 * hours, so that what is taken after midnight belongs to the evening it came from.
 */
export function businessDay(date: string, start: string): Span {
  const from = parseShanghaiDateTime(`${date} ${start}:00`);
  if (from === undefined) throw new ConflictError('no-such-date', `没有 ${date} 这一天`);
  return { from, to: from + DAY_MS };
}

/** No report reads more days than a leap year has. */
const MAX_DAYS = 366;

/** The days of a month (`2026-03`), from one day to another (`2026-03-02..2026-03-08`), or the one day that `period` names. */
export function datesOf(period: string): string[] {
  if (period.length === 10) return [period];
  const [from, to] = period.includes('..') ? period.split('..') : [`${period}-01`, `${period}-31`];
  const first = parseShanghaiDateTime(`${from ?? ''} 00:00:00`);
  if (first === undefined || to === undefined) throw new ConflictError('no-such-date', `没有 ${period} 这段时间`);
  const dates = Array.from({ length: MAX_DAYS }, (_, day) => shanghaiDate(first + day * DAY_MS)).filter(
    (date) => date <= to,
  );
  if (dates.length === 0 || (period.length > 10 && dates.at(-1) !== to))
    throw new ConflictError('no-such-date', `${period} 不是一段可以统计的时间（最长 ${MAX_DAYS} 天）`);
  return dates;
}
