import { ORPCError } from '@orpc/server';
import { errorText } from '../runtime/errors.ts';
import type { Log } from '../runtime/ports.ts';

/** For every door to the API: who asked hears only of an internal error, so what it was must stand in the log. */
export function logDefects(log: Log) {
  return async <T>({ next }: { next(): Promise<T> }): Promise<T> => {
    try {
      return await next();
    } catch (error) {
      if (!(error instanceof ORPCError)) log.error('an API call failed', { error: errorText(error) });
      throw error;
    }
  };
}
