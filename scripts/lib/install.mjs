import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { step } from './child.mjs';
import { inRoot, pinnedNode } from './paths.mjs';
import { keepSaying, say } from './say.mjs';
import { leaveStamp } from './stamp.mjs';

const lockFile = inRoot('package-lock.json');
const stampFile = inRoot('node_modules', '.gatehouse-installed');
/** npm writes this last, so it exists only where an installation went through. */
const npmsOwnRecord = inRoot('node_modules', '.package-lock.json');

function isFresh(wanted) {
  if (!existsSync(npmsOwnRecord) || pinnedNode() === undefined) return false;
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return true;
  // Somebody ran npm by hand: right as long as that was after the lock file changed.
  if (statSync(npmsOwnRecord).mtimeMs < statSync(lockFile).mtimeMs) return false;
  leaveStamp(stampFile, wanted);
  return true;
}

/** npm as the same program that started us, or the one beside this Node, or the one on the PATH. */
function npm(args) {
  const besideNode = join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const script = [process.env.npm_execpath, besideNode].find(
    (path) => path && /npm-cli\.[cm]?js$/.test(path) && existsSync(path),
  );
  return script ? { command: process.execPath, args: [script, ...args] } : { command: 'npm', args };
}

/**
 * Makes node_modules agree with package-lock.json. Costs a millisecond when it does. Throws when it cannot be had. What runs after an
 * installation knows of it by GATEHOUSE_INSTALLED_NOW.
 */
export async function ensureInstalled() {
  const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (isFresh(wanted)) return;
  say('installing packages (npm ci); this takes a minute or two and happens once');
  const done = keepSaying('still installing packages');
  // What was fetched before is not asked for again: the lock file says by its digest what each package is. The warnings kept out here
  // are about the system's older Node, which only starts npm; everything runs on the pinned one.
  const quick = ['--prefer-offline', '--no-audit', '--no-fund'];
  const { command, args } = npm(['ci', '--include=dev', '--include=optional', '--loglevel=error', ...quick]);
  const { code, text } = await step(command, args, { timeoutMs: 1_200_000 });
  done();
  if (code !== 0) throw new Error(`npm ci failed with code ${code}${text && `: ${text}`}`);
  if (pinnedNode() === undefined)
    throw new Error('npm ci left no Node behind: its install scripts are switched off (npm config get ignore-scripts)');
  leaveStamp(stampFile, wanted);
  process.env.GATEHOUSE_INSTALLED_NOW = '1';
  say('packages are installed');
}
