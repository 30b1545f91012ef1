import type { BillView } from '../../shared/contract/lanes.ts';

type Step = BillView['steps'][number];

/** Days `from` to `to` of the stay, counted in 24 hours from 1, each of which costs `eachFen`. */
export interface DaysLine {
  readonly from: number;
  readonly to: number;
  readonly eachFen: number;
  /** The cap of the 24 hours made it so. */
  readonly capped: boolean;
}

/** As many lines as the panel of the smallest screen shows without scrolling. */
export const ROOM = 4;
const aboutTheWhole = new Set<Step['kind']>(['full-days', 'limit', 'whitelist']);

/**
 * The lines of a fee as there is room for them: one by one while they are few; for a stay of days one line per run of days that
 * cost the same. The amounts always add up to the same fee.
 */
export function condenseSteps(steps: readonly Step[], room = ROOM): readonly (Step | DaysLine)[] {
  if (steps.length <= room) return steps;
  const lines: (Step | DaysLine)[] = [];
  const days = new Map<number, { readonly eachFen: number; readonly capped: boolean }>();
  for (const { kind, day, amountFen } of steps) {
    if (aboutTheWhole.has(kind)) continue;
    const before = days.get(day);
    days.set(day, {
      eachFen: (before?.eachFen ?? 0) + amountFen,
      capped: before?.capped === true || kind === 'daily-cap',
    });
  }
  for (const [day, { eachFen, capped }] of days) {
    const last = lines.at(-1);
    if (last && 'eachFen' in last && last.eachFen === eachFen && last.capped === capped && last.to === day - 1)
      lines[lines.length - 1] = { ...last, to: day };
    else lines.push({ from: day, to: day, eachFen, capped });
  }
  return [...lines, ...steps.filter((step) => aboutTheWhole.has(step.kind))];
}
