import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStation, type Station } from '../../electron/station/station.ts';
import { memoryLog } from '../support/silent-log.ts';
import { tempDirectory } from '../support/temp-store.ts';

let directory: string;
let station: Station;
let port: number;
beforeEach(async () => {
  directory = tempDirectory();
  station = await openStation({
    dataDirectory: directory,
    host: '127.0.0.1',
    port: 0,
    provisionFile: null,
    demo: false,
    version: '0',
    log: memoryLog(),
  });
  port = Number(new URL(station.url).port);
});
afterEach(async () => {
  await station.stop();
  rmSync(directory, { recursive: true, force: true });
});

const upgrade = (path: string): string =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    '\r\n',
  ].join('\r\n');

/** The status line of the answer; resolves when the other side has closed, without our closing first. */
const ask = (path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', reject);
    socket.on('end', () => {
      socket.destroy();
      resolve(answer.split('\r\n', 1)[0] ?? '');
    });
    socket.write(upgrade(path));
  });

it.for(['//', '//[', '/nope', 'rpc', '/rpc/'])('an upgrade of %s is refused and ends nothing', async (path) => {
  expect(await ask(path)).toMatch(/^HTTP\/1\.1 40[03]/);
  expect((await fetch(`${station.url}/api/v1/auth/status`)).status).not.toBe(500);
});

it('a client that resets the connection while it is refused ends nothing', async () => {
  for (let turn = 0; turn < 30; turn++)
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(upgrade('/nope'), () => socket.resetAndDestroy());
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
    });
  expect(await ask('/nope')).toBe('HTTP/1.1 403 Forbidden');
});

it("a web site's page cannot pretend to be a camera", async () => {
  const push = (headers: Record<string, string>): Promise<Response> =>
    fetch(`${station.url}/devices/vzenith-http`, { method: 'POST', body: 'serialno=1', headers });
  expect((await push({ origin: 'https://evil.example' })).status).toBe(403);
  expect((await push({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
});

it('a body that no call needs is turned away before anybody signed in', async () => {
  const body = JSON.stringify({ name: 'x'.repeat(2 * 1024 * 1024), password: 'y' });
  const headers = { 'content-type': 'application/json' };
  expect((await fetch(`${station.url}/api/v1/sign-in`, { method: 'POST', body, headers })).status).toBe(413);
});

it('told twice to stop, it says twice that it has stopped, and not before', async () => {
  let stopped = false;
  const first = station.stop().then(() => {
    stopped = true;
  });
  await station.stop();
  await Promise.resolve();
  expect(stopped).toBe(true);
  await first;
});
