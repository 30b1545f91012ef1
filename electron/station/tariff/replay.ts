import type { Fee } from '../../../shared/domain/tariff.ts';
import type { TariffBook } from './book.ts';
import { priceStay, type StayToPrice } from './price-stay.ts';

/** One real stay under two books. A `null` fee: that book does not price it. */
export interface Difference<S extends StayToPrice> {
  readonly stay: S;
  readonly before: Fee | null;
  readonly after: Fee | null;
  /** What the new book asks more; an unpriced stay counts as nothing. */
  readonly changeFen: number;
}

/** Sums of a replay. */
export interface ReplayTotals {
  readonly stays: number;
  readonly dearer: number;
  readonly cheaper: number;
  /** Stays that one book prices and the other does not. */
  readonly pricedByOne: number;
  readonly beforeFen: number;
  readonly afterFen: number;
}

/**
 * Prices stays under the present book and a draft, yields those that come out differently, and returns the totals of all. One
 * stay at a time: a month of them need never be in memory. Pure.
 */
export function* replay<S extends StayToPrice>(
  before: TariffBook,
  after: TariffBook,
  stays: Iterable<S>,
): Generator<Difference<S>, ReplayTotals> {
  const totals = { stays: 0, dearer: 0, cheaper: 0, pricedByOne: 0, beforeFen: 0, afterFen: 0 };
  for (const stay of stays) {
    const [old, next] = [priceStay(before, stay), priceStay(after, stay)];
    const changeFen = (next?.feeFen ?? 0) - (old?.feeFen ?? 0);
    totals.stays += 1;
    totals.beforeFen += old?.feeFen ?? 0;
    totals.afterFen += next?.feeFen ?? 0;
    if (changeFen > 0) totals.dearer += 1;
    if (changeFen < 0) totals.cheaper += 1;
    const byOne = (old === null) !== (next === null);
    if (byOne) totals.pricedByOne += 1;
    if (changeFen !== 0 || byOne) yield { stay, before: old, after: next, changeFen };
  }
  return totals;
}
