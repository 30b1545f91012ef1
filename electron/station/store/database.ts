import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { DatabaseError } from '../runtime/errors.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';

/** Files up to this size are checked whole at start; on a large one that takes minutes and would keep cars waiting. */
const CHECK_WHOLE_UP_TO_BYTES = 32 * 1024 * 1024;

/**
 * Opens the station's database, creating it where there is none, and brings its schema up to date.
 *
 * `synchronous` is set and asserted at every open: this SQLite build falls back to NORMAL when it reopens a WAL file, and
 * NORMAL loses acknowledged rows in a power cut.
 *
 * @throws DatabaseError `damaged` | `from-the-future` | `unwritable`. A damaged file is left exactly as it is.
 */
export function openDatabase(file: string): Database.Database {
  let db: Database.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    const existed = existsSync(file);
    db = new Database(file, { timeout: 5000 });
    configure(db);
    if (existed) {
      check(db, statSync(file).size);
      migrate(db, migrations);
    } else fillNew(db);
    return db;
  } catch (error) {
    db?.close();
    throw asDatabaseError(error, file);
  }
}

/** The settings that every connection to the database must have. */
export function configure(db: Database.Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  if (db.pragma('synchronous', { simple: true }) !== 2) throw new Error('synchronous=FULL was not accepted');
}

/** In a new file there is nothing to lose step by step: one wait for the disk in place of one for each step. */
function fillNew(db: Database.Database): void {
  db.transaction(() => migrate(db, migrations)).immediate();
}

function check(db: Database.Database, bytes: number): void {
  const answer =
    bytes <= CHECK_WHOLE_UP_TO_BYTES
      ? db.pragma('quick_check(1)', { simple: true })
      : db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() !== undefined && 'ok';
  if (answer !== 'ok') throw new DatabaseError('damaged', `integrity check: ${String(answer)}`);
}

function asDatabaseError(error: unknown, file: string): Error {
  if (error instanceof DatabaseError)
    return error.kind === 'damaged'
      ? new DatabaseError('damaged', damagedText(file, error.message), { cause: error })
      : error;
  if (error instanceof Database.SqliteError) {
    if (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB')
      return new DatabaseError('damaged', damagedText(file, error.message), { cause: error });
    return new DatabaseError('unwritable', `cannot open ${file}: ${error.message}`, { cause: error });
  }
  if (error instanceof Error && 'code' in error)
    return new DatabaseError('unwritable', `cannot open ${file}: ${error.message}`, { cause: error });
  return error instanceof Error ? error : new Error(String(error));
}

const damagedText = (file: string, detail: string): string =>
  `the database ${file} is damaged (${detail}). It was left untouched: move it aside and restore a backup`;
