import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { step } from './child.mjs';
import { inRoot, pinnedNode } from './paths.mjs';
import { say } from './say.mjs';
import { leaveStamp } from './stamp.mjs';

const binaryName =
  { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform] ?? 'electron';
/** Lies inside the package, so a fresh installation tries again. */
const failedFile = inRoot('node_modules', 'electron', '.gatehouse-unavailable');

/** The Electron program, if it is here. Never asks the `electron` package itself: importing that starts a download. */
export function electronBinary() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? inRoot('node_modules', 'electron', 'dist');
  const binary = join(folder, binaryName);
  return existsSync(binary) ? binary : undefined;
}

/** Tries once per installation to fetch the program. Resolves with its path, or `undefined`. */
async function fetchElectron() {
  if (existsSync(failedFile)) return undefined;
  say('fetching the Electron program (about 110 MB, at most 60 s, tried once)');
  const { code, text } = await step(pinnedNode(), [inRoot('node_modules', 'electron', 'install.js')], {
    output: 'capture',
    timeoutMs: 60_000,
  });
  const binary = electronBinary();
  if (code === 0 && binary) return binary;
  leaveStamp(failedFile, text);
  return undefined;
}

/** The Electron program to open, or the reason why there can be no window here. */
export async function desktop() {
  const linux = process.platform === 'linux';
  if (linux && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return { reason: 'there is no display' };
  if (linux && process.getuid?.() === 0) return { reason: "Electron's sandbox cannot run as root" };
  const binary = electronBinary() ?? (await fetchElectron());
  if (binary) return { binary };
  return { reason: `the Electron program is not here (to try again, delete ${failedFile})` };
}

/** Where this user's car park lives when no --data is given: the place that the desktop app uses too. */
export function defaultDataDirectory() {
  if (process.platform === 'win32')
    return join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Gatehouse');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Gatehouse', 'data');
  return join(process.env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'gatehouse');
}
