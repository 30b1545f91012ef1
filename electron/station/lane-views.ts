import type { LaneView } from '../../shared/contract/lanes.ts';
import { laneView } from './api/views.ts';
import type { DevicePark } from './device-park.ts';
import type { GateKeeper } from './lanes/gate-keeper.ts';
import type { LaneRuntime } from './lanes/runtime.ts';
import type { ChangePage } from './payments/change-orders.ts';
import type { Repositories } from './store/repositories.ts';

/** Every lane as the screens show it: what it does, and how its iron stands. */
export const laneViews = (deps: {
  readonly lanes: LaneRuntime;
  readonly gates: GateKeeper;
  readonly park: DevicePark;
  readonly read: Repositories;
  /** Where change is paid out. */
  readonly changePage: () => ChangePage | undefined;
}): LaneView[] => {
  const { lanes, gates, park, read } = deps;
  return lanes.lanes().map((lane) => {
    const arm = gates.arm(lane);
    return laneView(lane, lanes.state(lane.id), {
      read,
      direction: lanes.directionOf(lane),
      doubts: (stay) => lanes.doubts(stay),
      arm: arm?.arm?.() ?? 'unknown',
      waits: gates.waits(lane),
      loop: park.loopOf(lane),
      devices: park.viewsOf(lane),
      changePage: deps.changePage(),
    });
  });
};
