import type { EpochMs } from '../../../shared/domain/time.ts';
import type { OccupancyRows } from '../store/reader/occupancy.ts';
import type { Reader } from '../store/reader/reader.ts';
import type { DetailFilter, DetailPage, GroupFilter, Groups } from '../store/reader/report-detail.ts';
import type { BalanceRow, ClassRow, DayRows, DeedRow, Span } from '../store/report-rows.ts';

/** Where reports get their rows from; never more than a day at once. */
export interface ReportSource {
  day(span: Span): Promise<DayRows>;
  deeds(span: Span): Promise<DeedRow[]>;
  balance(span: Span): Promise<BalanceRow[]>;
  classes(span: Span): Promise<ClassRow[]>;
  rows(filter: DetailFilter): Promise<DetailPage>;
  groups(filter: GroupFilter): Promise<Groups>;
  occupancy(span: Span): Promise<OccupancyRows>;
  /** How many cars inside came before. */
  insideSince(before: EpochMs): Promise<number>;
}

/** Reads on a thread of its own: a month's report holds up no lane. Rejects with a `ReaderError`. */
export const besideTheLanes = (reader: Reader): ReportSource => ({
  day: (span) => reader.reportDay(span),
  deeds: (span) => reader.reportDeeds(span),
  balance: (span) => reader.reportBalance(span),
  classes: (span) => reader.reportClasses(span),
  rows: (filter) => reader.reportRows(filter),
  groups: (filter) => reader.reportGroups(filter),
  occupancy: (span) => reader.occupancy(span),
  insideSince: async (before) => (await reader.stale(before, { offset: 0, limit: 1 })).total,
});
