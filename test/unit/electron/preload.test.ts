// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { contextBridge, ipcRenderer } from '../../fakes/electron.ts';

test('the bridge offers the name of the system and a connection, and nothing else', async () => {
  await import('../../../electron/preload/preload.ts');
  const [name, bridge] = contextBridge.exposeInMainWorld.mock.calls[0] ?? [];
  expect(name).toBe('gatehouse');
  expect(Object.keys(bridge as object).sort()).toEqual(['connect', 'platform', 'practise']);

  (bridge as { connect: () => void }).connect();
  (bridge as { practise: () => void }).practise();
  expect(ipcRenderer.send.mock.calls).toEqual([['gatehouse:connect'], ['gatehouse:practise']]);

  const post = vi.spyOn(window, 'postMessage').mockImplementation(() => undefined);
  const port = { name: 'a port' };
  ipcRenderer.emit('gatehouse:port', { ports: [port] });
  ipcRenderer.emit('gatehouse:practice-port', { ports: [port] });
  expect(post.mock.calls).toEqual([
    ['gatehouse:port', window.location.origin, [port]],
    ['gatehouse:practice-port', window.location.origin, [port]],
  ]);
});
