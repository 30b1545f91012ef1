import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { vi } from 'vitest';

/**
 * Stands in for the `electron` module, which exists only inside its own program. Members are typed from Electron's own
 * declarations, so that a name or a shape that Electron does not have fails the type check.
 */

class FakeApp extends EventEmitter {
  isPackaged = false;
  requestSingleInstanceLock = vi.fn<Electron.App['requestSingleInstanceLock']>(() => true);
  enableSandbox = vi.fn<Electron.App['enableSandbox']>();
  whenReady = vi.fn<Electron.App['whenReady']>(async () => undefined);
  quit = vi.fn<Electron.App['quit']>();
  exit = vi.fn<Electron.App['exit']>();
}
export const app = new FakeApp();

class FakeSession extends EventEmitter {
  setPermissionRequestHandler = vi.fn<Electron.Session['setPermissionRequestHandler']>();
  setPermissionCheckHandler = vi.fn<Electron.Session['setPermissionCheckHandler']>();
  setDevicePermissionHandler = vi.fn<Electron.Session['setDevicePermissionHandler']>();
  webRequest = { onBeforeRequest: vi.fn<(listener: BeforeRequest) => void>() };
  protocol = { handle: vi.fn<Electron.Protocol['handle']>() };
}
type BeforeRequest = (
  details: Pick<Electron.OnBeforeRequestListenerDetails, 'url'>,
  callback: (response: Electron.CallbackResponse) => void,
) => void;
export const session = { defaultSession: new FakeSession() };

export class FakeWebContents extends EventEmitter {
  setWindowOpenHandler = vi.fn<Electron.WebContents['setWindowOpenHandler']>();
}

export class BrowserWindow extends EventEmitter {
  static readonly made: BrowserWindow[] = [];
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents = new FakeWebContents();
  loadURL = vi.fn<Electron.BrowserWindow['loadURL']>(async () => undefined);
  show = vi.fn<Electron.BrowserWindow['show']>();
  focus = vi.fn<Electron.BrowserWindow['focus']>();
  maximize = vi.fn<Electron.BrowserWindow['maximize']>();
  restore = vi.fn<Electron.BrowserWindow['restore']>();
  isMinimized = vi.fn<Electron.BrowserWindow['isMinimized']>(() => false);
  isDestroyed = vi.fn<Electron.BrowserWindow['isDestroyed']>(() => false);
  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    this.options = options;
    BrowserWindow.made.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
}

export const ipcMain = new EventEmitter();
export const ipcRenderer = Object.assign(new EventEmitter(), { send: vi.fn<Electron.IpcRenderer['send']>() });
export const contextBridge = { exposeInMainWorld: vi.fn<Electron.ContextBridge['exposeInMainWorld']>() };

export class FakePort extends EventEmitter {
  close = vi.fn<Electron.MessagePortMain['close']>();
  start = vi.fn<Electron.MessagePortMain['start']>();
  postMessage = vi.fn<Electron.MessagePortMain['postMessage']>();
}
export class MessageChannelMain {
  static readonly made: MessageChannelMain[] = [];
  readonly port1 = new FakePort();
  readonly port2 = new FakePort();
  constructor() {
    MessageChannelMain.made.push(this);
  }
}

export class FakeUtilityProcess extends EventEmitter {
  postMessage = vi.fn<Electron.UtilityProcess['postMessage']>();
  kill = vi.fn<Electron.UtilityProcess['kill']>(() => true);
}
const forked: FakeUtilityProcess[] = [];
export const utilityProcess = {
  forked,
  fork: vi.fn<(...args: Parameters<typeof Electron.utilityProcess.fork>) => FakeUtilityProcess>(() => {
    const child = new FakeUtilityProcess();
    forked.push(child);
    return child;
  }),
};

export const protocol = {
  registerSchemesAsPrivileged: vi.fn<Electron.Protocol['registerSchemesAsPrivileged']>(),
};
export const dialog = { showErrorBox: vi.fn<Electron.Dialog['showErrorBox']>() };
export const Menu = { setApplicationMenu: vi.fn<typeof Electron.Menu.setApplicationMenu>() };

/** A new program: no window, no process, nobody listening. */
export function resetElectron(): void {
  for (const emitter of [app, ipcMain, ipcRenderer, session.defaultSession]) emitter.removeAllListeners();
  BrowserWindow.made.length = 0;
  MessageChannelMain.made.length = 0;
  forked.length = 0;
  vi.clearAllMocks();
  app.requestSingleInstanceLock.mockReturnValue(true);
}

// Every name that this module offers to the product exists in Electron, in its main or in its renderer half.
({
  app,
  session,
  BrowserWindow,
  ipcMain,
  ipcRenderer,
  contextBridge,
  MessageChannelMain,
  utilityProcess,
  protocol,
  dialog,
  Menu,
}) satisfies Partial<Record<keyof typeof Electron, unknown>>;
