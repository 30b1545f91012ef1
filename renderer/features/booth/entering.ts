import type { LaneView, PassageView } from '../../../shared/contract/lanes.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { useLive } from '../../lib/station/live.ts';
import { problem } from './run.ts';
import { openDialog, shownLane } from './store.ts';

export interface Entering {
  readonly lane: LaneView;
  readonly passage: PassageView;
}

/** Cars that are driving in, or wait to, the one that came last in front: their plates can still be put right. */
export function enteringCars(lanes: readonly LaneView[]): readonly Entering[] {
  return lanes
    .flatMap((lane) => (lane.direction === 'in' && lane.passage ? [{ lane, passage: lane.passage }] : []))
    .sort((a, b) => fromRfc3339(b.passage.startedAt) - fromRfc3339(a.passage.startedAt));
}

/** 入口车牌: corrects the car at an entry, whichever lane is on show. The panel keeps its car meanwhile. */
export function correctEntering(): void {
  const cars = enteringCars(useLive.getState().frame?.lanes ?? []);
  const chosen = cars.find(({ lane }) => lane.id === shownLane()?.id) ?? cars[0];
  if (!chosen) problem({ key: 'noEntering', params: {} }, 'correct');
  else openDialog({ kind: 'correct', laneId: chosen.lane.id, passageId: chosen.passage.id, elsewhere: true });
}
