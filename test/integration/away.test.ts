import { expect, test } from 'vitest';
import { percentile } from '../bench/report.ts';
import { told } from '../simulation/away/figures.ts';
import { runAway } from '../simulation/away/run.ts';

const cars = Number(process.env['AWAY_CARS'] ?? 200);

test('a city that was away gets everything once and in order, and lanes do not notice', {
  timeout: 240_000,
}, async () => {
  const figures = await runAway({
    ...{ cars, hours: 3, seed: 1, everyMs: 80, measured: 16, bare: 200, drainMs: 90_000 },
    settings: { outbox: { probeMs: 120_000 }, intervals: { parkingStateMs: 600_000 } },
  });
  expect(figures.faults, told(figures)).toEqual([]);
  expect(figures.backlog).toBeGreaterThan(cars * 2);
  expect(figures.sums.payments).toBeGreaterThan(cars / 3);
  expect(figures.repeats).toBeGreaterThan(0);
  // Other programs share the machine and its disk: this tells only a lane that waits for the backlog.
  expect(percentile(figures.draining.decisions, 0.5), told(figures)).toBeLessThan(250);
  expect(figures.draining.longestTurnMs, told(figures)).toBeLessThan(250);
  // With a timer between messages it would be a hundredth.
  expect(figures.records.perSecond / figures.records.bare, told(figures)).toBeGreaterThan(0.1);
});
