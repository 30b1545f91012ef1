import { handOver } from './lib/child.mjs';
import { inRoot, pinnedNode } from './lib/paths.mjs';

/** `npm run simulate -- --seeds 1000 --from 1 --cars 5000`, or `--seed 17 --verbose`: see docs/simulation.md. */
export async function run(args) {
  return await handOver(pinnedNode(), [inRoot('test', 'simulation', 'main.ts'), ...args]);
}
