import type { Database, Statement } from 'better-sqlite3';
import type { PlatformId } from '../../../shared/domain/site.ts';
import { ATTEMPTS_KEPT } from './outbox-attempt-store.ts';
import type { OutboxRow, OutboxState } from './outbox-store.ts';

export interface AgedRow {
  readonly id: number;
  readonly kind: OutboxRow['kind'];
  readonly journal_seq: number;
  readonly done_at_ms: number;
}

/** The states in which a message is done with and needs nobody: it arrived, or the platform fetches it. */
export const SETTLED = [1, 4] as const satisfies readonly OutboxState[];

/** Finding and removing what was settled long ago. What may go is decided in `outbox/ageing.ts`. */
export class OutboxAgeStore {
  readonly #settled: Readonly<Record<(typeof SETTLED)[number], Statement<[object], AgedRow>>>;
  readonly #state: Statement<[string, string], OutboxState>;
  readonly #remove: Statement<[number]>;
  readonly #removeAttempts: Statement<[number, number]>;

  constructor(db: Database) {
    const settled = (state: number, index: string): Statement<[object], AgedRow> =>
      db.prepare(
        `SELECT id, kind, journal_seq, done_at_ms FROM outbox INDEXED BY ${index}
          WHERE platform = @platform AND state = ${state} AND done_at_ms < @before AND (done_at_ms, id) > (@at, @id)
          ORDER BY done_at_ms, id LIMIT @limit`,
      );
    this.#settled = { 1: settled(1, 'outbox_done'), 4: settled(4, 'outbox_given_up_done') };
    this.#state = db
      .prepare<[string, string], OutboxState>('SELECT state FROM outbox WHERE platform = ? AND draft_id = ?')
      .pluck();
    // The newest row stays: its number would be given out again, and with it what is known of the number.
    this.#remove = db.prepare(
      'DELETE FROM outbox WHERE id = ? AND state IN (1, 4) AND id < (SELECT max(id) FROM outbox)',
    );
    this.#removeAttempts = db.prepare('DELETE FROM outbox_attempts WHERE id >= ? AND id < ?');
  }

  /** Messages that came to such an end before an instant, in the order in which they did, behind `after`. */
  settled(
    platform: PlatformId,
    state: (typeof SETTLED)[number],
    before: number,
    after: Pick<AgedRow, 'id' | 'done_at_ms'>,
    limit: number,
  ): AgedRow[] {
    return this.#settled[state].all({ platform, before, at: after.done_at_ms, id: after.id, limit });
  }

  /** What became of the message of a draft. */
  stateOf(platform: PlatformId, draftId: string): OutboxState | undefined {
    return this.#state.get(platform, draftId);
  }

  /** @returns whether it is gone. */
  remove(id: number): boolean {
    if (this.#remove.run(id).changes === 0) return false;
    this.#removeAttempts.run(id * ATTEMPTS_KEPT, (id + 1) * ATTEMPTS_KEPT);
    return true;
  }
}
