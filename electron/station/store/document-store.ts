import type { Database, Statement } from 'better-sqlite3';
import type { z } from 'zod';
import { UnfitError } from '../runtime/errors.ts';
import { planOnce } from './plan-once.ts';
import { faultText, UnreadableRows } from './unreadable.ts';

type Column = string | number | null;

/** How a kind of document lies in its table: the columns that are searched, taken from the document itself. */
export interface DocumentShape<T extends { readonly id: string }> {
  readonly table: string;
  readonly schema: z.ZodType<T>;
  readonly columns: (value: T) => Readonly<Record<string, Column>>;
}

interface Row {
  readonly id: string;
  readonly body: string;
}

/**
 * Whole documents by id, with a few columns beside them to search by. What goes in was parsed, and what comes out: a row that an
 * older version wrote gets its defaults, a damaged one is an error and never a guess. A search passes it over and tells of it,
 * lest one row take its neighbours along.
 */
export class DocumentStore<T extends { readonly id: string }> {
  protected readonly db: Database;
  /** Replaced by whoever holds all the stores together. */
  unreadable = new UnreadableRows();
  readonly #shape: DocumentShape<T>;
  #put: Statement<[object]> | undefined;
  #after: Statement<[string, number], Row> | undefined;
  readonly #get: Statement<[string], string>;
  readonly #remove: Statement<[string]>;

  constructor(db: Database, shape: DocumentShape<T>) {
    this.db = db;
    this.#shape = shape;
    this.#get = db.prepare<[string], string>(`SELECT body FROM ${shape.table} WHERE id = ?`).pluck();
    this.#remove = db.prepare(`DELETE FROM ${shape.table} WHERE id = ?`);
  }

  /** @throws UnfitError where nobody could read it again */
  put(value: T): void {
    const checked = this.#shape.schema.safeParse(value);
    if (!checked.success) throw new UnfitError(`${this.#shape.table}: ${faultText(checked.error)}`);
    const columns = this.#shape.columns(value);
    this.#put ??= this.db.prepare(this.#upsert(Object.keys(columns)));
    this.#put.run({ id: value.id, body: JSON.stringify(value), ...columns });
  }

  get(id: string): T | undefined {
    const body = this.#get.get(id);
    return body === undefined ? undefined : this.parse(body);
  }

  remove(id: string): void {
    this.#remove.run(id);
  }

  /** Those whose id comes after `id`, in the order of ids: for reading all of them piece by piece. */
  after(id: string, limit: number): T[] {
    this.#after ??= this.db.prepare<[string, number], Row>(
      `SELECT id, body FROM ${this.#shape.table} WHERE id > ? ORDER BY id LIMIT ?`,
    );
    return this.#readable(this.#after.all(id, limit));
  }

  /** Prepares a search: `where` is the rest of `SELECT id, body FROM <table>`, with `?` for the values. */
  protected finder<V extends Column[]>(where: string): (...values: V) => T[] {
    const { table } = this.#shape;
    const statement = this.db.prepare<V, Row>(planOnce(`SELECT ${table}.id, ${table}.body FROM ${table} ${where}`));
    return (...values) => this.#readable(statement.all(...values));
  }

  /** A page of what `where` matches, and how many there are. */
  protected page(
    where: string,
    order: string,
    values: Readonly<Record<string, Column>>,
    page: { readonly offset: number; readonly limit: number },
  ): { readonly items: T[]; readonly total: number } {
    const { table } = this.#shape;
    const items = this.#readable(
      this.db
        .prepare<[object], Row>(
          `SELECT id, body FROM ${table} WHERE ${where} ORDER BY ${order} LIMIT @limit OFFSET @offset`,
        )
        .all({ ...values, ...page }),
    );
    const total = this.db
      .prepare<[object], number>(`SELECT count(*) FROM ${table} WHERE ${where}`)
      .pluck()
      .get({ ...values });
    return { items, total: total ?? 0 };
  }

  protected parse(body: string): T {
    return this.#shape.schema.parse(JSON.parse(body));
  }

  #readable(rows: readonly Row[]): T[] {
    return rows.flatMap(({ id, body }) => {
      try {
        return [this.parse(body)];
      } catch (error) {
        this.unreadable.add({ table: this.#shape.table, id, reason: faultText(error) });
        return [];
      }
    });
  }

  #upsert(columns: readonly string[]): string {
    const names = ['id', ...columns, 'body'];
    const updates = names.slice(1).map((name) => `${name} = excluded.${name}`);
    return `INSERT INTO ${this.#shape.table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})
      ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`;
  }
}

/** `%` and `_` typed by a person mean themselves; for use with `LIKE … ESCAPE '\\'`. */
export const likePart = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
