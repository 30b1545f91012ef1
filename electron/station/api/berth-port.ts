import type { Actor } from '../../../shared/domain/events.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';

/** What a person on the spot says of a berth. */
export interface BerthSighting {
  readonly berthId: string;
  readonly occupied: boolean;
  readonly at: EpochMs;
  /** Of the car that came; null: not known yet. */
  readonly plate: Plate | null;
  readonly vehicleClass: VehicleClass | undefined;
  readonly reason: string | undefined;
}

export interface BerthIdentification {
  readonly berthId: string;
  /** The stay that was seen. */
  readonly uid: string;
  readonly plate: Plate;
  readonly vehicleClass: VehicleClass | undefined;
}

/**
 * What people may say about the cars at the kerb. When a method returns, what follows from it is on disk.
 *
 * @throws NotFoundError for a berth that is not on the register, ConflictError where it cannot be so.
 */
export interface BerthDesk {
  observe(seen: BerthSighting, actor: Actor): void;
  identify(told: BerthIdentification, actor: Actor): void;
}
