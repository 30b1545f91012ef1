import type { Database, Statement } from 'better-sqlite3';
import { doubtOf, unseenUntil, unsettled } from '../../../../shared/domain/doubts.ts';
import { GapStore } from '../money-stores.ts';
import { StayStore } from '../stay-store.ts';
import { COUNT_CAP, type DoubtfulFilter, type DoubtfulPage } from './requests.ts';
import { type Alive, pageOfList } from './slices.ts';

/** Doubts of one stay that are told; the oldest come first, and the newest say no more. */
const MOST_DOUBTS = 20;

/** Cars inside that are in doubt and that nobody has looked at, the oldest entry in front. */
export class DoubtfulSearch {
  readonly #stays: StayStore;
  readonly #gaps: GapStore;
  readonly #oldest: Statement<[], number | null>;
  readonly #uids: Statement<[{ unseen: number; limit: number }], string>;

  constructor(db: Database) {
    this.#stays = new StayStore(db);
    this.#gaps = new GapStore(db);
    this.#oldest = db
      .prepare<[], number | null>("SELECT min(entered_at_ms) FROM stays WHERE status = 'inside'")
      .pluck();
    this.#uids = db
      .prepare<[{ unseen: number; limit: number }], string>(
        `SELECT uid FROM stays INDEXED BY stays_inside_since WHERE status = 'inside'
          AND (coalesce(detail ->> '$.reviewedAt', entered_at_ms) < @unseen
            OR EXISTS (SELECT 1 FROM json_each(detail, '$.doubts') AS doubt
              WHERE detail ->> '$.reviewedAt' IS NULL OR doubt.value ->> '$.at' > detail ->> '$.reviewedAt'))
          ORDER BY entered_at_ms, uid LIMIT @limit`,
      )
      .pluck();
  }

  page(filter: DoubtfulFilter, alive: Alive): DoubtfulPage {
    const oldest = this.#oldest.get() ?? filter.now;
    const gaps = this.#gaps.overlapping(oldest, filter.now);
    const unseen = unseenUntil(gaps, filter) ?? Number.MIN_SAFE_INTEGER;
    alive();
    const found = pageOfList(this.#uids.all({ unseen, limit: COUNT_CAP + 1 }), filter);
    alive();
    const items = found.keys.flatMap((uid) => {
      const stay = this.#stays.get(uid);
      if (!stay) return [];
      const why = unsettled(stay, gaps, filter);
      const doubts = [...why.own, ...why.gaps.map((gap) => doubtOf(gap, (id) => id))].sort((a, b) => a.at - b.at);
      return [{ stay, doubts: doubts.slice(0, MOST_DOUBTS) }];
    });
    return { items, total: found.total, exact: found.exact };
  }
}
