import type { Berth } from '../../../shared/domain/berth.ts';
import { type Actor, STATION } from '../../../shared/domain/events.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import { type Lane, laneSchema } from '../../../shared/domain/site.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { Look, type LookDeps } from '../lanes/look.ts';
import { EMPTY_LANE, type Passage, type PhotoRef, passageSchema } from '../lanes/state.ts';
import type { World } from '../lanes/step.ts';

/** A berth, as what decides about cars at barriers sees it: a way in and out at once, with nothing that shuts. */
const laneOf = ({ id, code, number, areaId }: Berth): Lane =>
  laneSchema.parse({ id, name: code, number, direction: 'both', area: areaId });

/** The car in question, and the moment at which it came or went. */
export interface Car {
  readonly passageId: string;
  readonly at: EpochMs;
  readonly plate: Plate;
  readonly direction: 'in' | 'out';
  /** Of the stay that it has here. */
  readonly uid: string | null;
  readonly photo: PhotoRef | null;
}

/** A car at a berth with all that a decision about it may depend on, as it was at that moment. */
export interface Scene {
  readonly berth: Berth;
  readonly passage: Passage;
  readonly world: World;
  readonly actor: Actor;
}

export type SceneDeps = Omit<LookDeps, 'clock' | 'lanes'>;

export function sceneOf(deps: SceneDeps, berth: Berth, car: Car, actor: Actor = STATION): Scene {
  const passage = passageSchema.parse({
    ...{ id: car.passageId, startedAt: car.at, seenAt: car.at, plate: car.plate, readPlate: null, confidence: null },
    ...{ photo: car.photo, attention: null, uid: car.uid, bill: null, direction: car.direction },
  });
  const lane = laneOf(berth);
  // Terms and fees are those of the moment, however late it was told.
  const look = new Look({ ...deps, clock: { now: () => car.at }, lanes: [lane] });
  const state = { ...EMPTY_LANE, passage };
  return { berth, passage, world: look.world(lane, state, { type: 'refresh', actor }), actor };
}
