import { app, type BrowserWindow, dialog, Menu, session } from 'electron';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { brokerPorts } from './ipc/port-broker.ts';
import type { StationOptions } from './protocol.ts';
import { quitInOrder } from './quit.ts';
import { hardenContents, hardenSession } from './security.ts';
import { claimMachine } from './single-instance.ts';
import { StationHost } from './station-host.ts';
import { focusWindow, openWindow } from './window.ts';

export interface ShellOptions {
  /** The built screens. */
  readonly screens: string;
  readonly preload: string;
  readonly icon: string;
  /** The bundled entry of the station's process. */
  readonly stationEntry: string;
  readonly station: StationOptions;
}

/** The desktop program: a hardened window around a station that lives in its own process. Resolves once the window is open. */
export async function runShell(options: ShellOptions): Promise<void> {
  let window: BrowserWindow | undefined;
  if (!claimMachine(app, () => window && focusWindow(window))) {
    app.quit();
    return;
  }
  app.enableSandbox();
  registerAppScheme();
  hardenContents(app);
  const host = new StationHost({
    entry: options.stationEntry,
    options: options.station,
    onRefused: (text) => {
      dialog.showErrorBox('岗亭无法启动 / Gatehouse cannot start', text);
      app.quit();
    },
  });
  quitInOrder(app, () => host.stop());

  await app.whenReady();
  Menu.setApplicationMenu(null);
  hardenSession(session.defaultSession);
  serveApp(session.defaultSession, options.screens);
  brokerPorts(host);
  host.start();
  window = openWindow(options);
}
