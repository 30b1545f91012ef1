import { handOver } from './child.mjs';
import { inRoot, isPinnedNode, pinnedNode } from './paths.mjs';

/**
 * Runs the station with `argv` until it stops; resolves with its exit code. In this process where it is the pinned Node, so
 * that a signal to us is a signal to the station; else in a child that gets our stdio and our signals.
 */
export async function runStation(argv) {
  if (!isPinnedNode) return await handOver(pinnedNode(), [inRoot('scripts', 'station.mjs'), ...argv]);
  const { main } = await import('../../electron/headless/serve.ts');
  return await main(argv);
}
