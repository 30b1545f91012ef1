import { totalmem } from 'node:os';
import { step } from './child.mjs';
import { inRoot, pinnedNode } from './paths.mjs';
import { say } from './say.mjs';

const bin = (...parts) => inRoot('node_modules', ...parts);

/**
 * The compiler and the linter's own are Go programs, which ask for memory to spare the processor: collecting it more seldom costs a
 * third less time, and half of what there is they do not take.
 */
const roomy = { GOGC: '300', GOMEMLIMIT: `${Math.floor(totalmem() / 2 ** 21)}MiB` };

/**
 * What is checked without running the product: name, and the arguments for the pinned Node. Types are worked out by one checker each:
 * several work out the same ones, four times what there is to know, and these two run beside each other.
 */
export const staticChecks = [
  { name: 'types', args: [bin('typescript', 'bin', 'tsc'), '-b', '--checkers', '1'], env: roomy },
  { name: 'biome', args: [bin('@biomejs', 'biome', 'bin', 'biome'), 'ci', '--colors=off'] },
  {
    name: 'oxlint',
    args: [bin('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings'],
    env: { ...roomy, GOMAXPROCS: '1' },
  },
  { name: 'layers', args: [inRoot('scripts', 'check-layers.ts')] },
  { name: 'knip', args: [bin('knip', 'bin', 'knip.js'), '--no-progress'] },
];

/** The built station must start where there is no Electron. */
export const bundleCheck = { name: 'bundle', args: [inRoot('scripts', 'check-bundle.ts')] };

/** Runs one check; shows its output when it fails. Resolves with whether it passed. */
export async function runCheck({ name, args, env }) {
  const started = Date.now();
  const { code, text } = await step(pinnedNode(), args, { output: 'capture', timeoutMs: 300_000, env });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  say(`${name}: ${code === 0 ? 'ok' : `FAILED with code ${code}`} (${seconds} s)`);
  if (code !== 0) process.stderr.write(`${text.trimEnd()}\n`);
  return code === 0;
}
