import { EMPTY_CALENDAR } from '../../../shared/domain/calendar.ts';
import type { Fee, Tariff } from '../../../shared/domain/tariff.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { ruleIn } from './book.ts';
import { wallMinute } from './days.ts';
import { pricePart } from './part.ts';
import { planOf } from './plan.ts';
import { feeOf, minutesOf } from './price-stay.ts';

/**
 * The fee of a stay under one tariff alone, whenever it takes effect: for a lane that names its tariff, and for trying one out.
 * `undefined` when the tariff has no price for the vehicle class. Pure.
 */
export function calculateFee(
  tariff: Tariff,
  stay: { readonly enteredAt: EpochMs; readonly exitedAt: EpochMs; readonly vehicleClass: VehicleClass },
): Fee | undefined {
  const found = ruleIn(tariff, stay, undefined, stay.vehicleClass);
  if (!found) return undefined;
  const minutes = minutesOf(stay.enteredAt, stay.exitedAt);
  const span = { entry: wallMinute(stay.enteredAt), minutes, calendar: EMPTY_CALENDAR };
  const part = pricePart(tariff, planOf(found.rule, found.vehicleClass), span, []);
  return feeOf({ tariff, vehicleClass: found.vehicleClass }, stay.enteredAt, minutes, [
    { ...part, from: 0, minutes, tariff },
  ]);
}
