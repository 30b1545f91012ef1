import type { Database, Statement } from 'better-sqlite3';
import type { PlatformId } from '../../../shared/domain/site.ts';
import { ATTEMPTS_KEPT } from './outbox-attempt-store.ts';
import type { OutboxState } from './outbox-store.ts';

export interface AgedRow {
  readonly id: number;
  readonly kind: 'answer' | 'record' | 'photo';
  readonly journal_seq: number;
  readonly done_at_ms: number;
}

/** Finding and removing what arrived long ago. What may go is decided in `outbox/ageing.ts`. */
export class OutboxAgeStore {
  readonly #delivered: Statement<[object], AgedRow>;
  readonly #state: Statement<[string, string], OutboxState>;
  readonly #remove: Statement<[number]>;
  readonly #removeAttempts: Statement<[number, number]>;

  constructor(db: Database) {
    this.#delivered = db.prepare(
      `SELECT id, kind, journal_seq, done_at_ms FROM outbox INDEXED BY outbox_done
        WHERE platform = @platform AND state = 1 AND done_at_ms < @before AND (done_at_ms, id) > (@at, @id)
        ORDER BY done_at_ms, id LIMIT @limit`,
    );
    this.#state = db
      .prepare<[string, string], OutboxState>('SELECT state FROM outbox WHERE platform = ? AND draft_id = ?')
      .pluck();
    // The newest row stays: its number would be given out again, and with it what is known of the number.
    this.#remove = db.prepare('DELETE FROM outbox WHERE id = ? AND state = 1 AND id < (SELECT max(id) FROM outbox)');
    this.#removeAttempts = db.prepare('DELETE FROM outbox_attempts WHERE id >= ? AND id < ?');
  }

  /** Messages delivered before an instant, in the order in which they were, behind `after`. */
  delivered(platform: PlatformId, before: number, after: Pick<AgedRow, 'id' | 'done_at_ms'>, limit: number): AgedRow[] {
    return this.#delivered.all({ platform, before, at: after.done_at_ms, id: after.id, limit });
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
