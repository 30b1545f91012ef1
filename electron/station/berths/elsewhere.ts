import type { Berth, BerthState } from '../../../shared/domain/berth.ts';
import type { Stay } from '../../../shared/domain/stay.ts';

/** Where the plate of a car at one berth stands at another already. */

export interface OtherBerths {
  readonly berth: (id: string) => Berth | undefined;
  readonly state: (id: string) => BerthState;
}

/**
 * The code of the berth at which the car of this stay stands by the word of a device of that berth that can be reached: there is no reason
 * to believe that it went, and a plate may be read wrongly. Null: nothing speaks for it but the stay.
 */
export function standsElsewhere(
  stay: Stay,
  here: Pick<Berth, 'id'>,
  { others, isOnline }: { readonly others: OtherBerths; readonly isOnline?: (deviceId: string) => boolean },
): string | null {
  if (stay.berth === null || stay.berth.id === here.id) return null;
  const there = others.berth(stay.berth.id);
  if (!there) return null;
  const { occupied, uid, told = {} } = others.state(there.id);
  if (occupied !== true || uid !== stay.uid) return null;
  const watched = [there.sensor, there.camera].some(
    (id) => id !== null && told[id]?.occupied === true && isOnline?.(id) === true,
  );
  return watched ? there.code : null;
}
