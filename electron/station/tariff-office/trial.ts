import type { PlateColor, PlateKind } from '../../../shared/domain/plate.ts';
import type { Fee } from '../../../shared/domain/tariff.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { TariffBook } from '../tariff/book.ts';
import { priceStay, type StayToPrice } from '../tariff/price-stay.ts';
import { type Alternative, alternativesOf } from './alternatives.ts';

/** A stay to try a tariff with: everything that a price may depend on. */
export interface TrialFacts {
  readonly enteredAt: EpochMs;
  readonly exitedAt: EpochMs;
  readonly vehicleClass: VehicleClass;
  readonly plateKind?: PlateKind | undefined;
  readonly plateColor?: PlateColor | undefined;
  /** As the rules name it; absent: a temporary car. */
  readonly cardType?: string | undefined;
  readonly areaId?: string | undefined;
  readonly lastPaidAt?: EpochMs | undefined;
}

export type Trial = Fee & { readonly alternatives: readonly Alternative[] };

/** Longer than any stay that anybody tries; what a lane charges has no such end. */
const LONGEST_MS = 400 * 86_400_000;

/** @throws ConflictError `exit-before-entry` | `stay-too-long` */
export function demandStay(enteredAt: EpochMs, exitedAt: EpochMs): void {
  if (exitedAt < enteredAt) throw new ConflictError('exit-before-entry', '出场时间早于入场时间');
  if (exitedAt - enteredAt > LONGEST_MS) throw new ConflictError('stay-too-long', '停车时间超过 400 天，无法试算');
}

/**
 * 试算: what a stay costs under a book, and what it would cost if the open points were read otherwise. A stay that is still within
 * the grace after its payment is priced up to that payment, as a lane does.
 *
 * @throws ConflictError `exit-before-entry` | `stay-too-long` | `payment-outside`; NotFoundError when nothing prices it
 */
export function tryOut(book: TariffBook, facts: TrialFacts, graceMinutes: number): Trial {
  const { enteredAt, exitedAt, lastPaidAt } = facts;
  demandStay(enteredAt, exitedAt);
  if (lastPaidAt !== undefined && (lastPaidAt < enteredAt || lastPaidAt > exitedAt))
    throw new ConflictError('payment-outside', '缴费时间不在停车时间内');
  const inGrace = lastPaidAt !== undefined && exitedAt <= lastPaidAt + graceMinutes * 60_000;
  const stay: StayToPrice = {
    enteredAt,
    exitedAt: inGrace ? lastPaidAt : exitedAt,
    vehicleClass: facts.vehicleClass,
    plate:
      facts.plateKind === undefined && facts.plateColor === undefined
        ? undefined
        : { kind: facts.plateKind ?? 'ordinary', color: facts.plateColor ?? 'unknown' },
    cardType: facts.cardType ?? 'temporary',
    areaId: facts.areaId,
    lastPaidAt: inGrace ? null : lastPaidAt,
  };
  const fee = priceStay(book, stay);
  if (!fee) throw new NotFoundError('该收费规则没有此车型的价格');
  return { ...fee, alternatives: alternativesOf(book, stay) };
}
