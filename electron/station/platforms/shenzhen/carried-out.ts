import { ConflictError, NotFoundError } from '../../runtime/errors.ts';
import { notDone, type ShenzhenReply } from './context.ts';

/**
 * What became of a request that a service of the station was asked to carry out: where the service refuses, nothing was changed and the
 * city hears why, 404 for what is not known here and 1 for what cannot be done. Anything else that is thrown is a fault of ours.
 */
export function carriedOut(task: () => ShenzhenReply): ShenzhenReply;
export function carriedOut(task: () => Promise<ShenzhenReply>): Promise<ShenzhenReply>;
export function carriedOut(task: () => ShenzhenReply | Promise<ShenzhenReply>): ShenzhenReply | Promise<ShenzhenReply> {
  try {
    const reply = task();
    return reply instanceof Promise ? reply.catch(refusedWith) : reply;
  } catch (error) {
    return refusedWith(error);
  }
}

function refusedWith(error: unknown): ShenzhenReply {
  if (error instanceof NotFoundError) return notDone(404, error.message);
  if (error instanceof ConflictError) return notDone(1, error.message);
  throw error;
}
