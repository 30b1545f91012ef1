import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const inRoot = (...parts) => join(root, ...parts);

const windows = process.platform === 'win32';

/** The release line that everything runs on, e.g. `24`, from the pinned `node` package. */
const pinnedMajor = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).devDependencies.node.split('.')[0];

/** True when this very process is the Node that the product is built for. */
export const isPinnedNode = process.versions.node.split('.')[0] === pinnedMajor;

/** The Node to run things with: the pinned one from the packages, else this process where it is of the same line. */
export function pinnedNode() {
  const installed = inRoot('node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(installed)) return installed;
  return isPinnedNode ? process.execPath : undefined;
}

/** The environment for children: `node` and the packages' commands are found first, whatever shell we came from. */
export function childEnv(extra = {}) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...process.env, [name]: [inRoot('node_modules', '.bin'), process.env[name]].join(delimiter), ...extra };
}
