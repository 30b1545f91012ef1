import type { Plate } from '../../../../shared/domain/plate.ts';
import { normalisePlateText } from '../../../../shared/domain/plates.ts';
import type { Lane, LaneDirection } from '../../../../shared/domain/site.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { StationServices } from '../platform.ts';
import type { CmbContext } from './context.ts';
import { laneOf, vplOf } from './fields.ts';

/** Which car stands before which barrier, and which stay the bank means: its words for both are numbers and plates. */

type Passage = NonNullable<ReturnType<StationServices['lanes']['standing']>>;
type Needed = Pick<CmbContext, 'settings' | 'station'>;

/** A car before a barrier. `plate` null: it has none, or it could not be read. */
export interface CarThere {
  readonly lane: Lane;
  readonly passage: Passage;
  readonly plate: string | null;
  /** It was let through, and has not been seen to go. */
  readonly cleared: boolean;
}

/** The car that stands at the entry or exit of this number; undefined where nobody stands, or there is no such lane. */
export function carAt(number: number, direction: LaneDirection, { settings, station }: Needed): CarThere | undefined {
  const { lanes } = station();
  const lane = laneOf(number, direction, lanes.lanes(), settings);
  const passage = lane && lanes.standing(lane.id);
  if (!passage || lanes.directionOf(lane) !== direction) return undefined;
  const { phase } = lanes.state(lane.id);
  const plate = isPlate(passage.plate) ? passage.plate.text : null;
  return phase === 'idle' ? undefined : { lane, passage, plate, cleared: phase === 'cleared' };
}

const isPlate = ({ text, kind }: Plate): boolean => text !== '' && kind !== 'unread' && kind !== 'none';

/** So many cars without a plate are looked through for one that got its virtual plate from nobody. */
const MAX_UNLICENSED = 1000;

/** The stay inside that the bank calls so: by its plate, by what its driver scanned, or by what stands for it in our messages. */
export function insideBy(vpl: string, { station }: Needed): Stay | undefined {
  const { stays } = station().read;
  const plate = normalisePlateText(vpl);
  const known = (plate === '' ? undefined : stays.inside(plate)) ?? stays.insideIdentity(vpl);
  return known ?? stays.unlicensedInside(MAX_UNLICENSED).find((stay) => vplOf(stay) === vpl);
}
