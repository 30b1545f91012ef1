import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { ConnectionCap } from '../../../electron/station/inbound/connection-cap.ts';
import { createHttpServer, listen } from '../../../electron/station/inbound/http-server.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { until } from '../../support/until.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const CAMERA = '192.168.1.64';
const INTRUDER = '203.0.113.9';

test('an address that has used up its share keeps nobody else out, and gets in again when it lets go', () => {
  const cap = new ConnectionCap();
  const held = Array.from({ length: 2_000 }, () => cap.take(INTRUDER));
  expect(held.filter((gone) => gone !== undefined)).toHaveLength(200);
  expect(cap.take(CAMERA)).toBeDefined();
  held[0]?.();
  expect(cap.take(INTRUDER)).toBeDefined();
  expect(cap.take(INTRUDER)).toBeUndefined();
});

test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('a proxy on this PC (%s) may have more, and not all', (address) => {
  const cap = new ConnectionCap();
  const taken = Array.from({ length: 2_000 }, () => cap.take(address)).filter((gone) => gone !== undefined);
  expect(taken).toHaveLength(1_600);
  // No name that merely begins alike.
  expect(Array.from({ length: 300 }, () => cap.take('128.127.0.1')).filter((gone) => gone)).toHaveLength(200);
});

test('the listener closes what is one too many, says so once, and serves on when the others are gone', async () => {
  const log = memoryLog();
  const app = createHttpServer(log, new FakeClock(), { cap: new ConnectionCap({ each: 1, loopback: 3 }) });
  app.get('/hello', async () => 'hello');
  const url = await listen(app, '127.0.0.1', 0);
  closers.push(() => app.close());
  const { hostname, port } = new URL(url);
  const open = (): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => resolve(socket)).once('error', reject);
      closers.push(() => socket.destroy());
    });
  const slow = [await open(), await open(), await open()];
  await until('all three counted', async () => (await connections(app)) === 3);
  await expect(fetch(`${url}/hello`)).rejects.toThrow();
  await expect(fetch(`${url}/hello`)).rejects.toThrow();
  expect(log.lines.filter(({ message }) => message === 'a request was turned away')).toHaveLength(1);
  for (const socket of slow) socket.destroy();
  await until('they are gone', async () => (await connections(app)) === 0);
  expect(await (await fetch(`${url}/hello`)).text()).toBe('hello');
});

const connections = (app: ReturnType<typeof createHttpServer>): Promise<number> =>
  new Promise((resolve, reject) => {
    app.server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
