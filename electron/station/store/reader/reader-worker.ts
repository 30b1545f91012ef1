import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { errorText } from '../../runtime/errors.ts';
import { preparedLater } from '../prepared-later.ts';
import { answerer } from './answer.ts';
import { openForReading } from './connection.ts';
import { callSchema, type Reply, requestSchema } from './requests.ts';

/** Answers searches on a thread of its own, over a connection that cannot write. */
const { file, calledOff } = z
  .object({ file: z.string(), calledOff: z.instanceof(SharedArrayBuffer) })
  .parse(workerData);
/** Number of the call that nobody waits for any more; shared memory, because a thread that searches hears no messages. */
const flag = new Int32Array(calledOff);

const db = openForReading(file);
const answer = answerer(preparedLater(db));

parentPort?.on('message', (message: unknown) => {
  if (message === 'stop') {
    db.close();
    parentPort?.close();
    return;
  }
  const { id, request } = callSchema.parse(message);
  const alive = (): void => {
    if (Atomics.load(flag, 0) === id) throw new Error('called off');
  };
  let reply: Reply;
  try {
    reply = { id, ok: true, answer: answer(requestSchema.parse(request), alive) };
  } catch (error) {
    reply = { id, ok: false, error: errorText(error) };
  }
  parentPort?.postMessage(reply);
});
