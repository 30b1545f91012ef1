import type { Stay } from '../../../shared/domain/stay.ts';
import type { StationServices } from './platform.ts';

/** What must be known of a car whose fee a platform asks for. */

interface Needed {
  readonly station: () => Pick<StationServices, 'lanes' | 'read'>;
}

/** How it stands at the exit where this car is. */
export function atExit({ uid }: Stay, { station }: Needed) {
  const { lanes } = station();
  for (const lane of lanes.lanes()) {
    const { phase, passage } = lanes.state(lane.id);
    if (passage?.uid !== uid || phase === 'idle' || lanes.directionOf(lane) !== 'out') continue;
    return { phase, bill: passage.bill, attention: passage.attention };
  }
  return undefined;
}

/** Of what may still turn into money, only a code that is shown is no reason to wait: this very question may come from it. */
export const isBeingPaid = ({ uid }: Stay, { station }: Needed): boolean =>
  station()
    .read.attempts.ofStay(uid)
    .some(
      ({ state, setAside, kind }) =>
        ['created', 'sent', 'unknown', 'reversing'].includes(state) && !setAside && kind !== 'qr',
    );
