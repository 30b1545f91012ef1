import { ConflictError, NotFoundError } from '../../runtime/errors.ts';
import { notDone, notNow, type ShenzhenReply } from './context.ts';

/** Why a service refuses what it may do a little later, when something else is over or a person has looked. */
const PASSING: ReadonlySet<string> = new Set([
  // A bill, or a debt, somebody may be paying.
  ...['payment-under-way', 'bill-at-lane'],
  // Nobody knows the fee yet.
  ...['fee-unknown', 'no-tariff', 'amount-unverified', 'stay-doubtful'],
  // Cards, or berths, are read from a file.
  ...['import-running', 'berths-importing'],
  ...['lane-busy', 'busy'],
]);

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
  if (error instanceof ConflictError)
    return PASSING.has(error.reason) ? notNow(error.message) : notDone(1, error.message);
  throw error;
}
