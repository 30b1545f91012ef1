import type { MessagePortMain } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StationHost } from '../../../electron/main/station-host.ts';
import { type FakeUtilityProcess, MessageChannelMain, resetElectron, utilityProcess } from '../../fakes/electron.ts';

const options = {
  dataDirectory: '/data',
  host: '127.0.0.1',
  port: 8700,
  provisionFile: null,
  demo: false,
  version: '1.0.0',
};
const refused = vi.fn<(text: string) => void>();
let host: StationHost;

beforeEach(() => {
  resetElectron();
  vi.useFakeTimers();
  host = new StationHost({ entry: '/app/station-process.js', options, onRefused: refused });
  host.start();
});
afterEach(() => vi.useRealTimers());

const processes = (): number => utilityProcess.forked.length;
const current = (): FakeUtilityProcess => {
  const child = utilityProcess.forked.at(-1);
  if (!child) throw new Error('no process was started');
  return child;
};
/** A port as the product sees it, and as we see it. */
const makePort = (): { port: MessagePortMain; fake: MessageChannelMain['port1'] } => {
  const fake = new MessageChannelMain().port1;
  return { port: fake as unknown as MessagePortMain, fake };
};
const ready = (): boolean => current().emit('message', { kind: 'ready', url: 'http://127.0.0.1:8700' });

test('the station is told its options, and connections wait until it is ready', () => {
  expect(current().postMessage).toHaveBeenCalledExactlyOnceWith({ kind: 'start', options }, []);
  const { port } = makePort();
  host.connect(port);
  expect(current().postMessage).toHaveBeenCalledTimes(1);
  ready();
  expect(current().postMessage).toHaveBeenLastCalledWith({ kind: 'connect' }, [port]);
});

test('a station that dies is started again, each time after a longer pause', async () => {
  ready();
  const pauses: number[] = [];
  for (let crash = 1; crash <= 8; crash += 1) {
    const before = processes();
    current().emit('exit', 1);
    let waited = 0;
    while (processes() === before && waited < 60_000) {
      await vi.advanceTimersByTimeAsync(100);
      waited += 100;
    }
    pauses.push(waited);
  }
  expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});

test('a crash after a minute of health counts as the first again', async () => {
  current().emit('exit', 1);
  await vi.advanceTimersByTimeAsync(500);
  current().emit('exit', 1);
  await vi.advanceTimersByTimeAsync(1_000);
  ready();
  await vi.advanceTimersByTimeAsync(60_000);
  current().emit('exit', 1);
  await vi.advanceTimersByTimeAsync(500);
  expect(processes()).toBe(4);
});

test('a window that asks while the station is down is served by the next one', async () => {
  ready();
  current().emit('exit', 1);
  const { port, fake } = makePort();
  host.connect(port);
  await vi.advanceTimersByTimeAsync(500);
  ready();
  expect(current().postMessage).toHaveBeenLastCalledWith({ kind: 'connect' }, [port]);
  expect(fake.close).not.toHaveBeenCalled();
});

test('a refusal is final: the person is told and nothing is started again', async () => {
  const { port, fake } = makePort();
  host.connect(port);
  current().emit('message', { kind: 'refused', text: 'port 8700 is taken' });
  current().emit('exit', 2);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(refused).toHaveBeenCalledExactlyOnceWith('port 8700 is taken');
  expect(fake.close).toHaveBeenCalled();
  expect(processes()).toBe(1);
  const late = makePort();
  host.connect(late.port);
  expect(late.fake.close).toHaveBeenCalled();
});

test('a refusal whose words were lost with the process is still told, once', async () => {
  current().emit('exit', 2);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(refused).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('station.log'));
  expect(processes()).toBe(1);
});

test('a fatal error of the engine ends the station only, which is started again', async () => {
  ready();
  expect(() => current().emit('error', 'FatalError', 'heap', '')).not.toThrow();
  current().emit('exit', 134);
  await vi.advanceTimersByTimeAsync(500);
  expect(processes()).toBe(2);
  expect(refused).not.toHaveBeenCalled();
});

test('stopping waits for the process, ends one that hangs, and starts no other', async () => {
  ready();
  const done = vi.fn<() => void>();
  const stopping = host.stop().then(done);
  expect(current().postMessage).toHaveBeenLastCalledWith({ kind: 'stop' }, []);
  await vi.advanceTimersByTimeAsync(9_900);
  expect(current().kill).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);
  expect(current().kill).toHaveBeenCalled();
  expect(done).not.toHaveBeenCalled();
  current().emit('exit', 15);
  await stopping;
  await vi.advanceTimersByTimeAsync(120_000);
  expect(host.state).toBe('stopped');
  expect(processes()).toBe(1);
});

test('stopping between two attempts calls the next one off', async () => {
  current().emit('exit', 1);
  await host.stop();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(processes()).toBe(1);
});
