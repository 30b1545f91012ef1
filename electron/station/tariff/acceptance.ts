import type { PlateColor, PlateKind } from '../../../shared/domain/plate.ts';
import type { AcceptanceCase, Fee } from '../../../shared/domain/tariff.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import type { TariffBook } from './book.ts';
import { priceStay, type StayToPrice } from './price-stay.ts';

/** How one acceptance case came out. `fee` carries the steps, so that a wrong one explains itself. */
export interface AcceptanceResult {
  readonly case: AcceptanceCase;
  readonly passed: boolean;
  /** `null`: nothing prices the stay. */
  readonly fee: Fee | null;
}

/** Prices every case; a book of which one fails is not to be published. Pure. */
export function runAcceptance(book: TariffBook, cases: readonly AcceptanceCase[]): AcceptanceResult[] {
  return cases.map((one) => {
    const fee = priceStay(book, stayOf(one));
    return { case: one, passed: fee?.feeFen === one.feeFen, fee };
  });
}

function stayOf(one: AcceptanceCase): StayToPrice {
  const { enteredAt, exitedAt, vehicleClass, cardType, areaId } = one;
  const span = { enteredAt: fromRfc3339(enteredAt), exitedAt: fromRfc3339(exitedAt) };
  return { ...span, vehicleClass, cardType, areaId, plate: plateOf(one.plateKind, one.plateColor) };
}

/** What a case leaves out about the plate is taken as an ordinary one of unknown colour. */
function plateOf(kind: PlateKind | undefined, color: PlateColor | undefined): StayToPrice['plate'] {
  return kind === undefined && color === undefined
    ? undefined
    : { kind: kind ?? 'ordinary', color: color ?? 'unknown' };
}
