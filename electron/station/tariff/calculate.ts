import { MAX_FEN } from '../../../shared/domain/money.ts';
import type { Fee, Tariff } from '../../../shared/domain/tariff.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { deductedStep, freeStep, limitStep, toSteps, windowSteps } from './explain.ts';
import { priceWindows } from './windows.ts';

/** What a fee depends on. */
export interface StayToPrice {
  readonly enteredAt: EpochMs;
  readonly exitedAt: EpochMs;
  readonly vehicleClass: VehicleClass;
}

/**
 * The fee of a stay and how it came about; `undefined` when the tariff has no price for the vehicle class. Pure.
 *
 * The length of the stay is counted in whole minutes, begun ones dropped, but a stay of any length counts as one: without free
 * minutes even a short one has begun its first period. An exit before the entry (a clock was set) counts as 0 minutes. Free minutes are given once per stay, from the entry. The steps add up to the fee exactly.
 */
export function calculateFee(tariff: Tariff, stay: StayToPrice): Fee | undefined {
  const rule = tariff.rules.find((candidate) => candidate.vehicleClasses.includes(stay.vehicleClass));
  if (!rule) return undefined;
  const lengthMs = stay.exitedAt - stay.enteredAt;
  const minutes = lengthMs > 0 ? Math.max(1, Math.floor(lengthMs / 60_000)) : 0;
  const fee = { tariffId: tariff.id, vehicleClass: stay.vehicleClass, minutes };
  if (minutes <= rule.freeMinutes)
    return { ...fee, feeFen: 0, steps: toSteps([freeStep(rule.freeMinutes, minutes)], stay.enteredAt) };

  const start = rule.freeMinutesMode === 'deducted' ? rule.freeMinutes : 0;
  const windows = priceWindows(rule, start, minutes);
  const totalFen = windows.reduce((sum, window) => sum + window.netFen, 0);
  const steps = [
    ...(start > 0 ? [deductedStep(start)] : []),
    ...windowSteps(rule, windows),
    ...(totalFen > MAX_FEN ? [limitStep(totalFen, minutes)] : []),
  ];
  return { ...fee, feeFen: Math.min(totalFen, MAX_FEN), steps: toSteps(steps, stay.enteredAt) };
}
