import type { Entropy } from '../../runtime/ports.ts';

const AT_ONCE_MS = 100;
const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * Pause before the next attempt after `failures` in a row: next to none for a connection that was good until now (0), then a second,
 * doubling up to half a minute, a fifth more or less.
 */
export function pauseAfter(failures: number, entropy: Entropy): number {
  const pause = failures === 0 ? AT_ONCE_MS : Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return Math.round(pause * (0.8 + 0.4 * entropy.random()));
}
