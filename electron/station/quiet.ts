import { sleep } from './runtime/clock.ts';
import type { Clock } from './runtime/ports.ts';

const LOOK_MS = 50;
/** Longer than an arm takes to answer, and a channel to say yes or no. */
const LONGEST_MS = 10_000;

/**
 * Resolves at the next moment in which nothing is on its way that would end as unknown: no command to an arm without its answer, no
 * payment that was just asked for. After ten seconds it resolves anyway, as a restart would.
 */
export async function quietMoment(clock: Clock, isQuiet: () => boolean): Promise<void> {
  const deadline = clock.monotonic() + LONGEST_MS;
  while (!isQuiet() && clock.monotonic() < deadline) await sleep(clock, LOOK_MS);
}
