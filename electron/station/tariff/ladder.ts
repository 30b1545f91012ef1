import type { PartUnit, SegmentPrice } from '../../../shared/domain/tariff-rule.ts';

/** Longer than any stay, and still exact in sums: the end of what has no end. */
export const ENDLESS = 1e12;

/** A stretch of counted minutes in which each unit costs the same. */
export interface Rung {
  readonly from: number;
  readonly to: number;
  readonly unit: number;
  readonly unitFen: number;
  /** A part of a unit counts when more minutes than this of it have begun: 0 rounds up, `unit - 1` rounds down. */
  readonly tail: number;
  readonly style: 'unit' | 'bracket' | 'flat';
}

/** A price as a function of counted minutes: rungs one after the other, from the start again after `repeat` minutes. */
export interface Ladder {
  readonly rungs: readonly Rung[];
  readonly repeat: number;
}

/** Units of a rung that have to be paid when the meter shows `minutes`. Never falls as the meter runs. */
export function unitsOf(rung: Rung, minutes: number): number {
  const inside = Math.min(minutes, rung.to) - rung.from - rung.tail;
  return inside <= 0 ? 0 : Math.ceil(inside / rung.unit);
}

const tailOf = (part: PartUnit, unit: number): number =>
  part === 'up' ? 0 : part === 'down' ? unit - 1 : part.aboveMinutes;

/** A price as its ladder; `scale` is the factor of the vehicle class on an amount. */
export function ladderOf(price: SegmentPrice, scale: (fen: number) => number): Ladder {
  const rungs: Rung[] = [];
  let from = 0;
  if (price.kind === 'flat')
    rungs.push({ from, to: ENDLESS, unit: ENDLESS, unitFen: scale(price.feeFen), tail: 0, style: 'flat' });
  if (price.kind === 'units')
    for (const step of price.steps) {
      const to = step.upToMinutes ?? ENDLESS;
      const tail = tailOf(price.part, step.unitMinutes);
      rungs.push({ from, to, unit: step.unitMinutes, unitFen: scale(step.unitFen), tail, style: 'unit' });
      from = to;
    }
  if (price.kind !== 'brackets') return { rungs, repeat: ENDLESS };
  let before = 0;
  for (const bracket of price.brackets) {
    const total = scale(bracket.totalFen);
    const to = bracket.upToMinutes;
    rungs.push({ from, to, unit: to - from, unitFen: total - before, tail: 0, style: 'bracket' });
    from = to;
    before = total;
  }
  if (typeof price.beyond === 'object') {
    const { unitMinutes, unitFen } = price.beyond;
    rungs.push({ from, to: ENDLESS, unit: unitMinutes, unitFen: scale(unitFen), tail: 0, style: 'unit' });
  }
  return { rungs, repeat: price.beyond === 'repeat' ? from : ENDLESS };
}
