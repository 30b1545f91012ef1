import { parentPort, workerData } from 'node:worker_threads';
import { errorText } from '../../runtime/errors.ts';
import { engineOf } from './crypto-self-test.ts';
import { type SealedJobs, type SealJob, sealJobsSchema, sealStartSchema } from './seal-protocol.ts';
import { Sealing } from './sealing.ts';

/**
 * Encrypts, signs and writes out requests: a picture takes many milliseconds, and so does a signature where the machine's own crypto
 * cannot make it. A car that comes meanwhile does not wait for either.
 */
const { settings, publicKey, privateKey, choice } = sealStartSchema.parse(workerData);
const keys = { publicKey, privateKey };
const sealing = new Sealing(settings, keys, engineOf(keys, choice));

function sealed({ id, plain, file }: SealJob): SealedJobs[number] {
  try {
    const { body, attached } = sealing.form(plain, file);
    return { id, body, attached: [...attached] };
  } catch (error) {
    return { id, fault: errorText(error) };
  }
}

parentPort?.on('message', (message: unknown) => {
  const done = sealJobsSchema.parse(message).map(sealed);
  const moved = done.flatMap((each) => ('body' in each && typeof each.body !== 'string' ? [each.body.buffer] : []));
  parentPort?.postMessage(done, moved);
});
parentPort?.postMessage([]);
