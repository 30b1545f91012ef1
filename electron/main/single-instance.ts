import type { App } from 'electron';

/** Claims the machine for this program. False: another one runs; it was told to come to the front, and we must go. */
export function claimMachine(app: App, onSecondStart: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', onSecondStart);
  return true;
}
