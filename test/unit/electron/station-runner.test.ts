import { EventEmitter } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';
import { type RunningStation, runInProcess } from '../../../electron/main/station-runner.ts';
import type { PracticeLine } from '../../../electron/station/station.ts';
import { FakePort } from '../../fakes/electron.ts';

const options = {
  dataDirectory: '/data',
  host: '127.0.0.1',
  port: 0,
  provisionFile: null,
  demo: false,
  version: '1.0.0',
};
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

let parent: EventEmitter & { postMessage: ReturnType<typeof vi.fn<(message: unknown) => void>> };
const open = vi.fn<(given: unknown) => Promise<RunningStation>>();
const exit = vi.fn<(code: number) => void>();
const lastWords = vi.fn<(dataDirectory: string, error: unknown) => void>();
const station = {
  url: 'http://127.0.0.1:8700',
  connect: vi.fn<(port: unknown) => void>(),
  connectPractice: vi.fn<(line: PracticeLine) => void>(),
  stop: vi.fn<() => Promise<void>>(async () => undefined),
  lost: new Promise<unknown>(() => undefined),
};

beforeEach(() => {
  vi.clearAllMocks();
  parent = Object.assign(new EventEmitter(), { postMessage: vi.fn<(message: unknown) => void>() });
  runInProcess({
    parent: parent as unknown as Parameters<typeof runInProcess>[0]['parent'],
    open,
    exit,
    lastWords,
    refusal: (error) => (error instanceof RangeError ? error.message : undefined),
  });
});
const say = async (data: unknown, ports: unknown[] = []): Promise<void> => {
  parent.emit('message', { data, ports });
  await settle();
};

test('it opens, tells its address, serves ports, and stops before it exits', async () => {
  open.mockResolvedValue(station);
  await say({ kind: 'start', options });
  expect(open).toHaveBeenCalledExactlyOnceWith(options);
  expect(parent.postMessage).toHaveBeenCalledExactlyOnceWith({ kind: 'ready', url: station.url });
  const port = new FakePort();
  await say({ kind: 'connect' }, [port]);
  expect(station.connect).toHaveBeenCalledExactlyOnceWith(port);
  await say({ kind: 'stop' });
  expect(station.stop).toHaveBeenCalled();
  expect(exit).toHaveBeenCalledExactlyOnceWith(0);
});

test('a refusal is passed on in words; a defect only asks for a restart', async () => {
  open.mockRejectedValueOnce(new RangeError('port 8700 is taken'));
  await say({ kind: 'start', options });
  expect(parent.postMessage).toHaveBeenCalledExactlyOnceWith({ kind: 'refused', text: 'port 8700 is taken' });
  expect(exit).toHaveBeenLastCalledWith(2);

  const defect = new TypeError('a defect');
  open.mockRejectedValueOnce(defect);
  exit.mockImplementationOnce(() => expect(lastWords).toHaveBeenLastCalledWith('/data', defect));
  await say({ kind: 'start', options });
  expect(parent.postMessage).toHaveBeenCalledTimes(1);
  expect(exit).toHaveBeenLastCalledWith(1);
});

test('a window that practises is passed on, message by message, and never served as a real one', async () => {
  open.mockResolvedValue(station);
  await say({ kind: 'start', options });
  const port = new FakePort();
  await say({ kind: 'practise' }, [port]);
  expect(station.connect).not.toHaveBeenCalled();
  const line = station.connectPractice.mock.calls[0]?.[0];
  const heard: unknown[] = [];
  line?.onMessage((data) => heard.push(data));
  port.emit('message', { data: 'ask' });
  port.emit('message', { data: { not: 'ours' } });
  line?.send('answer');
  expect(heard).toEqual(['ask']);
  expect(port.postMessage).toHaveBeenCalledExactlyOnceWith('answer');
  line?.close();
  expect(port.close).toHaveBeenCalled();
});

test('a port that nobody can serve is closed', async () => {
  const port = new FakePort();
  await say({ kind: 'connect' }, [port]);
  expect(port.close).toHaveBeenCalled();
});
