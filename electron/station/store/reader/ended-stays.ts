import type { Database, Statement } from 'better-sqlite3';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { StayStore } from '../stay-store.ts';
import type { EndedFilter } from './requests.ts';

interface Bounds {
  readonly least: number;
  readonly from: number;
  readonly to: number;
  readonly uid: string;
  readonly limit: number;
}

/** Stays that ended with an exit, in the order of their exits, piece by piece: for going through a month of them. */
export class EndedStays {
  readonly #stays: StayStore;
  readonly #uids: Statement<[Bounds], string>;

  constructor(db: Database) {
    this.#stays = new StayStore(db);
    this.#uids = db
      .prepare<[Bounds], string>(
        `SELECT uid FROM stays INDEXED BY stays_by_exit WHERE exited_at_ms IS NOT NULL AND exited_at_ms >= @least
          AND exited_at_ms < @to AND (exited_at_ms, uid) > (@from, @uid) AND status = 'left'
          ORDER BY exited_at_ms, uid LIMIT @limit`,
      )
      .pluck();
  }

  after({ from, to, after, limit }: EndedFilter): Stay[] {
    const least = after?.exitedAt ?? from;
    const bounds = { least, to, from: after ? least : least - 1, uid: after?.uid ?? '', limit };
    return this.#uids.all(bounds).flatMap((uid) => this.#stays.get(uid) ?? []);
  }
}
