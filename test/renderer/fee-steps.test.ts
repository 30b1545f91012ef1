import { describe, expect, it } from 'vitest';
import { condenseSteps } from '../../renderer/components/condense-steps.ts';
import type { BillView } from '../../shared/contract/lanes.ts';

type Step = BillView['steps'][number];
const at = '2026-03-02T08:00:00.000+08:00';
const step = (kind: Step['kind'], day: number, amountFen: number): Step => ({
  kind,
  day,
  from: at,
  to: at,
  minutes: 60,
  units: 1,
  unitFen: amountFen,
  amountFen,
  text: '',
});
const day = (n: number, follow: number, cap: number): Step[] => [
  step('first-period', n, 500),
  step('following-periods', n, follow),
  step('daily-cap', n, cap),
];

describe('the lines of a fee', () => {
  it('are left alone while there is room', () => {
    const steps = [...day(1, 9200, -6700), step('first-period', 2, 500)];
    expect(condenseSteps(steps)).toEqual(steps);
  });

  it('become days when there are many, equal days in one line, and still add up', () => {
    const steps = [
      ...day(1, 9200, -6700),
      ...day(2, 9200, -6700),
      step('first-period', 3, 500),
      step('limit', 3, -100),
    ];
    const lines = condenseSteps(steps);
    expect(lines).toEqual([
      { from: 1, to: 2, eachFen: 3000, capped: true },
      { from: 3, to: 3, eachFen: 500, capped: false },
      step('limit', 3, -100),
    ]);
    const total = lines.reduce(
      (sum, line) => sum + ('eachFen' in line ? line.eachFen * (line.to - line.from + 1) : line.amountFen),
      0,
    );
    expect(total).toBe(steps.reduce((sum, each) => sum + each.amountFen, 0));
  });
});
