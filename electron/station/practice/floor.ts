import type { Actor } from '../../../shared/domain/events.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { VirtualBarrier } from '../devices/virtual/barrier.ts';
import type { VirtualCamera } from '../devices/virtual/camera.ts';
import type { LaneRuntime } from '../lanes/runtime.ts';
import type { Registry } from '../registry/registry.ts';
import type { Clock, Entropy } from '../runtime/ports.ts';
import type { PracticePlatform } from './platform.ts';

/** Who sets the practice car park up: no person, so nothing of it opens a case. */
export const TRAINER: Actor = Object.freeze({ kind: 'station', name: 'trainer' });

export type Side = 'in' | 'out';

/** What a scenario may use of the practice station. */
export interface Floor {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly lanes: LaneRuntime;
  readonly registry: Registry;
  readonly platform: PracticePlatform;
  readonly camera: Readonly<Record<Side, VirtualCamera>>;
  readonly barrier: Readonly<Record<Side, VirtualBarrier>>;
  /** Lets a car have been inside for so long. */
  readonly park: (plate: Plate, minutes: number) => Stay;
  /** Somebody pays with a phone what stands at the lane for this stay; nothing where nothing does. */
  readonly payByPhone: (laneId: string, uid: string | null) => void;
  readonly owes: (plate: string) => boolean;
  readonly hasLeft: (uid: string | null) => boolean;
}
