import { performance } from 'node:perf_hooks';
import type { Cancel, Clock } from './ports.ts';

/** The machine's own clock: the only place in the station that reads it or sets a timer. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  monotonic(): number {
    return performance.now();
  }

  after(ms: number, task: () => void): Cancel {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  }
}

/** Runs `task` every `ms`, the first time after `firstMs`, until cancelled. Runs never overlap, and a failure does not end them. */
export function every(
  clock: Clock,
  ms: number,
  task: () => void | Promise<void>,
  onError: (error: unknown) => void,
  firstMs = ms,
): Cancel {
  let cancelled = false;
  let cancel: Cancel = () => undefined;
  const schedule = (delay: number): void => {
    cancel = clock.after(delay, () => {
      const run = async (): Promise<void> => {
        await task();
      };
      run()
        .catch(onError)
        .finally(() => {
          if (!cancelled) schedule(ms);
        });
    });
  };
  schedule(firstMs);
  return () => {
    cancelled = true;
    cancel();
  };
}

/** So long after each slice of work a car that came meanwhile has its turn. */
const BREATH_MS = 20;

/**
 * Work that would hold everybody up if it were done at once. `slice` begins where it is told and says where the next one begins, or
 * `undefined` when nothing is left; between two others have their turn. Rejects with the signal's reason when it aborts meanwhile.
 */
export async function inSlices<Position extends object | string | number>(
  clock: Clock,
  first: Position,
  slice: (from: Position) => Position | undefined,
  signal: AbortSignal,
): Promise<void> {
  for (let from: Position | undefined = first; from !== undefined; ) {
    from = slice(from);
    if (from !== undefined) await sleep(clock, BREATH_MS, signal);
  }
}

/** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = (): void => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = clock.after(ms, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
