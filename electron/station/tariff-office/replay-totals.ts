import type { EpochMs } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';

/** A stay that costs another fee under the draft; a `null` fee: not priced at all. */
export interface ReplayDifference {
  readonly uid: string;
  readonly plate: string;
  readonly vehicleClass: VehicleClass;
  readonly enteredAt: EpochMs;
  readonly exitedAt: EpochMs;
  readonly beforeFen: number | null;
  readonly afterFen: number | null;
  readonly changeFen: number;
}

export interface ReplayTotals {
  readonly stays: number;
  readonly dearer: number;
  readonly cheaper: number;
  readonly same: number;
  /** Stays that one of the two prices and the other does not; they are among the dearer or cheaper ones as well. */
  readonly pricedByOne: number;
  /** Left out: nobody saw them come in, so their time is not known. */
  readonly skipped: number;
  readonly beforeFen: number;
  readonly afterFen: number;
}

export const NO_TOTALS: ReplayTotals = {
  stays: 0,
  dearer: 0,
  cheaper: 0,
  same: 0,
  pricedByOne: 0,
  skipped: 0,
  beforeFen: 0,
  afterFen: 0,
};

/** Shown beside the totals. */
const BIGGEST = 20;
/** A year's differences of a large car park; those beyond are counted and no longer listed. */
export const MOST_LISTED = 200_000;

/** What a replay has found so far. */
export class ReplayBook {
  totals: ReplayTotals = NO_TOTALS;
  readonly differences: ReplayDifference[] = [];
  /** The largest changes either way, the largest in front. */
  biggest: readonly ReplayDifference[] = [];

  skip(): void {
    this.totals = { ...this.totals, skipped: this.totals.skipped + 1 };
  }

  add(one: ReplayDifference): void {
    const { totals } = this;
    const { beforeFen, afterFen, changeFen } = one;
    const byOne = (beforeFen === null) !== (afterFen === null);
    this.totals = {
      stays: totals.stays + 1,
      dearer: totals.dearer + (changeFen > 0 ? 1 : 0),
      cheaper: totals.cheaper + (changeFen < 0 ? 1 : 0),
      same: totals.same + (changeFen === 0 ? 1 : 0),
      pricedByOne: totals.pricedByOne + (byOne ? 1 : 0),
      skipped: totals.skipped,
      beforeFen: totals.beforeFen + (beforeFen ?? 0),
      afterFen: totals.afterFen + (afterFen ?? 0),
    };
    if (changeFen === 0 && !byOne) return;
    if (this.differences.length < MOST_LISTED) this.differences.push(one);
    const last = this.biggest.at(-1);
    if (this.biggest.length === BIGGEST && last && Math.abs(changeFen) <= Math.abs(last.changeFen)) return;
    this.biggest = [...this.biggest, one]
      .sort((a, b) => Math.abs(b.changeFen) - Math.abs(a.changeFen))
      .slice(0, BIGGEST);
  }
}
