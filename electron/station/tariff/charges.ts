import { Caps, type Cuts } from './caps.ts';
import { ENDLESS, type Rung, unitsOf } from './ladder.ts';
import type { Plan, PlanSegment } from './plan.ts';
import type { Slice } from './slices.ts';

/** Units begun in a slice at one price, before and after the caps. Positions are minutes since the entry. */
export interface Charge {
  readonly slice: Slice;
  readonly rung: Rung;
  readonly from: number;
  readonly to: number;
  readonly units: number;
  readonly grossFen: number;
  readonly cuts: Cuts;
  /** The meter of the segment stopped in this slice: the whole segment is paid. */
  readonly stopped: boolean;
}

/** A slice with what it costs. */
export interface PricedSlice {
  readonly slice: Slice;
  readonly charges: readonly Charge[];
  /** At the end of 24 hours that cost a whole day: what this adds or takes. */
  readonly wholeDayFen: number;
}

const NOTHING: readonly Charge[] = [];

export const netFen = (charge: Charge): number =>
  charge.grossFen - charge.cuts.segment - charge.cuts.naturalDay - charge.cuts.frame - charge.cuts.stay;

/** Counts the units of a stay in the order of time, and lets the caps cut them. */
export function chargesOf(plan: Plan, slices: readonly Slice[]): PricedSlice[] {
  const meters = new Meters(plan);
  const caps = new Caps(plan);
  const priced: PricedSlice[] = [];
  let used = 0;
  for (const [index, slice] of slices.entries()) {
    const { segment } = slice;
    const charges =
      slice.state === 'open' && segment && segment.rungs.length > 0 ? meters.run(slice, segment, caps) : NOTHING;
    let wholeDayFen = 0;
    if (plan.wholeDay) {
      if (slice.state === 'open') used += slice.to - slice.from;
      if (slices[index + 1]?.frame !== slice.frame) {
        if (used > plan.wholeDay.afterMinutes) wholeDayFen = caps.settleWholeDay(slice.frame, plan.wholeDay.feeFen);
        used = 0;
      }
    }
    priced.push({ slice, charges, wholeDayFen });
  }
  return priced;
}

/**
 * A meter for each segment. It counts the minutes spent in its segment, stands still elsewhere, and begins anew as the rule
 * says. A unit is charged in the slice in which it begins to count.
 */
class Meters {
  readonly #plan: Plan;
  readonly #shown: number[];
  readonly #scope: number[];
  /** Where the unit under way ends, in minutes since the entry. */
  #paidUntil = 0;
  /** Time up to here was paid on the other side of a boundary, by a unit that runs across. */
  #carriedUntil = 0;
  #last: PlanSegment | null = null;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#shown = new Array<number>(plan.meters).fill(0);
    this.#scope = new Array<number>(plan.meters).fill(-1);
  }

  run(slice: Slice, segment: PlanSegment, caps: Caps): readonly Charge[] {
    const { restart, unitsRunAcross } = this.#plan;
    const scope = restart === 'segment' ? slice.occurrence : restart === '24h' ? slice.frame : 0;
    if (this.#scope[segment.meter] !== scope) {
      this.#scope[segment.meter] = scope;
      this.#shown[segment.meter] = 0;
    }
    if (unitsRunAcross) this.#cross(segment);
    const from = Math.max(slice.from, this.#carriedUntil);
    if (from >= slice.to) return NOTHING;
    const before = this.#shown[segment.meter] ?? 0;
    const after = before + slice.to - from;
    this.#shown[segment.meter] = after;
    const charges = count(slice, segment, from, before, after, caps);
    if (unitsRunAcross) this.#paidUntil = slice.to + restOfUnit(segment, after);
    return charges;
  }

  /** Entering another segment, the unit under way is used up on this side: its own meter is past it. */
  #cross(segment: PlanSegment): void {
    const last = this.#last;
    this.#last = segment;
    if (last === null || last === segment) return;
    const shown = this.#shown[last.meter] ?? 0;
    this.#shown[last.meter] = shown + restOfUnit(last, shown);
    this.#carriedUntil = Math.max(this.#carriedUntil, this.#paidUntil);
  }
}

/** Minutes left in the unit that is under way when the meter of a segment shows `minutes`. */
function restOfUnit(segment: PlanSegment, minutes: number): number {
  const shown = segment.repeat < ENDLESS ? minutes % segment.repeat : minutes;
  const rung = segment.rungs.find((candidate) => candidate.from < shown && shown <= candidate.to);
  if (!rung || rung.style === 'flat' || minutes >= segment.stopAt) return 0;
  const end = rung.from + Math.ceil((shown - rung.from) / rung.unit) * rung.unit;
  return Math.min(end, rung.to) - shown;
}

/** The charges of one slice in which the meter goes from `before` to `after`, beginning at `start`. */
function count(slice: Slice, segment: PlanSegment, start: number, before: number, after: number, caps: Caps): Charge[] {
  const { rungs, repeat, stopAt } = segment;
  const until = Math.min(after, stopAt);
  const charges: Charge[] = [];
  for (let shown = before; shown < until; ) {
    const round = repeat < ENDLESS ? Math.floor(shown / repeat) * repeat : 0;
    const end = Math.min(until, round + repeat);
    for (const rung of rungs) {
      if (rung.to <= shown - round) continue;
      if (rung.from >= end - round) break;
      const units = unitsOf(rung, end - round) - unitsOf(rung, shown - round);
      if (units === 0) continue;
      const grossFen = units * rung.unitFen;
      charges.push({
        slice,
        rung,
        from: start + Math.max(0, round + rung.from - before),
        to: start + Math.min(end, round + rung.to) - before,
        units,
        grossFen,
        cuts: caps.take(slice, grossFen),
        stopped: after > stopAt && end === until && rung.to >= end - round,
      });
    }
    shown = end;
  }
  return charges;
}
