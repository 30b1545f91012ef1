import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sleep } from '../runtime/clock.ts';
import { DatabaseError } from '../runtime/errors.ts';
import type { Clock } from '../runtime/ports.ts';

export interface DirectoryLock {
  release(): void;
}

/**
 * Makes sure that one station owns a data directory. The lock is the operating system's, taken through a small database of
 * its own, so it vanishes with the process that holds it, however that process ends.
 *
 * Waits up to `patienceMs`, because a supervisor may start us while our predecessor is still dying.
 *
 * @throws DatabaseError `locked` | `unwritable`
 */
export async function lockDirectory(directory: string, clock: Clock, patienceMs: number): Promise<DirectoryLock> {
  const deadline = clock.monotonic() + patienceMs;
  for (;;) {
    try {
      return tryLock(join(directory, 'station.lock'));
    } catch (error) {
      const code = error instanceof Database.SqliteError ? error.code : '';
      if (!code.startsWith('SQLITE_BUSY'))
        throw new DatabaseError('unwritable', `cannot write in ${directory}`, { cause: error });
      if (clock.monotonic() >= deadline)
        throw new DatabaseError('locked', `another station is running on ${directory}`, { cause: error });
      await sleep(clock, 100);
    }
  }
}

function tryLock(file: string): DirectoryLock {
  const db = new Database(file, { timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw error;
  }
  return {
    release: () => {
      if (db.open) db.close();
    },
  };
}
