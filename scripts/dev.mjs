import { ensureBuilt } from './lib/build.mjs';
import { handOver } from './lib/child.mjs';
import { inRoot, pinnedNode } from './lib/paths.mjs';

/**
 * `npm run dev`: the station from its sources, restarted at each change, and the screens with hot reload in front of it.
 * Further arguments go to the station.
 */
export async function run(args) {
  await ensureBuilt(['client']);
  const port = '8700';
  const data = ['--data', inRoot('data', 'dev'), '--demo', '--port', port];
  const both = [
    handOver(pinnedNode(), ['--watch', '--watch-preserve-output', inRoot('scripts', 'station.mjs'), ...data, ...args]),
    handOver(pinnedNode(), [inRoot('node_modules', 'vite', 'bin', 'vite.js')], {
      env: { GATEHOUSE_STATION: `http://127.0.0.1:${port}` },
    }),
  ];
  return Math.max(...(await Promise.all(both)));
}
