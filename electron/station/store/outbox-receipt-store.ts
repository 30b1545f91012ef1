import type { Database, Statement } from 'better-sqlite3';
import type { PlatformId } from '../../../shared/domain/site.ts';
import { planOnce } from './plan-once.ts';

/** Rows of the journal, first and last. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Stretches of the journal of which every message was delivered, or left for the platform to fetch. They outlive the messages: what is covered is neither missing nor
 * made again, although its rows have aged out.
 */
export class OutboxReceiptStore {
  readonly #upTo: Statement<[string, number], Stretch>;
  readonly #touching: Statement<[string, number, number], Stretch>;
  readonly #remove: Statement<[string, number]>;
  readonly #put: Statement<[string, number, number]>;

  constructor(db: Database) {
    this.#upTo = db.prepare(
      planOnce(`SELECT from_seq AS "from", to_seq AS "to" FROM outbox_receipts WHERE platform = ? AND from_seq <= ?
        ORDER BY from_seq DESC LIMIT 1`),
    );
    this.#touching = db.prepare(
      `SELECT from_seq AS "from", to_seq AS "to" FROM outbox_receipts WHERE platform = ? AND from_seq > ? AND from_seq <= ?`,
    );
    this.#remove = db.prepare('DELETE FROM outbox_receipts WHERE platform = ? AND from_seq = ?');
    this.#put = db.prepare('INSERT INTO outbox_receipts (platform, from_seq, to_seq) VALUES (?, ?, ?)');
  }

  /** Whether all that this row of the journal made for the platform was settled, and may have aged out since. */
  covers(platform: PlatformId, seq: number): boolean {
    const stretch = this.#upTo.get(platform, seq);
    return stretch !== undefined && stretch.to >= seq;
  }

  /** The last row covered at or before `seq`; 0 when there is none. */
  lastUpTo(platform: PlatformId, seq: number): number {
    const stretch = this.#upTo.get(platform, seq);
    return stretch === undefined ? 0 : Math.min(stretch.to, seq);
  }

  /** Neighbours and what overlaps become one stretch, so that a year without a refusal is one row. */
  add(platform: PlatformId, { from, to }: Stretch): void {
    const before = this.#upTo.get(platform, from);
    const joined = [
      ...(before !== undefined && before.to >= from - 1 ? [before] : []),
      ...this.#touching.all(platform, from, to + 1),
    ];
    for (const each of joined) this.#remove.run(platform, each.from);
    this.#put.run(
      platform,
      Math.min(from, ...joined.map((each) => each.from)),
      Math.max(to, ...joined.map((each) => each.to)),
    );
  }
}
