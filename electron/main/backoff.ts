const FIRST_MS = 500;
const MAX_MS = 30_000;

/** Pause before the n-th restart in a row, n from 1: half a second, doubling up to half a minute. */
export function restartDelayMs(attempt: number): number {
  return Math.min(MAX_MS, FIRST_MS * 2 ** (attempt - 1));
}
