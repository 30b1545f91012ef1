const FIRST_MS = 300;
const LONGEST_MS = 5_000;

/**
 * How long to wait before try number `attempt` (from 1): quick at first, because a station restarts within a second, then
 * at most every five seconds. `random` in 0..1 spreads windows that lost the same station.
 */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 10));
  return Math.round(ceiling * (0.6 + 0.4 * random));
}
