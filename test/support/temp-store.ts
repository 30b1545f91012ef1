import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Clock } from '../../electron/station/runtime/ports.ts';
import { openDatabase } from '../../electron/station/store/database.ts';
import { Store } from '../../electron/station/store/store.ts';

export interface TempStore {
  readonly directory: string;
  readonly file: string;
  readonly db: Database;
  readonly store: Store;
  dispose(): void;
}

let empty: Buffer | undefined;

/** A database that nothing was written to, as a file: all the steps of the schema, each of which waits for the disk, are gone once. */
function emptyDatabase(): Buffer {
  if (empty) return empty;
  const directory = tempDirectory();
  const file = join(directory, 'gatehouse.db');
  // The last who closes a database leaves one file.
  openDatabase(file).close();
  empty = readFileSync(file);
  rmSync(directory, { recursive: true, force: true });
  return empty;
}

/** A real database file in a directory of its own. */
export function tempStore(clock: Clock): TempStore {
  const directory = tempDirectory();
  const file = join(directory, 'gatehouse.db');
  writeFileSync(file, emptyDatabase());
  const db = openDatabase(file);
  return {
    directory,
    file,
    db,
    store: new Store(db, clock),
    dispose: () => {
      db.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export const tempDirectory = (): string => mkdtempSync(join(tmpdir(), 'gatehouse-'));
