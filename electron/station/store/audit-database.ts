import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { StoredRow } from '../journal/rows.ts';
import { DatabaseError, errorText } from '../runtime/errors.ts';
import { migrations } from './migrations/index.ts';

/** Longer than a checkpoint takes; a reader of a WAL file waits for nothing else. */
const PATIENCE_MS = 5_000;

const rowSchema = z.object({
  seq: z.int(),
  at_ms: z.int(),
  kind: z.string(),
  key: z.string().nullable(),
  lane_id: z.string().nullable(),
  passage_id: z.string().nullable(),
  actor_kind: z.string(),
  actor_name: z.string(),
  body: z.string(),
  hash: z.string(),
});

const photoSchema = z.object({ id: z.string(), name: z.string(), sha256: z.string() });
export type AuditedPhoto = z.output<typeof photoSchema>;

export type TableRow = Readonly<Record<string, unknown>>;

/** A database read for an audit: the station's own, while it runs or not. Nothing is written, locked or migrated. */
export class AuditDatabase {
  readonly #db: Database.Database;
  /** A copy that was made to be read, to be removed in the end. */
  readonly #copy: string | undefined;

  private constructor(db: Database.Database, copy: string | undefined) {
    this.#db = db;
    this.#copy = copy;
  }

  /**
   * On a medium that cannot be written SQLite opens no file with a write-ahead log: there a copy is read instead.
   *
   * @throws DatabaseError `unwritable` when there is none or it cannot be opened, `damaged`, `from-the-future`
   */
  static open(file: string): AuditDatabase {
    if (!existsSync(file)) throw new DatabaseError('unwritable', `没有数据库文件 ${file}`);
    try {
      return AuditDatabase.#openAt(file, undefined);
    } catch (error) {
      if (!isSqlite(error, /^SQLITE_(CANTOPEN|READONLY)/)) throw asOpenError(error, file);
    }
    const copy = mkdtempSync(join(tmpdir(), 'gatehouse-verify-'));
    try {
      for (const part of ['', '-wal']) if (existsSync(file + part)) copyFileSync(file + part, join(copy, `db${part}`));
      return AuditDatabase.#openAt(join(copy, 'db'), copy);
    } catch (error) {
      rmSync(copy, { recursive: true, force: true });
      throw asOpenError(error, file);
    }
  }

  static #openAt(file: string, copy: string | undefined): AuditDatabase {
    const db = new Database(file, { readonly: true, fileMustExist: true, timeout: PATIENCE_MS });
    try {
      db.pragma('query_only = ON');
      // A file that somebody prepared must not make us run what it brings along.
      db.pragma('trusted_schema = OFF');
      const audit = new AuditDatabase(db, copy);
      const newest = migrations.at(-1)?.version ?? 0;
      if (audit.schema() > newest)
        throw new DatabaseError(
          'from-the-future',
          `数据库结构 ${audit.schema()} 比本程序（${newest}）新，请用新版本核验`,
        );
      audit.last();
      return audit;
    } catch (error) {
      db.close();
      throw error;
    }
  }

  close(): void {
    if (this.#db.open) this.#db.close();
    if (this.#copy !== undefined) rmSync(this.#copy, { recursive: true, force: true });
  }

  /** Number of the newest migration that this file has seen. */
  schema(): number {
    return Number(this.#db.pragma('user_version', { simple: true }));
  }

  /** The newest row; `undefined` while the journal is empty. */
  last(): { readonly seq: number; readonly hash: string } | undefined {
    return this.#point('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1');
  }

  /** One row's place in the chain. */
  at(seq: number): { readonly seq: number; readonly hash: string } | undefined {
    return this.#point('SELECT seq, hash FROM journal WHERE seq = ?', seq);
  }

  #point(sql: string, ...values: readonly number[]): { readonly seq: number; readonly hash: string } | undefined {
    const found: unknown = this.#db.prepare<unknown[], unknown>(sql).get(...values);
    return found === undefined ? undefined : z.object({ seq: z.int(), hash: z.string() }).parse(found);
  }

  /** Rows after `seq`, oldest first. */
  rowsAfter(seq: number, limit: number): StoredRow[] {
    return this.#guard(() =>
      this.#db
        .prepare<[number, number], unknown>('SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?')
        .all(seq, limit)
        .map((row) => rowSchema.parse(row)),
    );
  }

  /** Runs `work` on one picture of the database, however much is written meanwhile. Keep it short: the log grows with it. */
  snapshot<T>(work: () => T): T {
    return this.#guard(() => this.#db.transaction(work).deferred());
  }

  /** Names of the tables that are there. */
  tables(): ReadonlySet<string> {
    return new Set(this.#db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all());
  }

  /** The statements that guard tables against writes, by name. */
  guards(): ReadonlyMap<string, string> {
    return guardsOf(this.#db);
  }

  columns(table: string): readonly string[] {
    return columnsOf(this.#db, table).map((column) => column.name);
  }

  rowCount(table: string): number {
    return (
      this.#db
        .prepare<[], number>(`SELECT count(*) FROM ${quoted(table)}`)
        .pluck()
        .get() ?? 0
    );
  }

  /** All rows of a table in the order of its key, one at a time. */
  iterate(table: WalkedTable, columns: readonly string[]): IterableIterator<TableRow> {
    return iterateTable(this.#db, table, columns);
  }

  /** Photos in the order of their ids, after one of them. */
  photosAfter(id: string, limit: number): readonly AuditedPhoto[] {
    return this.#guard(() =>
      this.#db
        .prepare<[string, number], unknown>('SELECT id, name, sha256 FROM photos WHERE id > ? ORDER BY id LIMIT ?')
        .all(id, limit)
        .map((row) => photoSchema.parse(row)),
    );
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (isSqlite(error, /^SQLITE_CORRUPT/)) throw new DatabaseError('damaged', errorText(error), { cause: error });
      // Somebody rebuilt a table so that it holds what it never could.
      if (error instanceof z.ZodError) throw new DatabaseError('damaged', z.prettifyError(error), { cause: error });
      throw error;
    }
  }
}

function isSqlite(error: unknown, code: RegExp): boolean {
  return error instanceof Database.SqliteError && code.test(error.code);
}

function asOpenError(error: unknown, file: string): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const kind = isSqlite(error, /^SQLITE_(CORRUPT|NOTADB)/) ? 'damaged' : 'unwritable';
  return new DatabaseError(kind, `不能打开 ${file}：${errorText(error)}`, { cause: error });
}

const columnSchema = z.object({ name: z.string(), pk: z.int() });

export function columnsOf(db: Database.Database, table: string): readonly z.output<typeof columnSchema>[] {
  return z.array(columnSchema).parse(db.pragma(`table_info(${quoted(table)})`));
}

export function guardsOf(db: Database.Database): ReadonlyMap<string, string> {
  const rows = db.prepare<[], unknown>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
  const triggers = z.array(z.object({ name: z.string(), sql: z.string() })).parse(rows);
  return new Map(triggers.map((trigger) => [trigger.name, trigger.sql]));
}

export interface WalkedTable {
  readonly name: string;
  readonly key: readonly string[];
  readonly except: string | undefined;
}

export function iterateTable(
  db: Database.Database,
  { name, key, except }: WalkedTable,
  columns: readonly string[],
): IterableIterator<TableRow> {
  const where = except === undefined ? '' : `WHERE NOT (${except})`;
  return db
    .prepare<[], TableRow>(
      `SELECT ${columns.map(quoted).join(', ')} FROM ${quoted(name)} ${where} ORDER BY ${key.map(quoted).join(', ')}`,
    )
    .iterate();
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
