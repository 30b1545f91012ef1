import { sleep } from '../../runtime/clock.ts';
import type { Clock } from '../../runtime/ports.ts';

/** A car that comes while a table is worked on waits for one slice at most. */
const SLICE_MS = 5;
/** Also where no time seems to pass. */
const SLICE_ITEMS = 200;

/**
 * Does long work in short slices, with a turn of the event loop between them. `work` goes on while `more()` says so and returns
 * whether anything is left.
 */
export async function inSlices(
  clock: Clock,
  signal: AbortSignal,
  work: (more: () => boolean) => boolean,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const started = clock.monotonic();
    let items = 0;
    if (!work(() => items++ < SLICE_ITEMS && clock.monotonic() - started < SLICE_MS)) return;
    await sleep(clock, 0, signal);
  }
}
