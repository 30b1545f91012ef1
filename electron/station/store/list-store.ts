import type { Database, Statement } from 'better-sqlite3';
import {
  countsFor,
  type ListColor,
  type ListEntry,
  type ListKind,
  listEntrySchema,
  strictest,
} from '../../../shared/domain/list.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import { planOnce } from './plan-once.ts';

interface Row {
  readonly id: string;
  readonly list: string;
  readonly plate: string;
  /** Empty: any. A unique key takes every null for another value. */
  readonly plate_color: string;
  readonly vehicle_class: string | null;
  readonly valid_from_ms: number;
  readonly valid_to_ms: number;
  readonly remark: string;
  readonly source: string;
  readonly updated_at_ms: number;
  readonly strategy: string;
}

export interface ListFilter {
  readonly list?: ListKind | undefined;
  readonly plate?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

export class ListStore {
  readonly #db: Database;
  readonly #put: Statement<[Row]>;
  readonly #remove: Statement<[string]>;
  readonly #get: Statement<[string], Row>;
  readonly #find: Statement<[string, string, string], Row>;
  readonly #ofPlate: Statement<[string, string], Row>;
  readonly #valid: Statement<[string, number, number], Row>;

  constructor(db: Database) {
    this.#db = db;
    this.#put =
      db.prepare(`INSERT INTO list_entries (id, list, plate, plate_color, vehicle_class, valid_from_ms, valid_to_ms, remark, source, updated_at_ms, strategy)
      VALUES (@id, @list, @plate, @plate_color, @vehicle_class, @valid_from_ms, @valid_to_ms, @remark, @source, @updated_at_ms, @strategy)
      ON CONFLICT (id) DO UPDATE SET plate_color = excluded.plate_color, vehicle_class = excluded.vehicle_class, valid_from_ms = excluded.valid_from_ms,
        valid_to_ms = excluded.valid_to_ms, remark = excluded.remark, source = excluded.source, updated_at_ms = excluded.updated_at_ms, strategy = excluded.strategy`);
    this.#remove = db.prepare('DELETE FROM list_entries WHERE id = ?');
    this.#get = db.prepare('SELECT * FROM list_entries WHERE id = ?');
    this.#find = db.prepare('SELECT * FROM list_entries WHERE list = ? AND plate = ? AND plate_color = ?');
    this.#ofPlate = db.prepare('SELECT * FROM list_entries WHERE list = ? AND plate = ? ORDER BY plate_color');
    this.#valid = db.prepare(
      planOnce(
        "SELECT * FROM list_entries WHERE plate = ? AND plate <> '' AND valid_from_ms <= ? AND valid_to_ms >= ? ORDER BY list",
      ),
    );
  }

  put(entry: ListEntry): void {
    this.#put.run({
      id: entry.id,
      list: entry.list,
      plate: entry.plate,
      plate_color: entry.plateColor ?? '',
      vehicle_class: entry.vehicleClass,
      valid_from_ms: entry.validFrom,
      valid_to_ms: entry.validTo,
      remark: entry.remark,
      source: entry.source,
      updated_at_ms: entry.updatedAt,
      strategy: entry.strategy,
    });
  }

  remove(id: string): void {
    this.#remove.run(id);
  }

  get(id: string): ListEntry | undefined {
    const row = this.#get.get(id);
    return row && fromRow(row);
  }

  /** The entry of a plate for this colour alone; null: the one for any colour. */
  find(list: ListKind, plate: string, color: ListColor | null = null): ListEntry | undefined {
    const row = this.#find.get(list, plate, color ?? '');
    return row && fromRow(row);
  }

  /** The entries of a plate on a list, of whatever colour. */
  ofPlate(list: ListKind, plate: string): ListEntry[] {
    return this.#ofPlate.all(list, plate).map(fromRow);
  }

  /** The entries that count for a car at a moment, at most one of each list. */
  valid(
    { text, color }: Pick<Plate, 'text' | 'color'>,
    at: number,
  ): { readonly black: ListEntry | null; readonly white: ListEntry | null } {
    const entries = this.#valid
      .all(text, at, at)
      .map(fromRow)
      .filter((entry) => countsFor(entry, color));
    const of = (list: ListKind): ListEntry | null => strictest(entries.filter((entry) => entry.list === list));
    return { black: of('black'), white: of('white') };
  }

  /** Those whose id comes after `id`, in the order of ids: for reading all of them piece by piece. */
  after(id: string, limit: number): ListEntry[] {
    return this.#db
      .prepare<[string, number], Row>('SELECT * FROM list_entries WHERE id > ? ORDER BY id LIMIT ?')
      .all(id, limit)
      .map(fromRow);
  }

  /** Newest change first. */
  search(filter: ListFilter): { readonly items: ListEntry[]; readonly total: number } {
    const where = ['1 = 1'];
    if (filter.list !== undefined) where.push('list = @list');
    if (filter.plate !== undefined) where.push('instr(plate, @plate) > 0');
    const values = { list: filter.list ?? null, plate: filter.plate ?? null };
    const condition = where.join(' AND ');
    const items = this.#db
      .prepare<[object], Row>(
        `SELECT * FROM list_entries WHERE ${condition} ORDER BY updated_at_ms DESC, id LIMIT @limit OFFSET @offset`,
      )
      .all({ ...values, limit: filter.limit, offset: filter.offset });
    const total =
      this.#db.prepare<[object], number>(`SELECT count(*) FROM list_entries WHERE ${condition}`).pluck().get(values) ??
      0;
    return { items: items.map(fromRow), total };
  }
}

const fromRow = (row: Row): ListEntry =>
  listEntrySchema.parse({
    id: row.id,
    list: row.list,
    plate: row.plate,
    plateColor: row.plate_color === '' ? null : row.plate_color,
    vehicleClass: row.vehicle_class,
    validFrom: row.valid_from_ms,
    validTo: row.valid_to_ms,
    remark: row.remark,
    source: row.source,
    updatedAt: row.updated_at_ms,
    strategy: row.strategy,
  });
