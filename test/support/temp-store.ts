import { mkdtempSync, rmSync } from 'node:fs';
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

/** A real database file in a directory of its own. */
export function tempStore(clock: Clock): TempStore {
  const directory = tempDirectory();
  const file = join(directory, 'gatehouse.db');
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
