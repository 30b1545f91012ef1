import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { type VerifyReport, verifyReportSchema } from '../../../shared/contract/evidence.ts';
import { NotFoundError } from '../runtime/errors.ts';
import { workerUrl } from '../runtime/worker-url.ts';
import type { VerifyOptions } from './verify.ts';

/** What the thread answers with. */
export const verifyAnswerSchema = z.union([
  z.object({ report: verifyReportSchema }),
  z.object({ noSuchRow: z.string() }),
  z.object({ error: z.string() }),
]);

/**
 * {@link verifyDirectory} on a thread of its own with a connection of its own, so that a million rows cost the lanes nothing.
 * Ends early, with a rejection, when `signal` aborts.
 *
 * @throws NotFoundError when there is no row to begin at.
 */
export async function verifyOnThread(
  options: Omit<VerifyOptions, 'progress'>,
  signal: AbortSignal,
): Promise<VerifyReport> {
  signal.throwIfAborted();
  const worker = new Worker(workerUrl('verify-worker', import.meta.url), { workerData: options });
  const abort = (): void => void worker.terminate();
  signal.addEventListener('abort', abort, { once: true });
  try {
    const answer = await new Promise<unknown>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the verification ended without a result')));
    });
    const parsed = verifyAnswerSchema.parse(answer);
    if ('report' in parsed) return parsed.report;
    if ('noSuchRow' in parsed) throw new NotFoundError(parsed.noSuchRow);
    throw new Error(parsed.error);
  } finally {
    signal.removeEventListener('abort', abort);
    await worker.terminate();
  }
}
