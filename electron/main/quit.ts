import type { App } from 'electron';

/**
 * The order of leaving: the windows close, then the station stops cleanly, then the program ends. Until the station has
 * stopped the program is held; a station that cannot stop cleanly does not hold it for ever (see StationHost).
 */
export function quitInOrder(app: App, stopStation: () => Promise<void>): void {
  let stopped = false;
  let stopping = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    const leave = (): void => {
      stopped = true;
      app.quit();
    };
    stopStation().then(leave, leave);
  });
}
