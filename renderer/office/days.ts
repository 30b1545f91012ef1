import {
  fromRfc3339,
  parseShanghaiDateTime,
  shanghaiDate,
  shanghaiDateTime,
  toRfc3339,
} from '../../shared/domain/time.ts';

const DAY_MS = 86_400_000;

/** A date as the moment at which it begins in Asia/Shanghai. */
export function dayBegins(date: string): string {
  return toRfc3339(parseShanghaiDateTime(`${date} 00:00:00`) ?? 0);
}

/** A date as its last whole second: a validity until a date includes that day. */
export function dayEnds(date: string): string {
  return toRfc3339(parseShanghaiDateTime(`${date} 23:59:59`) ?? 0);
}

/** The date of a moment in Asia/Shanghai. */
export const dateOf = (at: string): string => shanghaiDate(fromRfc3339(at));

/** The year in which what has no end ends. */
const NO_END = '2099-12-31';

export const isEndless = (at: string): boolean => dateOf(at) >= NO_END;

/** A moment as short as it can be said: without the time where it is the first or the last second of its day. */
export function shortMoment(at: string): string {
  const text = shanghaiDateTime(fromRfc3339(at));
  const time = text.slice(11);
  return time === '00:00:00' || time === '23:59:59' ? text.slice(0, 10) : text.slice(0, 16);
}

export type SpanState = 'coming' | 'now' | 'over';

/** Where a moment stands to a span. */
export function spanState(from: string, to: string, now: number): SpanState {
  if (now < fromRfc3339(from)) return 'coming';
  return now > fromRfc3339(to) ? 'over' : 'now';
}

/** Whole days between two days; 0 on the same day. */
export function daysUntil(at: string, now: number): number {
  const midnight = (ms: number): number => Math.floor((ms + 8 * 3_600_000) / DAY_MS);
  return midnight(fromRfc3339(at)) - midnight(now);
}
