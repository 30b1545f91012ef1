import type { Reader } from '../store/reader/reader.ts';
import type { BalanceRow, DayRows, DeedRow, Span } from '../store/report-rows.ts';

/** Where reports get their rows from; never more than a day at once. */
export interface ReportSource {
  day(span: Span): Promise<DayRows>;
  deeds(span: Span): Promise<DeedRow[]>;
  balance(span: Span): Promise<BalanceRow[]>;
}

/** Reads on a thread of its own: a month's report holds up no lane. Rejects with a `ReaderError`. */
export const besideTheLanes = (reader: Reader): ReportSource => ({
  day: (span) => reader.reportDay(span),
  deeds: (span) => reader.reportDeeds(span),
  balance: (span) => reader.reportBalance(span),
});
