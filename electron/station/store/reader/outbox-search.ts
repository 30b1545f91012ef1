import type { Database } from 'better-sqlite3';
import { OutboxStore } from '../outbox-store.ts';
import { outboxBounds, outboxConditions, type Values } from './outbox-filter.ts';
import { COUNT_CAP, type OutboxCriteria, type OutboxFilter, type OutboxIds, type OutboxPage } from './requests.ts';
import { type Alive, pageOfList, pageOfSlices, SLICE, type Slice } from './slices.ts';
import type { StaySearch } from './stay-search.ts';

/** Stays whose messages are looked up one stay at a time. A part of a plate that fits more shows the newest of them. */
const MOST_STAYS = 1_000;
/** The states in which a message can have an error, each with an index of its own. */
const FAULTY = [0, 2, 3, 4] as const;

/** Lists messages, newest first. */
export class OutboxSearch {
  readonly #db: Database;
  readonly #outbox: OutboxStore;
  readonly #stays: StaySearch;

  constructor(db: Database, stays: StaySearch) {
    this.#db = db;
    this.#outbox = new OutboxStore(db);
    this.#stays = stays;
  }

  search(filter: OutboxFilter, alive: Alive): OutboxPage {
    const stays = this.#staysOf(filter, alive);
    const few = this.#few(filter, stays?.uids, COUNT_CAP + 1);
    alive();
    const found =
      few && (few.length <= COUNT_CAP || filter.offset + filter.limit <= COUNT_CAP)
        ? pageOfList(few, filter)
        : pageOfSlices(this.#walk(filter, stays?.uids), filter, alive);
    return {
      items: found.keys.flatMap((id) => {
        const row = this.#outbox.get(id);
        return row ? [{ row, plate: row.key === null ? null : this.#stays.plateOf(row.key) }] : [];
      }),
      total: found.total,
      exact: found.exact && (stays?.exact ?? true),
    };
  }

  /** Messages in one of the states that wait for somebody: the oldest `limit` of them, and how many there are. */
  ids(criteria: OutboxCriteria, limit: number, alive: Alive): OutboxIds {
    const stays = this.#staysOf(criteria, alive);
    const { condition, values } = outboxConditions(criteria, stays?.uids);
    const ids = this.#db
      .prepare<[Values], number>(`SELECT id FROM outbox WHERE ${condition} ORDER BY id LIMIT @limit`)
      .pluck()
      .all({ ...values, limit });
    alive();
    const total = this.#db.prepare<[Values], number>(`SELECT count(*) FROM outbox WHERE ${condition}`).pluck();
    return { ids, total: total.get(values) ?? 0 };
  }

  #staysOf({ plate }: OutboxCriteria, alive: Alive) {
    return plate === undefined ? undefined : this.#stays.uidsOfPlate(plate, MOST_STAYS, alive);
  }

  /**
   * All that match, where an index leads to few: messages of some stays, and messages in a state that ends. The delivered ones
   * are the history, and carry no error.
   */
  #few(filter: OutboxCriteria, uids: readonly string[] | undefined, limit: number): number[] | undefined {
    const one = (criteria: OutboxCriteria): number[] => {
      const { condition, values } = outboxConditions(criteria, uids);
      return this.#db
        .prepare<[Values], number>(`SELECT id FROM outbox WHERE ${condition} ORDER BY id DESC LIMIT @limit`)
        .pluck()
        .all({ ...values, limit });
    };
    if (uids !== undefined || filter.key !== undefined || (filter.state !== undefined && filter.state !== 1))
      return one(filter);
    if (filter.error === undefined || filter.state === 1) return undefined;
    return FAULTY.flatMap((state) => one({ ...filter, state }))
      .sort((a, b) => b - a)
      .slice(0, limit);
  }

  *#walk(filter: OutboxCriteria, uids: readonly string[] | undefined): Generator<Slice<number>> {
    const { condition, values } = outboxConditions(filter, uids);
    const part = `FROM outbox WHERE id > @low AND id <= @high AND ${condition}`;
    const count = this.#db.prepare<[Values], number>(`SELECT count(*) ${part}`).pluck();
    const keys = this.#db
      .prepare<[Values], number>(`SELECT id ${part} ORDER BY id DESC LIMIT @limit OFFSET @offset`)
      .pluck();
    const { lowest, highest } = outboxBounds(this.#db, filter, this.#outbox.maxId());
    for (let high = highest; high >= lowest; high -= SLICE) {
      const bounds: Values = { ...values, low: Math.max(high - SLICE, lowest - 1), high };
      yield {
        size: SLICE,
        count: () => count.get(bounds) ?? 0,
        keys: (offset, limit) => keys.all({ ...bounds, offset, limit }),
      };
    }
  }
}
