import { sleep } from '../runtime/clock.ts';
import type { Clock } from '../runtime/ports.ts';

/** A car that comes while a table or a replay is worked on waits for one slice at most. */
const SLICE_MS = 4;
/** Also where no time seems to pass. */
const SLICE_ITEMS = 200;

/** Breaks long work: `await turn()` between two items lets the event loop go on when a slice is over. */
export function sliced(clock: Clock, signal?: AbortSignal): () => Promise<void> {
  let started = clock.monotonic();
  let items = 0;
  return async () => {
    items += 1;
    if (items < SLICE_ITEMS && clock.monotonic() - started < SLICE_MS) return;
    await sleep(clock, 0, signal);
    signal?.throwIfAborted();
    started = clock.monotonic();
    items = 0;
  };
}
