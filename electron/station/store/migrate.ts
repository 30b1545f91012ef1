import type { Database } from 'better-sqlite3';
import { DatabaseError } from '../runtime/errors.ts';

/** One forward step of the schema. There is no way back: a downgrade is refused, never destructive. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/**
 * Brings the schema to the newest version, each step in a transaction together with its version number.
 *
 * @throws DatabaseError `from-the-future` when a newer program has written this file.
 */
export function migrate(db: Database, migrations: readonly Migration[]): void {
  for (const [index, migration] of migrations.entries()) {
    const before = migrations[index - 1];
    if (before && before.version >= migration.version)
      throw new Error(`migration ${migration.version} is out of order`);
  }
  const current = Number(db.pragma('user_version', { simple: true }));
  const newest = migrations.at(-1)?.version ?? 0;
  if (current > newest)
    throw new DatabaseError(
      'from-the-future',
      `the database has schema ${current}, this program knows ${newest}: it was written by a newer version; install that version or restore a backup`,
    );
  for (const migration of migrations) {
    if (migration.version <= current) continue;
    db.transaction(() => {
      db.exec(migration.sql);
      db.pragma(`user_version = ${migration.version}`);
    }).immediate();
  }
}
