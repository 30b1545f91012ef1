import { ConflictError, NotFoundError } from '../../runtime/errors.ts';
import { DONE, type KeytopReply, notDone } from './context.ts';

/**
 * What became of a request that a service of the station was asked to carry out: where the service refuses, nothing was changed and the
 * third party hears why. A task that gives nothing is answered with {@link DONE}. Anything else that is thrown is a fault of ours.
 */
export function carriedOut(task: () => KeytopReply | undefined): KeytopReply;
export function carriedOut(task: () => Promise<KeytopReply | undefined>): Promise<KeytopReply>;
export function carriedOut(
  task: () => KeytopReply | undefined | Promise<KeytopReply | undefined>,
): KeytopReply | Promise<KeytopReply> {
  try {
    const reply = task();
    return reply instanceof Promise ? reply.then((later) => later ?? DONE, refusedWith) : (reply ?? DONE);
  } catch (error) {
    return refusedWith(error);
  }
}

function refusedWith(error: unknown): KeytopReply {
  if (error instanceof ConflictError || error instanceof NotFoundError) return notDone(error.message);
  throw error;
}
