import { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { every } from '../runtime/clock.ts';
import { errorText } from '../runtime/errors.ts';
import type { Clock, Log } from '../runtime/ports.ts';
import { workerUrl } from '../runtime/worker-url.ts';

const EVERY_MS = 2000;
/** Pages after which SQLite checkpoints by itself; used when the worker is not there. */
const FALLBACK_PAGES = 1000;

/** Keeps checkpoints off the lane's thread; without its worker SQLite goes back to doing them itself. */
export function startCheckpointer(db: Database, file: string, clock: Clock, log: Log): { stop(): Promise<void> } {
  const worker = new Worker(workerUrl('checkpoint-worker', import.meta.url), { workerData: { file } });
  worker.unref();
  db.pragma('wal_autocheckpoint = 0');
  let alive = true;
  const fallBack = (error: unknown): void => {
    if (!alive) return;
    alive = false;
    if (db.open) db.pragma(`wal_autocheckpoint = ${FALLBACK_PAGES}`);
    log.warn('checkpoint worker ended; SQLite checkpoints by itself', { error: errorText(error) });
  };
  worker.once('error', fallBack);
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const cancel = every(
    clock,
    EVERY_MS,
    () => {
      if (alive) worker.postMessage('checkpoint');
    },
    fallBack,
  );
  return {
    stop: async () => {
      cancel();
      if (!alive) return;
      alive = false;
      // Unreferenced it would not keep the process alive until it has closed its connection.
      worker.ref();
      worker.postMessage('stop');
      await exited;
    },
  };
}
