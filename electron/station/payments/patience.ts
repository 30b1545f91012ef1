/** When an open attempt is looked after again, ms: quickly while the car waits, then less and less often. */
export interface Patience {
  /** Instants after its end became unknown, rising. After the last of them other ways to pay are open. */
  readonly soonMs: readonly number[];
  /** Pauses from then on: the first, doubled each time up to the longest. */
  readonly firstLaterMs: number;
  readonly longestMs: number;
  /** After so long a person is told that the truth is not known. The attempt is followed on. */
  readonly giveUpMs: number;
}

export const PATIENCE: Patience = {
  soonMs: [2_000, 5_000, 10_000],
  firstLaterMs: 30_000,
  longestMs: 4 * 3_600_000,
  giveUpMs: 3 * 86_400_000,
};

/** The pause after look number `tries` (from 0) of those that come less and less often. */
export const laterPause = (tries: number, { firstLaterMs, longestMs }: Patience): number =>
  Math.min(longestMs, firstLaterMs * 2 ** Math.min(30, tries));

/** The pause before look number `tries` (from 0), where each follows upon the one before. */
export function pauseBefore(tries: number, patience: Patience): number {
  const { soonMs } = patience;
  const soon = soonMs[tries];
  return soon === undefined ? laterPause(tries - soonMs.length, patience) : soon - (soonMs[tries - 1] ?? 0);
}
