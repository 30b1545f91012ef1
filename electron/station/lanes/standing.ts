import type { Lane } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { isReadable } from './rules.ts';
import type { LaneState } from './state.ts';

/** How surely a car at a lane is that of a stay: it is served there, queues there, or may be the one that stands there. */
type Standing = 'served' | 'queues' | 'perhaps';

/** The lane where the car of a stay is, or may be. */
export interface StandsAt {
  readonly lane: string;
  readonly how: Standing;
}

/** Whether the car of a stay stands at a lane, also where nobody has matched the two yet. A car that went through stands there no more. */
function standingAt({ passage, phase, waiting }: LaneState, stay: Stay): Standing | null {
  const plate = isReadable(stay.plate) ? stay.plate.text : null;
  if (passage?.uid === stay.uid) return 'served';
  if (waiting.some((arrival) => arrival.plate.text === plate)) return 'queues';
  if (!passage || passage.uid !== null || phase === 'cleared') return null;
  if (passage.plate.text === plate || (stay.identity !== null && passage.identity === stay.identity)) return 'served';
  return passage.candidates.some(({ uid }) => uid === stay.uid) ? 'perhaps' : null;
}

/** The first lane at which the car of a stay stands, or may stand; null: at none. */
export function standsAt(
  lanes: { readonly lanes: () => readonly Lane[]; readonly state: (laneId: string) => LaneState },
  stay: Stay,
): StandsAt | null {
  for (const lane of lanes.lanes()) {
    const how = standingAt(lanes.state(lane.id), stay);
    if (how) return { lane: lane.name, how };
  }
  return null;
}
