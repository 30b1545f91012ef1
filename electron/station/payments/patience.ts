/** Pauses before an open attempt is looked after again, ms: quickly while the car waits, then less and less often. */
export interface Patience {
  readonly soonMs: readonly number[];
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

/** The pause before look number `tries` (from 0). */
export function pauseBefore(tries: number, patience: Patience): number {
  const soon = patience.soonMs[tries];
  if (soon !== undefined) return soon;
  return Math.min(patience.longestMs, patience.firstLaterMs * 2 ** Math.min(30, tries - patience.soonMs.length));
}
