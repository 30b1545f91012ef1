import { fromRfc3339, parseShanghaiDateTime, shanghaiDate, toRfc3339 } from '../../shared/domain/time.ts';

/** Days, first and last included. */
export interface DateSpan {
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;

export const presets = ['today', 'yesterday', 'last7', 'week', 'month', 'lastMonth'] as const;
export type Preset = (typeof presets)[number];

/** `2026-03-02` plus days. */
export function addDays(date: string, days: number): string {
  const noon = parseShanghaiDateTime(`${date} 12:00:00`);
  return noon === undefined ? date : shanghaiDate(noon + days * DAY_MS);
}

/** The business day that `now` belongs to: it begins at `dayStart` (`HH:mm`). */
export function businessDay(now: number, dayStart: string): string {
  const today = shanghaiDate(now);
  const begin = parseShanghaiDateTime(`${today} ${dayStart}:00`);
  return begin !== undefined && now < begin ? addDays(today, -1) : today;
}

/** Monday of the week of a date is day 0. */
function weekday(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** A preset as days, given today. The week starts on Monday. */
export function presetSpan(preset: Preset, today: string): DateSpan {
  const firstOfMonth = `${today.slice(0, 8)}01`;
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday': {
      const day = addDays(today, -1);
      return { from: day, to: day };
    }
    case 'last7':
      return { from: addDays(today, -6), to: today };
    case 'week':
      return { from: addDays(today, -weekday(today)), to: today };
    case 'month':
      return { from: firstOfMonth, to: today };
    case 'lastMonth': {
      const last = addDays(firstOfMonth, -1);
      return { from: `${last.slice(0, 8)}01`, to: last };
    }
  }
}

/** The moments between which business days lie; `to` is excluded. */
export function spanMoments(span: DateSpan, dayStart: string): { readonly from: string; readonly to: string } | null {
  const from = parseShanghaiDateTime(`${span.from} ${dayStart}:00`);
  const to = parseShanghaiDateTime(`${addDays(span.to, 1)} ${dayStart}:00`);
  return from === undefined || to === undefined || to <= from ? null : { from: toRfc3339(from), to: toRfc3339(to) };
}

/** The hour of a moment in Asia/Shanghai. */
export const hourOf = (at: string): number => new Date(fromRfc3339(at) + 8 * 3_600_000).getUTCHours();
