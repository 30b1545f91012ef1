import type { LaneView } from '../../../shared/contract/lanes.ts';
import { openedAlone } from './asked/stage.ts';

/** A car stands there and waits for a person: to pay, or to be decided about. A platform's no is such a wait as well. */
export function needsPerson({ phase, passage }: LaneView): boolean {
  return phase === 'charging' || phase === 'attention' || (phase === 'asking' && passage?.attention != null);
}

/** A car stands there and has not been let through yet. */
export function isUndecided({ phase, passage }: LaneView): boolean {
  return passage !== null && ['charging', 'attention', 'asking', 'pricing'].includes(phase);
}

/** 第三方计费: its price is being asked for, or nobody told it; a person may say what it pays. */
export function lacksPrice({ phase, passage }: LaneView): boolean {
  return phase === 'pricing' || (phase === 'attention' && passage?.attention === 'fee-unknown');
}

const arrivedAt = (lane: LaneView): string => lane.passage?.startedAt ?? '';

/** Lanes with a waiting car, the one that came first at the head. */
export function waitingLanes(lanes: readonly LaneView[]): readonly LaneView[] {
  return lanes.filter(needsPerson).sort((a, b) => Date.parse(arrivedAt(a)) - Date.parse(arrivedAt(b)));
}

/**
 * Which lane the panel shows after a new picture. A car being served is never pushed aside by another lane; the panel moves
 * by itself only when its own lane needs nobody, and then to the car that waits longest. `pinned`: a person chose the lane.
 */
export function nextFocus(
  current: string | null,
  pinned: boolean,
  lanes: readonly LaneView[],
): { readonly laneId: string | null; readonly pinned: boolean } {
  const here = lanes.find((lane) => lane.id === current);
  if (here && (needsPerson(here) || pinned)) return { laneId: here.id, pinned: pinned && !needsPerson(here) };
  const waiting = waitingLanes(lanes)[0];
  if (waiting) return { laneId: waiting.id, pinned: false };
  // A car that a platform is being asked about, or whose price is asked for, needs nobody yet, but it is what happens; so is one that goes because nobody answered.
  const asked =
    here && here.passage !== null
      ? undefined
      : (lanes.find((lane) => lane.phase === 'asking' || lane.phase === 'pricing') ??
        lanes.find((lane) => lane.passage !== null && openedAlone(lane) !== null));
  const idle = asked ?? here ?? lanes.find((lane) => lane.direction === 'out') ?? lanes[0];
  return { laneId: idle?.id ?? null, pinned: false };
}

/** The lane that the F10 key goes to: the next waiting car after the current one, else the next lane. */
export function followingLane(current: string | null, lanes: readonly LaneView[]): string | null {
  const waiting = waitingLanes(lanes);
  const ring = waiting.some((lane) => lane.id !== current) ? waiting : lanes;
  const index = ring.findIndex((lane) => lane.id === current);
  return ring[(index + 1) % Math.max(1, ring.length)]?.id ?? null;
}
