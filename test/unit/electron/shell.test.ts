import { beforeEach, expect, test, vi } from 'vitest';
import { runShell } from '../../../electron/main/shell.ts';
import { app, BrowserWindow, dialog, resetElectron, session, utilityProcess } from '../../fakes/electron.ts';

const options = {
  screens: '/app/renderer',
  preload: '/app/preload.cjs',
  icon: '/app/icon.png',
  stationEntry: '/app/station-process.js',
  station: { dataDirectory: '/data', host: '127.0.0.1', port: 8700, provisionFile: null, demo: true, version: '1.0.0' },
};
const only = <T>(list: readonly T[]): T => {
  const [one] = list;
  if (one === undefined || list.length !== 1) throw new Error(`expected one, got ${list.length}`);
  return one;
};

beforeEach(resetElectron);

test('the window is a sandbox without Node, behind one preload script', async () => {
  await runShell(options);
  expect(app.enableSandbox).toHaveBeenCalled();
  expect(only(BrowserWindow.made).options.webPreferences).toMatchObject({
    preload: '/app/preload.cjs',
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
  });
  expect(only(BrowserWindow.made).loadURL).toHaveBeenCalledWith('app://gatehouse/');
});

test('a page goes nowhere, opens nothing and embeds nothing', async () => {
  await runShell(options);
  const page = only(BrowserWindow.made).webContents;
  const open = only(page.setWindowOpenHandler.mock.calls)[0];
  expect(open({ url: 'https://example.com' } as Electron.HandlerDetails)).toEqual({ action: 'deny' });
  const prevented = (name: string, url: string): boolean => {
    const event = { url, preventDefault: vi.fn<() => void>() };
    page.emit(name, event);
    return event.preventDefault.mock.calls.length > 0;
  };
  for (const url of ['https://example.com/', 'file:///etc/passwd', 'app://other/', 'javascript:alert(1)', 'nonsense']) {
    expect([url, prevented('will-navigate', url), prevented('will-frame-navigate', url)]).toEqual([url, true, true]);
  }
  expect(prevented('will-navigate', 'app://gatehouse/index.html')).toBe(false);
  expect(prevented('will-redirect', 'app://gatehouse/')).toBe(true);
  expect(prevented('will-attach-webview', 'app://gatehouse/')).toBe(true);
});

test('every permission is refused and nothing is loaded from elsewhere', async () => {
  await runShell(options);
  const { setPermissionRequestHandler, setPermissionCheckHandler, setDevicePermissionHandler, webRequest } =
    session.defaultSession;
  const answer = vi.fn<(granted: boolean) => void>();
  only(setPermissionRequestHandler.mock.calls)[0]?.({} as Electron.WebContents, 'media', answer, {} as never);
  expect(answer.mock.calls).toEqual([[false]]);
  expect(only(setPermissionCheckHandler.mock.calls)[0]?.(null, 'media', 'app://gatehouse', {} as never)).toBe(false);
  expect(only(setDevicePermissionHandler.mock.calls)[0]?.({} as never)).toBe(false);
  const cancelled = (url: string): boolean | undefined => {
    let result: boolean | undefined;
    only(webRequest.onBeforeRequest.mock.calls)[0]({ url }, ({ cancel }) => {
      result = cancel;
    });
    return result;
  };
  expect(cancelled('app://gatehouse/assets/index.js')).toBe(false);
  expect(cancelled('https://cdn.example.com/x.js')).toBe(true);
  expect(cancelled('http://127.0.0.1:8700/')).toBe(true);
});

test('a second start brings the window to the front and leaves by itself', async () => {
  await runShell(options);
  const window = only(BrowserWindow.made);
  window.isMinimized.mockReturnValue(true);
  app.emit('second-instance');
  expect(window.restore).toHaveBeenCalled();
  expect(window.focus).toHaveBeenCalledTimes(1);
  // Started once more while the program is leaving: the window is gone, the station still stops.
  window.isDestroyed.mockReturnValue(true);
  app.emit('second-instance');
  expect(window.focus).toHaveBeenCalledTimes(1);

  resetElectron();
  app.requestSingleInstanceLock.mockReturnValue(false);
  await runShell(options);
  expect(app.quit).toHaveBeenCalledTimes(1);
  expect(BrowserWindow.made).toHaveLength(0);
  expect(utilityProcess.forked).toHaveLength(0);
});

test('a page that dies is loaded again while the station lives on', async () => {
  vi.useFakeTimers();
  try {
    await runShell(options);
    const window = only(BrowserWindow.made);
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(window.loadURL).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(window.loadURL).toHaveBeenCalledTimes(2);
    expect(utilityProcess.forked).toHaveLength(1);
    expect(only(utilityProcess.forked).kill).not.toHaveBeenCalled();
  } finally {
    vi.useRealTimers();
  }
});

test('the program ends only after the station has stopped', async () => {
  await runShell(options);
  const station = only(utilityProcess.forked);
  app.emit('window-all-closed');
  expect(app.quit).toHaveBeenCalledTimes(1);

  const leaving = { preventDefault: vi.fn<() => void>() };
  app.emit('will-quit', leaving);
  expect(leaving.preventDefault).toHaveBeenCalledTimes(1);
  expect(station.postMessage).toHaveBeenLastCalledWith({ kind: 'stop' }, []);
  expect(app.quit).toHaveBeenCalledTimes(1);

  station.emit('exit', 0);
  await vi.waitFor(() => expect(app.quit).toHaveBeenCalledTimes(2));
  const again = { preventDefault: vi.fn<() => void>() };
  app.emit('will-quit', again);
  expect(again.preventDefault).not.toHaveBeenCalled();
  expect(utilityProcess.forked).toHaveLength(1);
});

test('a station that cannot run says why, and the program ends', async () => {
  await runShell(options);
  only(utilityProcess.forked).emit('message', { kind: 'refused', text: '数据库来自更新的版本' });
  expect(dialog.showErrorBox).toHaveBeenCalledWith(expect.any(String), '数据库来自更新的版本');
  expect(app.quit).toHaveBeenCalled();
});
