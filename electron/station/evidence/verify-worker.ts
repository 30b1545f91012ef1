import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { SystemClock } from '../runtime/clock.ts';
import { errorText } from '../runtime/errors.ts';
import { VerifyArgumentError, verifyDirectory } from './verify.ts';

/** The thread behind `verifyOnThread`: one verification, one answer. */
const options = z
  .object({
    dataDirectory: z.string(),
    from: z.int().optional(),
    expect: z.array(z.object({ seq: z.int(), hash: z.string() })).optional(),
    photos: z.boolean().optional(),
  })
  .parse(workerData);

try {
  parentPort?.postMessage({ report: await verifyDirectory(options, new SystemClock()) });
} catch (error) {
  parentPort?.postMessage(
    error instanceof VerifyArgumentError ? { noSuchRow: error.message } : { error: errorText(error) },
  );
}
