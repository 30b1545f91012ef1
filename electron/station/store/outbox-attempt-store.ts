import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';
import { planOnce } from './plan-once.ts';

/** So many attempts of a message are kept, the newest. Part of the ids on disk: never to be changed. */
export const ATTEMPTS_KEPT = 8;

/** What one attempt looked like on the wire: masked, cut to size, pictures by digest. */
export const keptTraceSchema = z.object({
  request: z.string(),
  plain: z.string(),
  attached: z.array(z.object({ name: z.string(), bytes: z.int(), sha256: z.string() })),
  answer: z.object({ status: z.string(), text: z.string() }).nullable(),
  /** Characters that were cut off. */
  cut: z.int(),
});
export type KeptTrace = z.output<typeof keptTraceSchema>;

export const attemptOutcomeSchema = z.enum(['delivered', 'refused', 'link', 'message', 'given-up']);

const rowSchema = z.object({
  number: z.int(),
  at_ms: z.int(),
  took_ms: z.int(),
  outcome: attemptOutcomeSchema,
  reason: z.string(),
  trace: z.string().nullable(),
});

/** `link` and `message`: tried again later; it spoke against the line, or against this message alone. `given-up`: the last, in vain. */
export interface KeptAttempt {
  readonly number: number;
  readonly at: number;
  readonly tookMs: number;
  readonly outcome: z.output<typeof attemptOutcomeSchema>;
  readonly reason: string;
  readonly trace: KeptTrace | null;
}

/** The newest attempts of every message. Written in the transaction that changes the message's state. */
export class OutboxAttemptStore {
  readonly #put: Statement<[object]>;
  readonly #of: Statement<[number, number], unknown>;
  readonly #page: Statement<[number, number, number], { id: number; old: number; done: number }>;
  readonly #remove: Statement<[number]>;

  constructor(db: Database) {
    this.#put = db.prepare(`INSERT OR REPLACE INTO outbox_attempts (id, number, at_ms, took_ms, outcome, reason, trace)
      VALUES (@id, @number, @at, @tookMs, @outcome, @reason, @trace)`);
    this.#of = db.prepare(
      planOnce(`SELECT number, at_ms, took_ms, outcome, reason, trace FROM outbox_attempts
      WHERE id >= ? AND id < ? ORDER BY number DESC`),
    );
    this.#page = db.prepare(
      planOnce(`SELECT a.id, a.at_ms < ? AS old, o.state IN (1, 3, 4) AS done FROM outbox_attempts AS a
      JOIN outbox AS o ON o.id = a.id / ${ATTEMPTS_KEPT} WHERE a.id > ? ORDER BY a.id LIMIT ?`),
    );
    this.#remove = db.prepare('DELETE FROM outbox_attempts WHERE id = ?');
  }

  put(outboxId: number, { trace, ...attempt }: KeptAttempt): void {
    const id = outboxId * ATTEMPTS_KEPT + (attempt.number % ATTEMPTS_KEPT);
    this.#put.run({ ...attempt, id, trace: trace && JSON.stringify(trace) });
  }

  /** Newest first. */
  of(outboxId: number): KeptAttempt[] {
    return this.#of.all(outboxId * ATTEMPTS_KEPT, (outboxId + 1) * ATTEMPTS_KEPT).map((row) => {
      const { number, at_ms, took_ms, outcome, reason, trace } = rowSchema.parse(row);
      const kept = trace === null ? null : keptTraceSchema.parse(JSON.parse(trace));
      return { number, at: at_ms, tookMs: took_ms, outcome, reason, trace: kept };
    });
  }

  /**
   * Looks at the attempts behind `afterId` and removes those of finished messages from before an instant. Those of a message that still
   * waits stay: they are what a person will look at, and whoever never does must not keep all that came later on the disk.
   *
   * @returns where to go on; `undefined` when there is nothing old any more
   */
  forget(before: number, afterId: number, limit: number): number | undefined {
    const page = this.#page.all(before, afterId, limit);
    const old = page.filter((row) => row.old === 1);
    for (const { id, done } of old) if (done === 1) this.#remove.run(id);
    return page.length < limit || old.length === 0 ? undefined : page.at(-1)?.id;
  }
}
