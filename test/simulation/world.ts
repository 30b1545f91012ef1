import type { Lane } from '../../shared/domain/site.ts';
import type { Bank } from './bank.ts';
import type { Car } from './cars.ts';
import type { Chance } from './chance.ts';
import type { VirtualCity } from './city.ts';
import type { Layout } from './layout.ts';
import type { CrashPoint } from './life.ts';
import type { Park } from './park.ts';
import type { Till } from './till.ts';
import type { Timeline } from './timeline.ts';
import type { Fail, Watch } from './watch.ts';

/** What came of asking the station for something. `silent`: it is down, or went down over it; nobody knows what it did. */
export type Asked<T> =
  | { readonly how: 'done'; readonly value: T }
  | { readonly how: 'refused'; readonly reason: string }
  | { readonly how: 'silent' };

/** The concrete of a lane, as far as whoever stands beside it is concerned. */
interface LaneFloor {
  readonly lane: Lane;
  readonly queue: readonly Car[];
  readonly held: boolean;
  cameraDown: boolean;
  readonly trigger: { goneMs(passageId: string): number | null };
  arrive(car: Car): void;
}

/** What everybody in the simulated car park can see and reach. */
export interface World {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly layout: Layout;
  readonly watch: Watch;
  readonly till: Till;
  readonly banks: ReadonlyMap<string, Bank>;
  readonly city: VirtualCity;
  readonly cars: readonly Car[];
  readonly floors: ReadonlyMap<string, LaneFloor>;
  /** Which car a passage is about: known to whoever stands beside it. */
  readonly passageCar: ReadonlyMap<string, Car>;
  /** Which car a stay is about. */
  readonly stayCar: ReadonlyMap<string, Car>;
  /** The day is over: no more faults, so that everything can come to its end. */
  readonly calm: () => boolean;
  readonly fail: Fail;
  /** The running station; null while it is down. */
  park(): Park | null;
  ask<T>(work: (park: Park) => T): Asked<T>;
  /** While `work` runs, what the cameras read is this car. */
  reading(car: Car, work: () => void): void;
  /** The program ends, now or the next time it comes to a point. */
  crash(at: CrashPoint | 'now'): void;
  /** The car drove through the lane, whatever the station thinks. */
  crossed(car: Car, lane: Lane): void;
  /** The car backed out of the lane again. */
  backedOut(car: Car, lane: Lane): void;
}
