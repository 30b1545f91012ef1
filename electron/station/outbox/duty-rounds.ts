import type { Duty } from '../platforms/platform.ts';
import { every } from '../runtime/clock.ts';
import type { Cancel, Clock } from '../runtime/ports.ts';

/**
 * Carries out a duty on its timer, and where it wants that soon after each change: at once when it was quiet for long enough, else at
 * the end of that time, once for all changes until then. Runs never overlap; a failure is followed by the next run.
 */
export function keepDuty(
  duty: Duty,
  how: {
    readonly clock: Clock;
    readonly firstMs: number;
    readonly run: () => Promise<void>;
    readonly onError: (error: unknown) => void;
  },
): Cancel {
  const { clock, firstMs, onError } = how;
  let running: Promise<void> | undefined;
  let lastAt = Number.NEGATIVE_INFINITY;
  let changed = false;
  let pending: Cancel | undefined;
  let cancelled = false;

  const run = (): Promise<void> => {
    // What changes while it is on its way is told by the next one.
    running ??= (async () => {
      changed = false;
      lastAt = clock.monotonic();
      try {
        await how.run();
      } finally {
        running = undefined;
        if (changed) soon();
      }
    })();
    return running;
  };

  const soon = (): void => {
    if (cancelled || running !== undefined || pending !== undefined) return;
    const wait = Math.max(0, lastAt + (duty.onChange?.quietMs ?? 0) - clock.monotonic());
    pending = clock.after(wait, () => {
      pending = undefined;
      // A run on the timer may have told it meanwhile.
      if (changed) run().catch(onError);
    });
  };

  const stopTimer = every(clock, duty.everyMs, run, onError, firstMs);
  const stopListening = duty.onChange?.listen(() => {
    changed = true;
    soon();
  });
  return () => {
    cancelled = true;
    stopTimer();
    stopListening?.();
    pending?.();
  };
}
