/** `npm run check`: what can be known in under a minute. Types, lint, layers, dead code, the fast tests. */
import { ensureInstalled } from './lib/install.mjs';
import { say } from './lib/say.mjs';
import { Verdict } from './lib/verdict.mjs';
import { runTests } from './lib/vitest.mjs';

try {
  await ensureInstalled();
  const verdict = new Verdict();
  await verdict.staticChecks();
  process.exitCode = verdict.close(await runTests(['--project', 'unit', '--project', 'dom']));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
