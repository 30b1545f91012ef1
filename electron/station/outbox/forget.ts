import type { Platform } from '../platforms/platform.ts';
import { every, inSlices } from '../runtime/clock.ts';
import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';

const EVERY_MS = 6 * 3_600_000;
const FIRST_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;
const KEPT_DAYS = 30;
/** Rows of one transaction: a car that comes meanwhile waits for one. */
const AT_ONCE = 100;

/** Removes attempts that are older than the platforms want them kept, a little at a time. */
export function forgetAttempts(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly platforms: readonly Platform[];
}): Cancel {
  const { store, clock, log } = deps;
  const stop = new AbortController();
  const wanted = deps.platforms.map(({ retry }) => retry.attemptDays ?? KEPT_DAYS);
  // One limit for all: what the most patient platform wants kept.
  const days = wanted.length === 0 ? KEPT_DAYS : Math.max(...wanted);
  const run = async (): Promise<void> => {
    const before = clock.now() - days * DAY_MS;
    const slice = (from: number) => store.write((tx) => tx.outboxAttempts.forget(before, from, AT_ONCE));
    await inSlices(clock, 0, slice, stop.signal);
  };
  const cancel = every(
    clock,
    EVERY_MS,
    run,
    (error) => {
      if (!stop.signal.aborted) log.warn('old attempts could not be removed', { error: errorText(error) });
    },
    FIRST_MS,
  );
  return () => {
    cancel();
    stop.abort(new Error('the station is stopping'));
  };
}
