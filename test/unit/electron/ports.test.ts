import { beforeEach, expect, test, vi } from 'vitest';
import { brokerPorts } from '../../../electron/main/ipc/port-broker.ts';
import { ipcMain, MessageChannelMain, resetElectron } from '../../fakes/electron.ts';

const connect = vi.fn<(port: unknown) => void>();
const practise = vi.fn<(port: unknown) => void>();
beforeEach(() => {
  resetElectron();
  brokerPorts({ connect, practise });
});

const page = (url: string, parent: unknown = null) => ({ url, parent, postMessage: vi.fn<() => void>() });
const ask = (senderFrame: unknown): boolean => ipcMain.emit('gatehouse:connect', { senderFrame });

test('a page of ours gets one end of a connection and the station the other', () => {
  const ours = page('app://gatehouse/index.html#booth');
  ask(ours);
  const [channel] = MessageChannelMain.made;
  expect(ours.postMessage).toHaveBeenCalledExactlyOnceWith('gatehouse:port', null, [channel?.port1]);
  expect(connect).toHaveBeenCalledExactlyOnceWith(channel?.port2);
});

test('a page that practises gets a connection to the practice station, and none to the real one', () => {
  const ours = page('app://gatehouse/index.html');
  ipcMain.emit('gatehouse:practise', { senderFrame: ours });
  const [channel] = MessageChannelMain.made;
  expect(ours.postMessage).toHaveBeenCalledExactlyOnceWith('gatehouse:practice-port', null, [channel?.port1]);
  expect(practise).toHaveBeenCalledExactlyOnceWith(channel?.port2);
  expect(connect).not.toHaveBeenCalled();
});

test.each([
  ['a page from elsewhere', page('https://example.com/')],
  ['a page whose name merely starts like ours', page('app://gatehouse.example/')],
  ['a frame inside our page', page('app://gatehouse/', page('app://gatehouse/'))],
  ['a frame that is gone already', null],
])('%s gets nothing', (_who, frame) => {
  ask(frame);
  expect(connect).not.toHaveBeenCalled();
  expect(MessageChannelMain.made).toHaveLength(0);
});
