import { expect, it } from 'vitest';
import { reportOf, runSeeds, seedsFrom } from './seeds.ts';

/** So many small days run with each change. More, and larger ones, whenever somebody wants: `npm run simulate`. */
const SEEDS = 60;
const CARS = 40;

/** One half of the small days: two files, so that two processors share them. */
export function halfOfTheSmallDays(half: 0 | 1): void {
  it(`${SEEDS / 2} small days, from seed ${half + 1}`, { timeout: 600_000 }, async () => {
    const failed = await runSeeds(seedsFrom(1 + half, SEEDS - half, 2), CARS);
    expect(failed.map((result) => reportOf(result, CARS)).join('\n\n')).toBe('');
  });
}
