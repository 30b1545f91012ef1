import { BrowserWindow } from 'electron';
import { appOrigin } from './app-protocol.ts';

export interface WindowOptions {
  /** The bundled preload script. */
  readonly preload: string;
  readonly icon: string;
}

/** A page that died is loaded again after this long: a page that dies at once must not spin. */
const RELOAD_AFTER_MS = 1_000;

/** The booth's window. It only shows: cars pass whether or not it lives. */
export function openWindow({ preload, icon }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    title: '岗亭 Gatehouse',
    icon,
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#f5f5f5',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      // The clock and the fee on screen go on while another window covers ours.
      backgroundThrottling: false,
    },
  });
  const load = (): void => {
    if (!window.isDestroyed()) window.loadURL(`${appOrigin}/`).catch(() => setTimeout(load, RELOAD_AFTER_MS));
  };
  window.once('ready-to-show', () => {
    window.maximize();
    window.show();
  });
  window.webContents.on('render-process-gone', () => setTimeout(load, RELOAD_AFTER_MS));
  load();
  return window;
}

/** Brings the window to the front, wherever it is. */
export function focusWindow(window: BrowserWindow): void {
  // The program may be on its way out, with the window gone and the station not yet stopped.
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
