import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';
import { platformIdSchema } from '../../../shared/domain/site.ts';
import { DocumentStore } from './document-store.ts';

/**
 * How a message that ought to exist was found. `given-up` is fetched by the platform itself. `gone` cannot be made good, because its picture is no longer there; `lost` was delivered,
 * and the platform does not have it; `extra` the platform alone has.
 */
export const foundSchema = z.enum([
  'delivered',
  'waiting',
  'refused',
  'discarded',
  'given-up',
  'missing',
  'lost',
  'extra',
  'gone',
  'unreadable',
]);
export type Found = z.infer<typeof foundSchema>;

const tallySchema = z.object({ count: z.int(), amountFen: z.int().nullable() });

const figureSchema = z.object({
  message: z.string(),
  /** What the journal says there should be; how these were found adds up to it, but for what is `extra`. */
  expected: z.int(),
  found: z.object({
    ...{ delivered: z.int(), waiting: z.int(), refused: z.int(), discarded: z.int(), missing: z.int() },
    ...{ gone: z.int(), unreadable: z.int() },
    // Runs of earlier versions know none of these.
    ...{ lost: z.int().default(0), extra: z.int().default(0), 'given-up': z.int().default(0) },
  }),
});
export type RunFigure = z.output<typeof figureSchema>;

const theirsSchema = z.discriminatedUnion('kind', [
  /** The platform offers no account of its own. */
  z.object({ kind: z.literal('none') }),
  /** It offers one of whole days only, and this is none. */
  z.object({ kind: z.literal('not-a-day') }),
  /** `answered`: it refused to tell; otherwise it did not answer. */
  z.object({ kind: z.literal('failed'), reason: z.string(), answered: z.literal(true).optional() }),
  z.object({
    kind: z.literal('told'),
    figures: z.array(
      z.object({ message: z.string(), ours: tallySchema, theirs: tallySchema.nullable(), agrees: z.boolean() }),
    ),
    note: z.string(),
  }),
]);
export type Theirs = z.output<typeof theirsSchema>;

export const runSchema = z.object({
  id: z.string(),
  platform: platformIdSchema,
  /** check 对账: what became of it · backfill 补报: in order to send what never was. */
  purpose: z.enum(['check', 'backfill']),
  from: z.int(),
  to: z.int(),
  /** Interrupted: the station stopped over it. */
  state: z.enum(['running', 'done', 'failed', 'interrupted']),
  detail: z.string(),
  startedAt: z.int(),
  endedAt: z.int().nullable(),
  by: z.string(),
  /** The station began it by itself. */
  automatic: z.boolean().default(false),
  /** Rows of the journal in the period, and how far the run has come. */
  events: z.int(),
  done: z.int(),
  /** Events of the period that the platform's projector has not come to yet: their messages are still to be made. */
  ahead: z.int(),
  /** The first instant of which the journal knows, where the period begins before it. */
  knownFrom: z.int().nullable(),
  figures: z.array(figureSchema),
  differences: z.int(),
  theirs: theirsSchema,
});
export type OutboxRun = z.output<typeof runSchema>;

export class OutboxRunStore extends DocumentStore<OutboxRun> {
  readonly #newest: (limit: number) => OutboxRun[];
  readonly #forgetRows: Statement<[string, string, number]>;

  constructor(db: Database) {
    super(db, {
      table: 'outbox_runs',
      schema: runSchema,
      columns: (run) => ({ platform: run.platform, started_at_ms: run.startedAt }),
    });
    this.#newest = this.finder('ORDER BY started_at_ms DESC, id LIMIT ?');
    this.#forgetRows = db.prepare(`DELETE FROM outbox_differences WHERE run_id = ? AND number IN
      (SELECT number FROM outbox_differences WHERE run_id = ? ORDER BY number LIMIT ?)`);
  }

  newest(limit: number): OutboxRun[] {
    return this.#newest(limit);
  }

  /** Removes a run with what it found, `limit` rows at a time. @returns whether it is gone. */
  drop(id: string, limit: number): boolean {
    if (this.#forgetRows.run(id, id, limit).changes === limit) return false;
    this.remove(id);
    return true;
  }
}

export const differenceSchema = z.object({
  number: z.int(),
  found: foundSchema,
  message: z.string(),
  kind: z.string(),
  key: z.string().nullable(),
  draft_id: z.string(),
  /** Null for what only the platform has. */
  journal_seq: z.int().nullable(),
  at_ms: z.int().nullable(),
  reason: z.string().nullable(),
});
export type Difference = z.output<typeof differenceSchema>;

const COLUMNS = 'number, found, message, kind, key, draft_id, journal_seq, at_ms, reason';

/** What a run found that is not delivered, in the order of the journal. */
export class OutboxDifferenceStore {
  readonly #insert: Statement<[object]>;
  readonly #after: Statement<[string, number, number], unknown>;
  readonly #get: Statement<[string, number], unknown>;

  constructor(db: Database) {
    this.#insert = db.prepare(`INSERT INTO outbox_differences (run_id, ${COLUMNS}) VALUES
      (@run_id, @number, @found, @message, @kind, @key, @draft_id, @journal_seq, @at_ms, @reason)`);
    this.#after = db.prepare(
      `SELECT ${COLUMNS} FROM outbox_differences WHERE run_id = ? AND number > ? ORDER BY number LIMIT ?`,
    );
    this.#get = db.prepare(`SELECT ${COLUMNS} FROM outbox_differences WHERE run_id = ? AND number = ?`);
  }

  add(runId: string, difference: Difference): void {
    this.#insert.run({ run_id: runId, ...difference });
  }

  after(runId: string, number: number, limit: number): Difference[] {
    return this.#after.all(runId, number, limit).map((row) => differenceSchema.parse(row));
  }

  get(runId: string, number: number): Difference | undefined {
    const row = this.#get.get(runId, number);
    return row === undefined ? undefined : differenceSchema.parse(row);
  }
}
