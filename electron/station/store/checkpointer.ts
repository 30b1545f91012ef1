import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { every } from '../runtime/clock.ts';
import { errorText } from '../runtime/errors.ts';
import type { Clock, Log } from '../runtime/ports.ts';
import { workerUrl } from '../runtime/worker-url.ts';

const EVERY_MS = 2000;
/** Pages after which SQLite checkpoints by itself; used when the worker is not there. */
const FALLBACK_PAGES = 1000;
/** A log smaller than SQLite itself would let it grow costs nobody anything: no thread is started for it. */
const WORTH_BYTES = FALLBACK_PAGES * 4096;

/** Keeps checkpoints off the lane's thread; without its worker SQLite goes back to doing them itself. */
export function startCheckpointer(db: Database, file: string, clock: Clock, log: Log): { stop(): Promise<void> } {
  db.pragma('wal_autocheckpoint = 0');
  let worker: Worker | undefined;
  let exited: Promise<void> = Promise.resolve();
  let alive = true;
  const fallBack = (error: unknown): void => {
    if (!alive) return;
    alive = false;
    if (db.open) db.pragma(`wal_autocheckpoint = ${FALLBACK_PAGES}`);
    log.warn('checkpoint worker ended; SQLite checkpoints by itself', { error: errorText(error) });
  };
  const start = (): Worker => {
    const started = new Worker(workerUrl('checkpoint-worker', import.meta.url), { workerData: { file } });
    started.unref();
    started.once('error', fallBack);
    exited = new Promise((resolve) => started.once('exit', () => resolve()));
    return started;
  };
  const cancel = every(
    clock,
    EVERY_MS,
    () => {
      if (!alive || (!worker && logBytes(file) < WORTH_BYTES)) return;
      worker ??= start();
      worker.postMessage('checkpoint');
    },
    fallBack,
  );
  return {
    stop: async () => {
      cancel();
      if (!alive) return;
      alive = false;
      // Unreferenced it would not keep the process alive until it has closed its connection.
      worker?.ref();
      worker?.postMessage('stop');
      await exited;
    },
  };
}

const logBytes = (file: string): number => statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
