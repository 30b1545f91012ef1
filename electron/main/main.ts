import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { app, dialog } from 'electron';
import { parseArguments } from './arguments.ts';
import { defaultDataDirectory } from './data-directory.ts';
import { runShell } from './shell.ts';

/** Paths as they lie in the built program: this file is dist/main/main.js. */
const built = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const dataDirectory = defaultDataDirectory({ platform: process.platform, home: homedir(), env: process.env });

// Not awaited: Electron becomes ready only after this module has been evaluated.
runShell({
  screens: built('../renderer'),
  preload: built('../preload/preload.cjs'),
  icon: built('../../resources/icon.png'),
  stationEntry: built('./station-process.js'),
  station: parseArguments(process.argv.slice(app.isPackaged ? 1 : 2), { dataDirectory, version: app.getVersion() }),
}).catch((error: unknown) => {
  dialog.showErrorBox('岗亭无法启动 / Gatehouse cannot start', error instanceof Error ? error.message : String(error));
  app.exit(2);
});
