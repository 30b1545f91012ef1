import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';
import type { Span } from '../report-rows.ts';

const HOUR_MS = 3_600_000;

/** Cars inside when a span began, and how many came and went in each of its hours. */
export const occupancySchema = z.object({
  before: z.int(),
  hours: z.array(z.object({ entered: z.int(), left: z.int() })),
});
export type OccupancyRows = z.output<typeof occupancySchema>;

const perHour = z.array(z.object({ hour: z.int(), count: z.int() }));

/**
 * Out of the stays as they stand now: a stay that was corrected is counted where it belongs, and one that was closed because
 * its car was long gone is not counted from there on.
 */
export class Occupancy {
  readonly #before: Statement<[Span], { count: number }>;
  readonly #entered: Statement<[Span]>;
  readonly #left: Statement<[Span]>;

  constructor(db: Database) {
    this.#before = db.prepare(`SELECT
      (SELECT count(*) FROM stays WHERE status = 'inside' AND entered_at_ms < @from)
      + (SELECT count(*) FROM stays WHERE exited_at_ms >= @from AND entered_at_ms < @from AND @to > @from) AS count`);
    this.#entered =
      db.prepare(`SELECT CAST((entered_at_ms - @from) / ${HOUR_MS} AS INTEGER) AS hour, count(*) AS count FROM stays
      WHERE entered_at_ms >= @from AND entered_at_ms < @to AND (status = 'inside' OR exited_at_ms IS NOT NULL) GROUP BY 1`);
    this.#left =
      db.prepare(`SELECT CAST((exited_at_ms - @from) / ${HOUR_MS} AS INTEGER) AS hour, count(*) AS count FROM stays
      WHERE exited_at_ms >= @from AND exited_at_ms < @to GROUP BY 1`);
  }

  read(span: Span): OccupancyRows {
    const hours = Array.from({ length: Math.ceil((span.to - span.from) / HOUR_MS) }, () => ({ entered: 0, left: 0 }));
    const add = (rows: Statement<[Span]>, what: 'entered' | 'left'): void => {
      for (const { hour, count } of perHour.parse(rows.all(span))) {
        const slot = hours[hour];
        if (slot) slot[what] += count;
      }
    };
    add(this.#entered, 'entered');
    add(this.#left, 'left');
    return { before: this.#before.get(span)?.count ?? 0, hours };
  }
}
