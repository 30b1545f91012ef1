import type { Tariff } from '../../../shared/domain/tariff.ts';
import type { TariffBook } from '../tariff/book.ts';

/**
 * The present book with `tariff` in the place that it would take, as though it had always been in force there: what a draft is
 * tried, tested and replayed with. Its own earlier versions are gone; what it would supersede prices only where a lane names it.
 */
export function bookAsIf(present: TariffBook, tariff: Tariff): TariffBook {
  const { effectiveFrom: _always, ...draft } = tariff;
  const others = present.tariffs.filter((other) => other.id !== draft.id).map((other) => yieldingTo(other, draft));
  return { ...present, tariffs: [draft, ...others] };
}

function yieldingTo(other: Tariff, draft: Tariff): Tariff {
  if (draft.onlyNamed === true) return other;
  const { areas } = draft;
  if (areas === undefined) return other.areas === undefined ? { ...other, onlyNamed: true } : other;
  const left = other.areas?.filter((area) => !areas.includes(area));
  if (left === undefined || left.length === other.areas?.length) return other;
  return left.length === 0 ? { ...other, onlyNamed: true } : { ...other, areas: left };
}
