import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';
import { differenceSchema } from '../outbox-run-store.ts';
import { rowSchema } from '../outbox-store.ts';

const MINUTE_MS = 60_000;
/** The curve of what was delivered goes back so many minutes. */
export const CURVE_MINUTES = 60;

const count = z.object({ platform: z.string(), message: z.string(), state: rowSchema.shape.state, count: z.int() });
export const outboxFiguresSchema = z.object({
  /** Waiting and refused: all that there are. Delivered, discarded and given up: since the day began. */
  counts: z.array(count),
  /** Deliveries per minute, `minute` counted back from now. */
  curve: z.array(z.object({ platform: z.string(), minute: z.int(), count: z.int() })),
});
export type OutboxFigures = z.output<typeof outboxFiguresSchema>;

export const outboxSpanSchema = z.object({
  lowest: z.int().nullable(),
  highest: z.int().nullable(),
  /** When the journal's first row was written; null in an empty one. */
  begins: z.int().nullable(),
});
export type OutboxSpan = z.output<typeof outboxSpanSchema>;

/** A row of a comparison, and the message as it is today. */
export const differencePageSchema = z.object({
  items: z.array(
    differenceSchema.extend({
      id: z.int().nullable(),
      state: rowSchema.shape.state.nullable(),
      plate: z.string().nullable(),
    }),
  ),
  total: z.int(),
});
export type DifferencePage = z.output<typeof differencePageSchema>;

type Count = z.output<typeof count>;

/** Figures over the whole outbox: too long for the lane's thread, and asked for every few seconds. */
export class OutboxFigureQueries {
  readonly #db: Database;
  readonly #open: Statement<[], Count>;
  readonly #delivered: Statement<[number], Count>;
  readonly #discarded: Statement<[number], Count>;
  readonly #givenUp: Statement<[number], Count>;
  readonly #curve: Statement<[object], { platform: string; minute: number; count: number }>;
  readonly #platforms: Statement<[], string>;

  constructor(db: Database) {
    this.#db = db;
    const counted = 'SELECT platform, message, state, count(*) AS count FROM outbox';
    this.#open = db.prepare(`${counted} WHERE state = 0 GROUP BY platform, message
      UNION ALL ${counted} WHERE state = 2 GROUP BY platform, message`);
    const ended = (state: number, index: string): Statement<[number], Count> =>
      db.prepare(`${counted} INDEXED BY ${index} WHERE state = ${state}
        AND platform IN (SELECT platform FROM outbox_cursors) AND done_at_ms >= ? GROUP BY platform, message`);
    this.#delivered = ended(1, 'outbox_done');
    this.#givenUp = ended(4, 'outbox_given_up_done');
    this.#discarded = db.prepare(`${counted} INDEXED BY outbox_discarded WHERE state = 3 AND done_at_ms >= ?
      GROUP BY platform, message`);
    this.#platforms = db.prepare<[], string>('SELECT platform FROM outbox_cursors').pluck();
    this.#curve =
      db.prepare(`SELECT platform, CAST((@now - done_at_ms) / ${MINUTE_MS} AS INTEGER) AS minute, count(*) AS count
      FROM outbox INDEXED BY outbox_done WHERE state = 1 AND platform = @platform AND done_at_ms > @since AND done_at_ms <= @now
      GROUP BY minute`);
  }

  figures(dayStart: number, now: number): OutboxFigures {
    const since = now - CURVE_MINUTES * MINUTE_MS;
    return {
      counts: [this.#delivered, this.#discarded, this.#givenUp].reduce(
        (counts, since) => counts.concat(since.all(dayStart)),
        this.#open.all(),
      ),
      curve: this.#platforms.all().flatMap((platform) => this.#curve.all({ platform, now, since })),
    };
  }

  /** Numbers of the journal's rows of a time. The clock may have jumped: rows between them may lie outside. */
  span(from: number, to: number): OutboxSpan {
    const range = this.#db
      .prepare<[number, number], { lowest: number | null; highest: number | null }>(
        'SELECT min(seq) AS lowest, max(seq) AS highest FROM journal INDEXED BY journal_by_time WHERE at_ms >= ? AND at_ms < ?',
      )
      .get(from, to);
    const begins = this.#db.prepare<[], number>('SELECT at_ms FROM journal ORDER BY seq LIMIT 1').pluck().get();
    return { lowest: range?.lowest ?? null, highest: range?.highest ?? null, begins: begins ?? null };
  }

  differences(runId: string, filter: { found?: string | undefined; offset: number; limit: number }): DifferencePage {
    const where = filter.found === undefined ? '' : 'AND d.found = @found';
    const values = { runId, found: filter.found ?? null, offset: filter.offset, limit: filter.limit };
    const items = this.#db
      .prepare<[object], unknown>(
        `SELECT d.*, o.id, o.state, s.plate AS plate FROM outbox_differences AS d
          JOIN outbox_runs AS r ON r.id = d.run_id
          LEFT JOIN outbox AS o ON o.platform = r.platform AND o.draft_id = d.draft_id
          LEFT JOIN stays AS s ON s.uid = d.key
          WHERE d.run_id = @runId ${where} ORDER BY d.number LIMIT @limit OFFSET @offset`,
      )
      .all(values);
    const total = this.#db
      .prepare<[object], number>(`SELECT count(*) FROM outbox_differences AS d WHERE d.run_id = @runId ${where}`)
      .pluck()
      .get(values);
    return { items: differencePageSchema.shape.items.parse(items), total: total ?? 0 };
  }
}
