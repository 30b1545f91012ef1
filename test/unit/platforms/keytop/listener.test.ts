import { rmSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createHttpServer, listen } from '../../../../electron/station/inbound/http-server.ts';
import { mountPlatforms } from '../../../../electron/station/inbound/platform-routes.ts';
import { TestAuthority } from '../../../support/certificates.ts';
import { stablePort } from '../../../support/station-process.ts';
import { tempDirectory } from '../../../support/temp-store.ts';
import { KeytopWorld } from './keytop-world.ts';
import { DOWN, PARK_CODE, sealed } from './support.ts';

/** The third party over sockets: on the shared listener, and on one of its own. */

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function serve(settings: Readonly<Record<string, unknown>> = {}): Promise<{ world: KeytopWorld; port: number }> {
  const world = await KeytopWorld.open({ settings });
  closers.push(() => world.dispose());
  const { log, alarms, clock, platform } = world;
  // The certificate of a test holds from today on.
  clock.jumpWall(Date.now() - clock.now());
  const app = createHttpServer(log, clock);
  const routes = mountPlatforms(app, { platforms: [platform], clock, alarms, log });
  const url = await listen(app, '127.0.0.1', 0);
  closers.push(() => app.close());
  await routes.start();
  closers.push(() => routes.close());
  return { world, port: Number(new URL(url).port) };
}

const bodyAt = (now: number, more: object = {}): string =>
  JSON.stringify({ data: sealed({ parkCode: PARK_CODE, ...more }, DOWN.key, now) });

const PATH = '/api/ParkingCard/GetBlackInfo';
const head = (more: string, path = PATH): string =>
  `POST ${path} HTTP/1.1\r\nHost: park:8700\r\nuser: ${DOWN.user}\r\npwd: ${DOWN.password}\r\nContent-Type: application/json;charset=utf-8\r\n${more}\r\n\r\n`;

/** All that a socket says, until `enough`. */
function talk(
  port: number,
  first: string,
  enough: (said: string) => boolean,
  then?: (said: string) => string | undefined,
) {
  return new Promise<string>((resolve, reject) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(first));
    socket.setTimeout(4000, () => socket.destroy(new Error(`silence after: ${said}`)));
    socket.on('data', (data) => {
      said += data.toString();
      const next = then?.(said);
      if (next !== undefined) socket.write(next);
      if (!enough(said)) return;
      resolve(said);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

const answers = (said: string): number => said.split('"resCode":0').length - 1;

test('a client that waits for leave to go on gets it, and its answer', async () => {
  const { world, port } = await serve();
  const body = bodyAt(world.clock.now());
  let sent = false;
  const said = await talk(
    port,
    head(`Expect: 100-continue\r\nContent-Length: ${Buffer.byteLength(body)}`),
    (told) => answers(told) === 1,
    (told) => {
      if (sent || !told.startsWith('HTTP/1.1 100')) return undefined;
      sent = true;
      return body;
    },
  );
  expect(sent).toBe(true);
  expect(said).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
});

test('a body in chunks, and several requests at once on one line, are answered in order', async () => {
  const { world, port } = await serve();
  const body = bodyAt(world.clock.now());
  const half = Math.floor(body.length / 2);
  const chunk = (part: string): string => `${part.length.toString(16)}\r\n${part}\r\n`;
  const chunked = `${head('Transfer-Encoding: chunked')}${chunk(body.slice(0, half))}${chunk(body.slice(half))}0\r\n\r\n`;
  const plain = `${head(`Content-Length: ${body.length}`)}${body}`;
  const unknown = `${head(`Content-Length: ${body.length}`, '/api/ParkingCard/Nothing')}${body}`;
  const said = await talk(port, `${chunked}${plain}${unknown}${plain}`, (told) => answers(told) === 3);
  expect([...said.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['200', '200', '404', '200']);
});

test('more than a megabyte is 413 in the interface’s own form, announced or not', async () => {
  const { port } = await serve();
  const announced = await talk(port, head('Content-Length: 1048577'), (told) => told.includes('"resCode"'));
  expect(announced).toMatch(/^HTTP\/1\.1 413 [\s\S]*"resMsg":"请求有误：内容过大"/);
  const parts = `100000\r\n${'x'.repeat(0x100000)}\r\n10\r\n${'x'.repeat(16)}\r\n`;
  const streamed = await talk(port, `${head('Transfer-Encoding: chunked')}${parts}`, (told) =>
    told.includes('"resCode"'),
  );
  expect(streamed).toMatch(/^HTTP\/1\.1 413 /);
});

test('a header that comes twice is a wrong one', async () => {
  const { world, port } = await serve();
  const body = bodyAt(world.clock.now());
  const said = await talk(port, `${head(`pwd: ${DOWN.password}\r\nContent-Length: ${body.length}`)}${body}`, (told) =>
    told.includes('"resCode"'),
  );
  expect(said).toContain('用户名或密码错误');
});

test('on a listener of its own it is heard over TLS, and only there', { timeout: 20_000 }, async () => {
  const authority = new TestAuthority();
  const directory = tempDirectory();
  closers.push(() => rmSync(directory, { recursive: true, force: true }));
  const tls = { certFile: join(directory, 'park.pem'), keyFile: join(directory, 'park.key') };
  const { cert, key } = authority.issue();
  writeFileSync(tls.certFile, cert);
  writeFileSync(tls.keyFile, key);
  const own = await stablePort();
  const { world, port } = await serve({ downlink: { ...DOWN, listen: { host: '127.0.0.1', port: own, tls } } });
  const body = bodyAt(world.clock.now());
  const answer = await new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const request = httpsRequest(
      { host: '127.0.0.1', port: own, ca: authority.cert, method: 'POST', path: PATH, agent: false },
      (response) => {
        let text = '';
        response.on('data', (part: Buffer) => {
          text += part.toString();
        });
        response.on('end', () => resolve({ status: response.statusCode, text }));
      },
    );
    request.setHeader('user', DOWN.user);
    request.setHeader('pwd', DOWN.password);
    request.on('error', reject);
    request.end(body);
  });
  expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { resCode: 0, resMsg: '', data: [] }]);
  const shared = await fetch(`http://127.0.0.1:${port}${PATH}`, { method: 'POST', body });
  expect(shared.status).toBe(404);
});
