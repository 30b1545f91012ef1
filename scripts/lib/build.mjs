import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { step } from './child.mjs';
import { inRoot, pinnedNode } from './paths.mjs';
import { say } from './say.mjs';

/** What each part of the build is made from. */
const inputs = {
  client: ['renderer', 'shared', 'vite.config.ts', 'package-lock.json'],
  main: ['electron', 'shared', 'resources/tariffs', 'vite.config.ts', 'package-lock.json'],
  preload: ['electron/preload', 'shared', 'vite.config.ts', 'package-lock.json'],
};
const outputs = { client: 'dist/renderer', main: 'dist/main', preload: 'dist/preload' };
export const stampOf = (part) => inRoot(outputs[part], '.built-from');

function* filesUnder(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return;
  if (stat.isFile()) yield `${path}:${stat.size}:${stat.mtimeMs}`;
  else for (const name of readdirSync(path).sort()) yield* filesUnder(join(path, name));
}

/** A digest of names, sizes and times of all inputs: milliseconds, and it notices deletions and older files too. */
export function fingerprint(part) {
  const hash = createHash('sha256');
  for (const input of inputs[part]) for (const line of filesUnder(inRoot(input))) hash.update(`${line}\n`);
  return hash.digest('hex');
}

const isFresh = (part) => existsSync(stampOf(part)) && readFileSync(stampOf(part), 'utf8') === fingerprint(part);

/** Builds those of `parts` whose inputs changed. Resolves with false when a build failed; says why on stderr. */
export async function ensureBuilt(parts) {
  const stale = parts.filter((part) => !isFresh(part));
  if (stale.length === 0) return true;
  say(`building ${stale.join(', ')} (a few seconds, only after a change)`);
  const { code, text } = await step(pinnedNode(), [inRoot('scripts', 'build.mjs'), ...stale], {
    output: 'capture',
    timeoutMs: 180_000,
    // What is built is the same whoever asks for it: the test runner's environment makes another program.
    env: { NODE_ENV: 'production' },
  });
  if (code !== 0) say(`the build failed:\n${text.trim()}`);
  return code === 0;
}
