import type { Database } from 'better-sqlite3';
import { AUDITED, JournalStore } from '../journal-store.ts';
import type { JournalFilter, JournalPage } from './requests.ts';
import { type Alive, SLICE } from './slices.ts';

/** Reads the journal newest first. */
export class JournalSearch {
  readonly #db: Database;
  readonly #journal: JournalStore;

  constructor(db: Database) {
    this.#db = db;
    this.#journal = new JournalStore(db);
  }

  search(filter: JournalFilter, alive: Alive): JournalPage {
    const newest = Math.min(this.#journal.last().seq, (filter.before ?? Number.MAX_SAFE_INTEGER) - 1);
    const { lowest, highest } = journalBounds(this.#db, filter, newest);
    const statement = this.#db
      .prepare<[object], number>(`SELECT seq FROM journal WHERE ${conditions(filter)} ORDER BY seq DESC LIMIT @limit`)
      .pluck();
    const values = {
      kind: filter.kind ?? null,
      key: filter.key ?? null,
      laneId: filter.laneId ?? null,
      actor: filter.actor ?? null,
      from: filter.from ?? null,
      to: filter.to ?? null,
    };
    const found: number[] = [];
    // Index entries are cheap to pass over and whole rows are not: without an index to follow the slices are small.
    const indexed = filter.kind !== undefined || filter.key !== undefined || filter.audited === true;
    const step = indexed ? SLICE * 20 : SLICE;
    for (let high = highest; high >= lowest && found.length < filter.limit; high -= step) {
      alive();
      const low = Math.max(lowest, high - step + 1);
      found.push(...statement.all({ ...values, low, high, limit: filter.limit - found.length }));
    }
    return found.flatMap((seq) => this.#journal.after(seq - 1, 1));
  }
}

/**
 * Numbers between which all rows of a time lie. Rows are numbered without gaps, so their numbers can be cut into slices. The clock
 * may have jumped: times only narrow them.
 */
export function journalBounds(
  db: Database,
  { from, to }: { readonly from?: number | undefined; readonly to?: number | undefined },
  newest: number,
): { readonly lowest: number; readonly highest: number } {
  if (from === undefined && to === undefined) return { lowest: 1, highest: newest };
  const range = db
    .prepare<[number, number], { lowest: number | null; highest: number | null }>(
      `SELECT min(seq) AS lowest, max(seq) AS highest FROM journal INDEXED BY journal_by_time
        WHERE at_ms >= ? AND at_ms < ?`,
    )
    .get(from ?? 0, to ?? Number.MAX_SAFE_INTEGER);
  return { lowest: range?.lowest ?? 1, highest: Math.min(newest, range?.highest ?? 0) };
}

function conditions(filter: JournalFilter): string {
  const where = ['seq >= @low', 'seq <= @high'];
  if (filter.kind !== undefined) where.push('kind = @kind');
  if (filter.key !== undefined) where.push('key = @key');
  if (filter.laneId !== undefined) where.push('lane_id = @laneId');
  if (filter.audited) where.push(AUDITED);
  if (filter.actor !== undefined) where.push('actor_name = @actor');
  if (filter.from !== undefined) where.push('at_ms >= @from');
  if (filter.to !== undefined) where.push('at_ms < @to');
  return where.join(' AND ');
}
