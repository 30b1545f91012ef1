import { ensureBuilt } from './lib/build.mjs';
import { handOver } from './lib/child.mjs';
import { defaultDataDirectory, desktop } from './lib/desktop.mjs';
import { inRoot, pinnedNode, root } from './lib/paths.mjs';
import { say } from './lib/say.mjs';

/** The station tells its address as JSON, for programs; a person gets a sentence. */
function forPeople(line) {
  let url;
  try {
    const message = JSON.parse(line);
    if (message.event === 'ready') url = message.url;
  } catch {
    // Not JSON: shown as it is.
  }
  process.stdout.write(url ? `Gatehouse 岗亭: open ${url} in a browser. Ctrl-C stops it.\n` : `${line}\n`);
}

/** `npm start [-- --data DIR] [--port P] [--host H]`: the desktop app; where it cannot run, the station and its address. */
export async function run(args) {
  const { binary, reason } = await desktop();
  if (binary) {
    if (!(await ensureBuilt(['client', 'main', 'preload']))) return 1;
    return await handOver(binary, [root, ...args]);
  }
  say(`no window: ${reason}; running the station alone, its screens open in a browser`);
  if (!(await ensureBuilt(['client']))) say('going on without the screens: lanes and the API are served');
  const given = args.some((arg) => arg === '--data' || arg.startsWith('--data='));
  const quiet = args.some((arg) => arg.startsWith('--log-level')) ? [] : ['--log-level', 'warn'];
  const argv = [...(given ? [] : ['--data', defaultDataDirectory()]), '--demo', ...quiet, ...args];
  return await handOver(pinnedNode(), [inRoot('scripts', 'station.mjs'), ...argv], { onLine: forPeople });
}
