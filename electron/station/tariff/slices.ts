import { DAY_MINUTES } from './days.ts';
import { type Occurrence, occurrencesOf, type Span } from './occurrences.ts';
import type { Plan, PlanSegment } from './plan.ts';

/** Time spent where another tariff charges; minutes since the entry. */
export interface Hole {
  readonly from: number;
  readonly to: number;
}

/** A piece of a stay within which nothing changes. Positions are minutes since the entry. */
export interface Slice {
  readonly from: number;
  readonly to: number;
  /** `null`: no segment covers it. */
  readonly segment: PlanSegment | null;
  /** Which occurrence of a segment in this stay. */
  readonly occurrence: number;
  /** Which 24 hours from the entry, from 0. */
  readonly frame: number;
  /** Which natural day of the stay, from 0. */
  readonly day: number;
  readonly state: 'open' | 'hole' | 'free';
}

/** Above so many days a stay is explained by the day, so its segments are cut there. */
export const FOLD_ABOVE = 7;

/** Cuts a stay at the boundaries of segments, holes, and the days that its rule counts. */
export function slicesOf(plan: Plan, span: Span, holes: readonly Hole[]): Slice[] {
  const { entry, minutes } = span;
  const occurrences = oneSided(plan, occurrencesOf(plan, span), minutes);
  const toMidnight = DAY_MINUTES - (entry % DAY_MINUTES);
  const cutDays = plan.naturalDayCap !== null || (!plan.framed && !plan.whole && minutes > FOLD_ABOVE * DAY_MINUTES);
  const slices: Slice[] = [];
  let o = 0;
  let h = 0;
  for (let from = 0; from < minutes; ) {
    while (o < occurrences.length && (occurrences[o]?.to ?? 0) <= from) o++;
    while (h < holes.length && (holes[h]?.to ?? 0) <= from) h++;
    const occurrence = occurrences[o];
    const hole = holes[h];
    const frame = plan.framed ? Math.floor(from / DAY_MINUTES) : 0;
    const day = from < toMidnight ? 0 : 1 + Math.floor((from - toMidnight) / DAY_MINUTES);
    let to = minutes;
    if (plan.framed) to = Math.min(to, (frame + 1) * DAY_MINUTES);
    if (cutDays) to = Math.min(to, toMidnight + day * DAY_MINUTES);
    if (occurrence) to = Math.min(to, occurrence.from > from ? occurrence.from : occurrence.to);
    if (hole) to = Math.min(to, hole.from > from ? hole.from : hole.to);
    slices.push({
      from,
      to,
      segment: occurrence && occurrence.from <= from ? occurrence.segment : null,
      occurrence: o,
      frame,
      day,
      state: hole && hole.from <= from ? 'hole' : 'open',
    });
    from = to;
  }
  return slices;
}

/** A short stay under the entry side's price alone. */
function oneSided(plan: Plan, occurrences: Occurrence[], minutes: number): Occurrence[] {
  if (minutes > plan.entrySideUpTo) return occurrences;
  const [first] = occurrences;
  return first && first.from === 0 ? [{ ...first, to: minutes }] : [];
}
