import { fileURLToPath } from 'node:url';
import { keepStation } from '../station/keeper.ts';
import { createLog } from '../station/runtime/log.ts';
import { openLogFile, writeLastWords } from './log-file.ts';
import { refusalText } from './refusal.ts';
import { runInProcess } from './station-runner.ts';

/** Entry of the station's process: plain Node with a port to the shell, no windows and no `electron` to import. */
runInProcess({
  parent: process.parentPort,
  open: async (options) =>
    await keepStation({
      ...options,
      log: createLog(openLogFile(options.dataDirectory)),
      // The window has the screens from the shell; these are for browsers on other machines.
      uiDirectory: fileURLToPath(new URL('../renderer', import.meta.url)),
    }),
  refusal: refusalText,
  lastWords: writeLastWords,
  exit: (code) => process.exit(code),
});
