import type { Gap } from './money-flow.ts';
import type { Doubt, Stay } from './stay.ts';
import type { EpochMs } from './time.ts';

/** What a decision about doubts depends on besides the stay. */
interface DoubtRules {
  readonly now: EpochMs;
  /** Shorter than this a camera that was away hides nobody. */
  readonly cameraDownMinutes: number;
}

/** Why a stay is in doubt, as far as nobody has looked at it: its own doubts, and the times in which cars passed an exit unseen. */
export interface Unsettled {
  readonly own: readonly Doubt[];
  readonly gaps: readonly Gap[];
}

/** Since when nobody has looked at a stay. */
const since = (stay: Pick<Stay, 'reviewedAt' | 'enteredAt'>): EpochMs => stay.reviewedAt ?? stay.enteredAt;

const end = (gap: Gap, now: EpochMs): EpochMs => gap.to ?? now;

/** Whether cars may have left unseen in this time. A dead camera behind a closed arm hides nobody. */
export function isUnseenTime(gap: Gap, { now, cameraDownMinutes }: DoubtRules): boolean {
  if (gap.direction !== 'out') return false;
  if (gap.kind !== 'camera-down') return true;
  return gap.openings > 0 && end(gap, now) - gap.from >= cameraDownMinutes * 60_000;
}

/** The moment up to which cars passed unseen, out of the times known; null: none ever did. */
export function unseenUntil(gaps: readonly Gap[], rules: DoubtRules): EpochMs | null {
  const ends = gaps.filter((gap) => isUnseenTime(gap, rules)).map((gap) => end(gap, rules.now));
  return ends.length === 0 ? null : ends.reduce((latest, each) => Math.max(latest, each));
}

/** The doubts about a stay that nobody has looked at, out of the gaps that may touch it. */
export function unsettled(stay: Stay, gaps: readonly Gap[], rules: DoubtRules): Unsettled {
  return {
    own: stay.doubts.filter((doubt) => stay.reviewedAt === null || doubt.at > stay.reviewedAt),
    gaps: gaps.filter((gap) => end(gap, rules.now) > since(stay) && isUnseenTime(gap, rules)),
  };
}

/** A time in which cars passed unseen, as a doubt about whoever was inside then. */
export const doubtOf = (gap: Gap, laneName: (id: string) => string): Doubt => ({
  kind: gap.kind,
  at: gap.from,
  detail: gap.kind === 'clock' ? '系统时间被调整' : laneName(gap.laneId),
});
