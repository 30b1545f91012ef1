import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { type BackupTask, type Copied, copiedSchema } from './backup-task.ts';
import { workerUrl } from './worker-url.ts';

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

export const copyDatabaseOnThread = async (file: string, target: string, signal: AbortSignal): Promise<Copied> =>
  copiedSchema.parse(await run({ kind: 'database', file, target }, signal));

export const copyPhotosOnThread = async (
  file: string,
  from: string,
  target: string,
  signal: AbortSignal,
): Promise<number> =>
  z.object({ photos: z.int() }).parse(await run({ kind: 'photos', file, from, target }, signal)).photos;
