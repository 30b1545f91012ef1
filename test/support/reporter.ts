import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** What a run came to. `errors` counts what failed outside any test: a module that cannot be loaded, a stray rejection. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  errors: number;
  /** Reason of a skip and the tests it concerns. */
  skips: { reason: string; tests: string[] }[];
}

/** A test, as far as the tally is concerned. */
export interface Outcome {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped' | 'pending';
  readonly note: string | undefined;
}

/** Counts outcomes and groups skips by their reason. A test that never ran counts as failed: silence is not success. */
export function tally(outcomes: Iterable<Outcome>, errors: number): Tally {
  const sum: Tally = { passed: 0, failed: 0, skipped: 0, errors, skips: [] };
  for (const { name, state, note } of outcomes) {
    if (state === 'passed') sum.passed += 1;
    else if (state === 'skipped') {
      sum.skipped += 1;
      const reason = note ?? 'no reason given';
      const known = sum.skips.find((skip) => skip.reason === reason);
      if (known) known.tests.push(name);
      else sum.skips.push({ reason, tests: [name] });
    } else sum.failed += 1;
  }
  return sum;
}

/** The closing lines: each reason for skipping, then the counts. Errors outside tests count as failures. */
export function summaryLines(sum: Tally): string[] {
  const skips = sum.skips.map(({ reason, tests }) => {
    const shown = tests.slice(0, 3).join('; ');
    return `skipped: ${reason} [${shown}${tests.length > 3 ? `; and ${tests.length - 3} more` : ''}]`;
  });
  return [...skips, `${sum.passed} passed, ${sum.failed + sum.errors} failed, ${sum.skipped} skipped`];
}

function* outcomesOf(modules: readonly TestModule[]): Generator<Outcome> {
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const result = test.result();
      yield { name: test.fullName, state: result.state, note: result.state === 'skipped' ? result.note : undefined };
    }
  }
}

/**
 * Closes a run with one line of counts and the reason of each skip. With GATEHOUSE_TALLY set to a file name the tally goes
 * there as JSON instead, for `npm test`, which adds its own checks to it.
 */
export class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const sum = tally(outcomesOf(modules), broken + unhandled.length);
    // Passed, and still something to look into: told by name, so that nobody gets used to it.
    for (const module of modules)
      for (const test of module.children.allTests())
        if (test.diagnostic()?.flaky) process.stdout.write(`passed only at the second try: ${test.fullName}\n`);
    const file = process.env['GATEHOUSE_TALLY'];
    if (file) writeFileSync(file, JSON.stringify(sum));
    else process.stdout.write(`${summaryLines(sum).join('\n')}\n`);
  }
}
