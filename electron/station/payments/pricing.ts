import type { Plate } from '../../../shared/domain/plate.ts';
import type { Site } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { Fee, Tariff } from '../../../shared/domain/tariff.ts';
import { type EpochMs, fromRfc3339 } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { calculateFee } from '../tariff/calculate.ts';

/** Which tariff counts for a stay, and what it comes to. Pure but for the configuration it was given. */
export class Pricing {
  readonly #tariffs: readonly Tariff[];
  readonly #site: Site;

  constructor(tariffs: readonly Tariff[], site: Site) {
    this.#tariffs = tariffs;
    this.#site = site;
  }

  all(): readonly Tariff[] {
    return this.#tariffs;
  }

  get(id: string): Tariff | undefined {
    return this.#tariffs.find((tariff) => tariff.id === id);
  }

  /**
   * The fee of a stay up to `at`: by the tariff named (a lane may name one), else by the newest one in force when the car came
   * in. A class that the tariff does not price is charged as the site's default class. `null` when nothing prices it.
   */
  fee(stay: Pick<Stay, 'enteredAt' | 'vehicleClass'>, at: EpochMs, tariffId?: string): Fee | null {
    const tariff = tariffId === undefined ? this.#inForce(stay.enteredAt) : this.get(tariffId);
    if (!tariff) return null;
    const span = { enteredAt: stay.enteredAt, exitedAt: at };
    return (
      calculateFee(tariff, { ...span, vehicleClass: stay.vehicleClass }) ??
      calculateFee(tariff, { ...span, vehicleClass: this.#site.defaultVehicleClass }) ??
      null
    );
  }

  #inForce(at: EpochMs): Tariff | undefined {
    const from = (tariff: Tariff): EpochMs =>
      tariff.effectiveFrom === undefined ? 0 : fromRfc3339(tariff.effectiveFrom);
    return this.#tariffs
      .filter((tariff) => from(tariff) <= at)
      .reduce<Tariff | undefined>((best, tariff) => (best && from(best) >= from(tariff) ? best : tariff), undefined);
  }

  /** Size by plate: yellow plates are large vehicles, blue and green ones small; the rest by the site's setting. */
  vehicleClassOf(plate: Plate): VehicleClass {
    if (plate.kind === 'new-energy-large') return 'large';
    if (plate.kind === 'trainer') return 'small';
    if (plate.color === 'yellow' || plate.color === 'yellow-green') return 'large';
    if (plate.color === 'blue' || plate.color === 'green') return 'small';
    return this.#site.defaultVehicleClass;
  }
}
