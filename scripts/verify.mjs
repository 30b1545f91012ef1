import { handOver } from './lib/child.mjs';
import { inRoot, pinnedNode } from './lib/paths.mjs';

/** `npm run verify -- --data DIR …`: checks the history of a car park, whether its station runs or not. */
export async function run(args) {
  return await handOver(pinnedNode(), [inRoot('electron', 'headless', 'main.ts'), 'verify', ...args]);
}
