import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { configure } from './database.ts';

/**
 * Moves the write-ahead log into the database file on a thread of its own: done on the lane's thread it made the slowest
 * commits half again as slow. PASSIVE never makes a writer wait.
 */
const { file } = z.object({ file: z.string() }).parse(workerData);
const db = new Database(file, { timeout: 1000 });
configure(db);

parentPort?.on('message', (message: unknown) => {
  if (message === 'stop') {
    db.close();
    parentPort?.close();
    return;
  }
  db.pragma('wal_checkpoint(PASSIVE)');
});
