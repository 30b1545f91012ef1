import type { LaneDirection } from '../../../../shared/domain/site.ts';
import type { VankeContext } from './context.ts';
import { deviceNoOf, readerNoOf } from './fields.ts';

/**
 * The number of the plate reader at a lane, looked up when it is told: a number that is put right counts for what waits, too. A lane that
 * is gone since is called by its id. `null`: nobody knows which way the car went, and the lane's own way counts.
 */
export function readerNoAt(
  laneId: string,
  direction: LaneDirection | null,
  { station, settings }: Pick<VankeContext, 'station' | 'settings'>,
): string {
  const lane = station()
    .lanes.lanes()
    .find(({ id }) => id === laneId);
  if (!lane) return deviceNoOf(laneId, settings);
  return readerNoOf(lane, direction ?? (lane.direction === 'out' ? 'out' : 'in'), settings);
}
