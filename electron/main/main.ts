import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { app, dialog } from 'electron';
import { errorText } from '../station/runtime/errors.ts';
import { parseArguments } from './arguments.ts';
import { defaultDataDirectory } from './data-directory.ts';
import { refusalText } from './refusal.ts';
import { runShell } from './shell.ts';

/** Paths as they lie in the built program: this file is dist/main/main.js. */
const built = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const dataDirectory = defaultDataDirectory({ platform: process.platform, home: homedir(), env: process.env });

async function start(): Promise<void> {
  await runShell({
    screens: built('../renderer'),
    preload: built('../preload/preload.cjs'),
    icon: built('../../resources/icon.png'),
    stationEntry: built('./station-process.js'),
    station: parseArguments(process.argv.slice(app.isPackaged ? 1 : 2), { dataDirectory, version: app.getVersion() }),
  });
}

// Not awaited: Electron becomes ready only after this module has been evaluated.
start().catch((error: unknown) => {
  dialog.showErrorBox('岗亭无法启动 / Gatehouse cannot start', refusalText(error) ?? errorText(error));
  app.exit(2);
});
