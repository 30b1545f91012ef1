import { ensureBuilt } from './lib/build.mjs';
import { handOver } from './lib/child.mjs';
import { inRoot, pinnedNode } from './lib/paths.mjs';

/** Pictures of every screen, for people to leaf through: `npm run gallery -- OUT [filter] [--quick]`. */
export async function run(args) {
  if (!(await ensureBuilt(['client']))) return 1;
  return await handOver(pinnedNode(), [inRoot('test', 'gallery', 'run.ts'), ...args]);
}
