import Database from 'better-sqlite3';

/** A connection that can only read. The database must exist already, and be open for writing elsewhere. */
export function openForReading(file: string): Database.Database {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 1000 });
  db.pragma('query_only = ON');
  // A search passes many pages and wants the upper part of its indexes at hand the next time.
  db.pragma('cache_size = -16000');
  db.pragma('temp_store = MEMORY');
  return db;
}
