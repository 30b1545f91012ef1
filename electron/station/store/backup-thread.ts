import { type FileHandle, open } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { sleep } from '../runtime/clock.ts';
import type { Clock } from '../runtime/ports.ts';
import { workerUrl } from '../runtime/worker-url.ts';
import { type BackupTask, type Copied, copiedSchema } from './backup-task.ts';

/** Copying on a thread of its own: lanes notice nothing of a database of gigabytes. Ends early when `signal` aborts. */
async function run(task: BackupTask, signal: AbortSignal): Promise<unknown> {
  signal.throwIfAborted();
  const worker = new Worker(workerUrl('backup-worker', import.meta.url), { workerData: task });
  const abort = (): void => void worker.terminate();
  signal.addEventListener('abort', abort, { once: true });
  try {
    const answer = await new Promise<unknown>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the backup ended without a result')));
    });
    const failed = z.object({ error: z.string() }).safeParse(answer);
    if (failed.success) throw new Error(failed.data.error);
    return answer;
  } finally {
    signal.removeEventListener('abort', abort);
    await worker.terminate();
  }
}

const FLUSH_EVERY_MS = 25;

/**
 * Sends a file to the disk bit by bit while another thread writes it. Left for the end, the disk would be busy with all of it for as
 * long as that takes, and a car that comes then waits: a tenth of a second for a quarter of a gigabyte.
 */
async function flushWhileWritten(target: string, clock: Clock, over: AbortSignal): Promise<void> {
  let file: FileHandle | undefined;
  try {
    for (;;) {
      await sleep(clock, FLUSH_EVERY_MS, over);
      file ??= await open(target, 'r+').catch(() => undefined);
      await file?.datasync();
    }
  } catch {
    // It is over, or the disk has a fault that the thread itself will tell.
  } finally {
    await file?.close().catch(() => undefined);
  }
}

export async function copyDatabaseOnThread(
  file: string,
  target: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<Copied> {
  const over = new AbortController();
  const flushing = flushWhileWritten(target, clock, over.signal);
  try {
    return copiedSchema.parse(await run({ kind: 'database', file, target }, signal));
  } finally {
    over.abort(new Error('the copy is made'));
    await flushing;
  }
}

export const copyPhotosOnThread = async (
  file: string,
  from: string,
  target: string,
  signal: AbortSignal,
): Promise<number> =>
  z.object({ photos: z.int() }).parse(await run({ kind: 'photos', file, from, target }, signal)).photos;
