import { DAY_MINUTES } from './days.ts';
import type { Plan } from './plan.ts';
import type { Slice } from './slices.ts';

const length = (slice: Slice): number => slice.to - slice.from;
const hasPrice = (slice: Slice): boolean => slice.state === 'open' && (slice.segment?.rungs.length ?? 0) > 0;

/** Whether the minutes of the slices are within the free minutes. */
function within(plan: Plan, slices: readonly Slice[]): boolean {
  const counted = slices.filter(plan.free.ofPriced ? hasPrice : (slice) => slice.state === 'open');
  return counted.reduce((sum, slice) => sum + length(slice), 0) <= plan.free.minutes;
}

/** What the free minutes do to a stay: all of it free, or some slices marked free (cut where free time ends within one). */
export function applyFree(plan: Plan, slices: readonly Slice[]): 'all' | readonly Slice[] {
  const { minutes, deducted, again } = plan.free;
  if (minutes === 0) return slices;
  if (within(plan, slices) && (!again || (slices.at(-1)?.frame ?? 0) === 0)) return 'all';
  if (deducted) return deduct(plan, slices);
  if (!again) return slices;
  const result: Slice[] = [];
  for (let start = 0; start < slices.length; ) {
    const frame = slices[start]?.frame;
    let end = start;
    while (end < slices.length && slices[end]?.frame === frame) end++;
    const ofFrame = slices.slice(start, end);
    const free = within(plan, ofFrame);
    for (const slice of ofFrame) result.push(free && slice.state === 'open' ? { ...slice, state: 'free' } : slice);
    start = end;
  }
  return result;
}

function deduct(plan: Plan, slices: readonly Slice[]): readonly Slice[] {
  const { minutes, again, ofPriced } = plan.free;
  const result: Slice[] = [];
  let frame = 0;
  let left = minutes;
  for (const slice of slices) {
    if (again && slice.frame !== frame) {
      frame = slice.frame;
      left = minutes;
    }
    // Free time from the entry runs on while the car is elsewhere; free priced time waits.
    const passed = slice.from - (again ? slice.frame * DAY_MINUTES : 0);
    const take = Math.min(length(slice), ofPriced ? left : Math.max(0, minutes - passed));
    if (slice.state !== 'open' || take <= 0 || (ofPriced && !hasPrice(slice))) {
      result.push(slice);
      continue;
    }
    left -= take;
    const cut = slice.from + take;
    result.push({ ...slice, to: cut, state: 'free' });
    if (cut < slice.to) result.push({ ...slice, from: cut });
  }
  return result;
}
