import { writeSync } from 'node:fs';

/** Name of the environment variable that tells a bench where its figures go: the number of an open pipe. */
export const REPORT_TO = 'GATEHOUSE_BENCH_REPORT';

/** One figure of a bench. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/**
 * Hands a figure to `npm run bench`, which keeps it for the next time, as a line of JSON. A bench that runs by itself has nobody to hand
 * it to. Ratios within one run compare between machines and days; plain times do not.
 */
export function report(name: string, value: number, unit: string): void {
  const pipe = process.env[REPORT_TO];
  if (pipe === undefined) return;
  const figure: Figure = { name, value, unit };
  writeSync(Number(pipe), `${JSON.stringify(figure)}\n`);
}

/** The value below which `share` of the values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
