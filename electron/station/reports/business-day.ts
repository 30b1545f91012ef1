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

/** The days of a month (`2026-03`), or the one day that `period` names. */
export function datesOf(period: string): string[] {
  if (period.length === 10) return [period];
  const first = parseShanghaiDateTime(`${period}-01 00:00:00`);
  if (first === undefined) throw new ConflictError('no-such-date', `没有 ${period} 这个月`);
  return Array.from({ length: 31 }, (_, day) => shanghaiDate(first + day * DAY_MS)).filter((date) =>
    date.startsWith(period),
  );
}
