import type { Database } from 'better-sqlite3';
import { OutboxStore } from '../outbox-store.ts';
import { COUNT_CAP, type OutboxFilter, type OutboxPage } from './requests.ts';
import { type Alive, pageOfList, pageOfSlices, SLICE, type Slice } from './slices.ts';
import type { StaySearch } from './stay-search.ts';

/** Stays whose messages are looked up one stay at a time. A part of a plate that fits more shows the newest of them. */
const MOST_STAYS = 1_000;

type Values = Readonly<Record<string, string | number | null>>;

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
    const stays = filter.plate === undefined ? undefined : this.#stays.uidsOfPlate(filter.plate, MOST_STAYS, alive);
    const where = ['1 = 1'];
    if (filter.platform !== undefined) where.push('platform = @platform');
    // Written out, not bound: an index of one state serves only where the planner can see which state is meant.
    if (filter.state !== undefined) where.push(`state = ${filter.state}`);
    if (filter.key !== undefined) where.push('key = @key');
    if (stays) where.push('key IN (SELECT value FROM json_each(@uids))');
    const condition = where.join(' AND ');
    const values: Values = {
      platform: filter.platform ?? null,
      key: filter.key ?? null,
      uids: JSON.stringify(stays?.uids ?? []),
    };
    // Messages of some stays, and messages in a state that ends, are few and have an index; the delivered ones are the history.
    const indexed =
      stays !== undefined || filter.key !== undefined || (filter.state !== undefined && filter.state !== 1);
    const few = indexed ? this.#few(condition, values) : undefined;
    alive();
    const found =
      few && (few.length <= COUNT_CAP || filter.offset + filter.limit <= COUNT_CAP)
        ? pageOfList(few, filter)
        : pageOfSlices(this.#walk(condition, values), filter, alive);
    return {
      items: found.keys.flatMap((id) => {
        const row = this.#outbox.get(id);
        return row ? [{ row, plate: row.key === null ? null : this.#stays.plateOf(row.key) }] : [];
      }),
      total: found.total,
      exact: found.exact && (stays?.exact ?? true),
    };
  }

  #few(condition: string, values: Values): number[] {
    return this.#db
      .prepare<[Values], number>(`SELECT id FROM outbox WHERE ${condition} ORDER BY id DESC LIMIT ${COUNT_CAP + 1}`)
      .pluck()
      .all(values);
  }

  *#walk(condition: string, values: Values): Generator<Slice<number>> {
    const part = `FROM outbox WHERE id > @low AND id <= @high AND ${condition}`;
    const count = this.#db.prepare<[Values], number>(`SELECT count(*) ${part}`).pluck();
    const keys = this.#db
      .prepare<[Values], number>(`SELECT id ${part} ORDER BY id DESC LIMIT @limit OFFSET @offset`)
      .pluck();
    for (let high = this.#outbox.maxId(); high > 0; high -= SLICE) {
      const bounds: Values = { ...values, low: high - SLICE, high };
      yield {
        size: SLICE,
        count: () => count.get(bounds) ?? 0,
        keys: (offset, limit) => keys.all({ ...bounds, offset, limit }),
      };
    }
  }
}
