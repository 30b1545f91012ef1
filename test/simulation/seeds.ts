import { type DayResult, simulateDay } from './day.ts';

/** How to see a failing day again. */
export const commandFor = (seed: number, cars: number): string =>
  `npm run simulate -- --seed ${seed} --cars ${cars} --verbose`;

/** What broke, and how it came to that: for whoever has to find out why. */
export function reportOf(result: DayResult, cars: number): string {
  const { broken, seed } = result;
  if (!broken) return `seed ${seed}: all rules held (${result.passed} passages, ${result.crashes} crashes)`;
  return [
    `seed ${seed}, step ${broken.step}: ${broken.invariant}`,
    `  ${broken.detail}`,
    '  the last events concerned:',
    ...broken.events.map((event) => `    ${event}`),
    `  again: ${commandFor(seed, cars)}`,
  ].join('\n');
}

/** Runs days one after the other. @returns those that broke a rule */
export async function runSeeds(
  seeds: Iterable<number>,
  cars: number,
  each: (result: DayResult) => void = () => undefined,
): Promise<DayResult[]> {
  const failed: DayResult[] = [];
  for (const seed of seeds) {
    const result = await simulateDay({ seed, cars });
    if (result.broken) failed.push(result);
    each(result);
  }
  return failed;
}

export function* seedsFrom(from: number, count: number, every = 1): Generator<number> {
  for (let at = 0; at < count; at += every) yield from + at;
}
