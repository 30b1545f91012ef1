import type { Stay } from '../../../shared/domain/stay.ts';
import type { DayRows } from '../store/report-rows.ts';

/** 车流统计 of a period: cars per hour of the day, and how often a space was used. */
export interface Flow {
  readonly entries: number;
  readonly exits: number;
  /** 0-23, over all days of the period. */
  readonly byHour: readonly { readonly hour: number; readonly entries: number; readonly exits: number }[];
  /** The hour in which most cars passed, either way; null when none did. */
  readonly busiestHour: number | null;
  readonly spaces: number;
  readonly days: number;
  /** 周转率: cars that left per space and day; null where there are no spaces. */
  readonly turnover: number | null;
}

export function flowOf(rows: Pick<DayRows, 'deeds'>, days: number, spaces: number): Flow {
  const count = (what: 'entry' | 'exit', hour?: number): number =>
    rows.deeds
      .filter((deed) => deed.what === what && (hour === undefined || deed.hour === hour))
      .reduce((sum, deed) => sum + deed.count, 0);
  const byHour = Array.from({ length: 24 }, (_, hour) => ({
    hour,
    entries: count('entry', hour),
    exits: count('exit', hour),
  }));
  const cars = (each: { readonly entries: number; readonly exits: number }): number => each.entries + each.exits;
  const busiest = byHour.reduce((most, each) => (cars(each) > cars(most) ? each : most));
  const exits = count('exit');
  return {
    entries: count('entry'),
    exits,
    byHour,
    busiestHour: cars(busiest) === 0 ? null : busiest.hour,
    spaces,
    days,
    turnover: spaces === 0 || days === 0 ? null : exits / spaces / days,
  };
}

/** 在场车辆 now: how many, the one that came first, and how many stay longer than the rule thinks right. */
export interface OpenStays {
  readonly count: number;
  readonly oldest: Stay | null;
  readonly staleDays: number;
  readonly stale: number;
}
