import { ensureBuilt } from './lib/build.mjs';
import { bundleCheck, runCheck } from './lib/checks.mjs';
import { ensureTools } from './lib/tools.mjs';
import { Verdict } from './lib/verdict.mjs';
import { runTests } from './lib/vitest.mjs';

/** `npm test`: everything. Further arguments go to the test runner, and then only the tests run. */
export async function run(args) {
  const verdict = new Verdict();
  // Programs are fetched while what needs none of them is checked.
  await Promise.all([ensureTools(), args.length === 0 ? checkSources(verdict) : undefined]);
  return verdict.close(await runTests(args));
}

async function checkSources(verdict) {
  await verdict.staticChecks(async () => {
    if (verdict.note('build', await ensureBuilt(['client', 'main', 'preload'])))
      verdict.note(bundleCheck.name, await runCheck(bundleCheck));
  });
}
