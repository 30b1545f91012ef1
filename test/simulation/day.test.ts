import { expect, it } from 'vitest';
import { simulateDay } from './day.ts';
import { reportOf } from './seeds.ts';

it('a seed decides the whole day, to the last digest of the journal', { timeout: 300_000 }, async () => {
  const [first, again, other] = [
    await simulateDay({ seed: 5, cars: 60 }),
    await simulateDay({ seed: 5, cars: 60 }),
    await simulateDay({ seed: 6, cars: 60 }),
  ];
  expect(again).toEqual(first);
  expect(other.digest).not.toBe(first.digest);
  // Enough happened for the day to mean something.
  expect(first.passed).toBeGreaterThan(100);
  expect(first.rows).toBeGreaterThan(500);
});

it('a busy day holds all rules', { timeout: 600_000 }, async () => {
  const cars = 600;
  const result = await simulateDay({ seed: 7, cars });
  expect(result.broken ? reportOf(result, cars) : '').toBe('');
  expect(result.passed).toBeGreaterThan(1_000);
  // No hazard has died out: each of these takes a road of its own through the station.
  for (const what of [
    'exit: debt',
    'exit: departure-pay',
    'paid: after-departure wechat',
    'paid: arrears cash',
    'paid: prepaid wechat',
    'attempt: unknown',
    'attempt: reversed',
    'refund: done',
    'payment-reversed',
    'area-crossed',
    'case: late-payment',
    'waiting: doubtful',
  ])
    expect(result.tally[what], what).toBeGreaterThan(0);
});
