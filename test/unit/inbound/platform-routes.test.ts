import { request as httpRequest } from 'node:http';
import { connect, createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createHttpServer, type FastifyInstance, listen } from '../../../electron/station/inbound/http-server.ts';
import { mountPlatforms, type PlatformRoutes } from '../../../electron/station/inbound/platform-routes.ts';
import { mountUi } from '../../../electron/station/inbound/ui-routes.ts';
import type { InboundRequest, PlatformInbound } from '../../../electron/station/platforms/platform.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { until } from '../../support/until.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Serves whatever ends in /bank/ask, and tells what it was given. */
class Bank implements PlatformInbound {
  readonly seen: InboundRequest[] = [];
  readonly listen: PlatformInbound['listen'];
  fails = false;

  constructor(at?: PlatformInbound['listen']) {
    this.listen = at;
  }
  serves(method: string, path: string): boolean {
    return (method === 'POST' && /\/bank\/ask\/?$/.test(path)) || (method === 'GET' && path.endsWith('/bank/picture'));
  }
  async handle(request: InboundRequest) {
    if (this.fails) throw new Error('a defect');
    this.seen.push(request);
    return { status: 200, contentType: 'text/x-bank', body: `${request.body.length} bytes` };
  }
}

interface Served {
  readonly url: string;
  readonly app: FastifyInstance;
  readonly routes: PlatformRoutes;
  readonly alarms: Alarms;
  readonly clock: FakeClock;
  readonly log: ReturnType<typeof memoryLog>;
}

async function serve(bank: Bank | undefined, uiDirectory?: string): Promise<Served> {
  const clock = new FakeClock();
  const log = memoryLog();
  const alarms = new Alarms(
    () => clock.now(),
    () => undefined,
  );
  const app = createHttpServer(log, clock);
  app.register(async (scope) => {
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.all('/api/v1/*', async () => 'api');
    scope.all('/devices/cam/*', async () => 'device');
  });
  const platforms = bank ? [{ id: 'cmb' as const, inbound: bank }] : [];
  const routes = mountPlatforms(app, { platforms, clock, alarms, log });
  mountUi(app, uiDirectory);
  const url = await listen(app, '127.0.0.1', 0);
  closers.push(() => app.close());
  closers.push(() => routes.close());
  return { url, app, routes, alarms, clock, log };
}

const post = (url: string, body = 'a=1', type = 'application/x-www-form-urlencoded') =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': type } });

test('any prefix, percent-encoded or not, and a trailing slash lead to the platform; its body arrives raw and whole', async () => {
  const bank = new Bank();
  const { url } = await serve(bank);
  for (const path of ['/bank/ask', '/a/b/bank/ask', '/%E5%81%9C%E8%BD%A6/bank/ask/', '//bank/ask', '/API/bank/ask']) {
    const response = await post(`${url}${path}?x=1&y=?`, 'vpl=%E4%BA%AC&vpl=+');
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'text/x-bank',
      '19 bytes',
    ]);
    const seen = bank.seen.at(-1);
    expect(seen).toMatchObject({
      method: 'POST',
      path,
      query: 'x=1&y=?',
      contentType: 'application/x-www-form-urlencoded',
    });
    expect(Buffer.from(seen?.body ?? []).toString()).toBe('vpl=%E4%BA%AC&vpl=+');
  }
  // Whatever the content is called, also nothing at all.
  const bare = await fetch(`${url}/bank/ask`, { method: 'POST' });
  expect(await bare.text()).toBe('0 bytes');
  expect(await (await post(`${url}/bank/ask`, '{}', 'application/json')).text()).toBe('2 bytes');
  expect(await (await fetch(`${url}/x/bank/picture`)).text()).toBe('0 bytes');
});

test('what no platform serves is answered as though there were none, in every letter', async () => {
  const without = await serve(undefined);
  const bank = new Bank();
  const { url } = await serve(bank);
  for (const path of ['/bank/Ask', '/BANK/ask', '/bank/ask/more', '/bank', '/nothing'])
    for (const method of ['POST', 'GET', 'PUT']) {
      const [mine, theirs] = await Promise.all(
        [url, without.url].map((base) =>
          fetch(`${base}${path}`, { method, ...(method === 'GET' ? {} : { body: 'x' }) }),
        ),
      );
      expect(mine?.status).toBe(404);
      expect([mine?.status, mine?.headers.get('content-type'), await mine?.text()]).toEqual([
        theirs?.status,
        theirs?.headers.get('content-type'),
        await theirs?.text(),
      ]);
    }
  expect(bank.seen).toEqual([]);
});

test('a body that is nobody’s is not waited for', async () => {
  const { url } = await serve(new Bank());
  const { port } = new URL(url);
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write('POST /elsewhere HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\nonly this'),
    );
    socket.once('data', (data) => {
      resolve(data.toString());
      socket.destroy();
    });
    socket.once('error', reject);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 404 /);
});

test('no platform stands before the station’s own addresses, however they are spelled', async () => {
  const bank = new Bank();
  const { url } = await serve(bank);
  expect(await (await post(`${url}/api/v1/bank/ask`)).text()).toBe('api');
  expect(await (await post(`${url}/devices/cam/bank/ask`)).text()).toBe('device');
  for (const path of [
    '/api/bank/ask/..',
    '/devices/bank/ask',
    '/rpc/bank/ask',
    '/practice/bank/ask',
    '/api/openapi.json/bank/ask',
    '//api//v1//bank/ask',
    '/%61pi/v1/bank/ask',
    '/api/%76%31/bank/ask',
    '/api/v%31/bank/ask',
    '/API/V1/bank/ask',
    '/Devices/bank/ask',
    '/x/../api/v1/bank/ask',
    '/x/%2e%2e/api/v1/bank/ask',
    '/api/./v1/bank/ask',
    '/api%2Fv1/bank/ask',
    '/api%5Cv1/bank/ask',
    '/api\\v1/bank/ask',
  ])
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const told = await raw(url, `${method} ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nonly this`);
      expect([path, told.includes('text/x-bank')]).toEqual([path, false]);
      expect([path, /^HTTP\/1\.1 (404|400|200)/.test(told)]).toEqual([path, true]);
    }
  expect(bank.seen).toEqual([]);
});

test('beside them a platform is served below /api, too', async () => {
  const bank = new Bank();
  const { url } = await serve(bank);
  for (const path of [
    '/api/bank/ask',
    '/api/v2/bank/ask',
    '/%61pi/x/bank/ask',
    '/api/v1x/bank/ask',
    '/x/api/v1/bank/ask',
  ])
    expect(await (await post(`${url}${path}`)).text()).toBe('3 bytes');
  expect(bank.seen).toHaveLength(5);
});

/** What is answered to these very bytes. */
const raw = (url: string, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
    socket.once('data', (data) => {
      resolve(data.toString());
      socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`no answer to ${bytes.slice(0, 60)}`)));
  });

test('more than a megabyte is turned away, told beforehand or not', async () => {
  const bank = new Bank();
  const { url } = await serve(bank);
  expect((await post(`${url}/bank/ask`, 'x'.repeat(1024 * 1024))).status).toBe(200);
  const told = await post(`${url}/bank/ask`, 'x'.repeat(1024 * 1024 + 1));
  expect(told.status).toBe(413);
  expect(await told.json()).toMatchObject({ status: 413, code: 'TOO_LARGE' });
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const request = httpRequest(`${url}/bank/ask`, { method: 'POST' }, (response) => {
      resolve(response.statusCode);
      request.destroy();
    });
    request.on('error', reject);
    request.write('y'.repeat(1024 * 1024));
    request.write('z');
  });
  expect(status).toBe(413);
  expect(bank.seen).toHaveLength(1);
});

test('what is too large is answered as the platform answers, where it says how', async () => {
  const bank = Object.assign(new Bank(), {
    tooLarge: () => ({ status: 200, contentType: 'application/json', body: '{"code":"1"}' }),
  });
  const { url } = await serve(bank);
  const told = await post(`${url}/bank/ask`, 'x'.repeat(1024 * 1024 + 1));
  expect([told.status, await told.text()]).toEqual([200, '{"code":"1"}']);
  expect(bank.seen).toEqual([]);
});

test('who hangs up in the middle has asked for nothing', async () => {
  const bank = new Bank();
  const { url } = await serve(bank);
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write('POST /bank/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf');
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  expect(await (await post(`${url}/bank/ask`)).text()).toBe('3 bytes');
  expect(bank.seen).toHaveLength(1);
});

test('a platform that throws is answered for, and logged', async () => {
  const bank = new Bank();
  bank.fails = true;
  const { url, log } = await serve(bank);
  const response = await post(`${url}/bank/ask`);
  expect([response.status, await response.json()]).toMatchObject([500, { code: 'ERROR', title: '内部错误' }]);
  expect(log.lines).toContainEqual(
    expect.objectContaining({ level: 'error', fields: { path: '/bank/ask', error: 'a defect' } }),
  );
});

/** A port that nobody has at present. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

test('a listener of its own serves this platform and nothing else, and closes with the station', async () => {
  const port = await freePort();
  const bank = new Bank({ host: '127.0.0.1', port });
  const { url, routes } = await serve(bank);
  await routes.start();
  const own = `http://127.0.0.1:${port}`;
  expect(await (await post(`${own}/api/bank/ask`)).text()).toBe('3 bytes');
  expect((await post(`${own}/api/v1/x`)).status).toBe(404);
  expect((await fetch(`${own}/`)).status).toBe(404);
  expect((await post(`${url}/bank/ask`)).status).toBe(404);
  await routes.close();
  await expect(post(`${own}/bank/ask`)).rejects.toThrow();
});

test('a port that is taken is an alarm, not a stop, and is tried again until it is free', async () => {
  const port = await freePort();
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
  closers.push(() => squatter.close());
  const { routes, alarms, clock } = await serve(new Bank({ host: '127.0.0.1', port }));
  await routes.start();
  expect(alarms.list()).toMatchObject([{ code: 'platform-port-taken', subject: 'cmb', severity: 'alarm' }]);
  await clock.advance(30_000);
  expect(alarms.list()).toHaveLength(1);
  await new Promise((resolve) => squatter.close(resolve));
  await until('the port is taken over', async () => {
    await clock.advance(30_000);
    return alarms.list().length === 0;
  });
  expect(await (await post(`http://127.0.0.1:${port}/bank/ask`)).text()).toBe('3 bytes');
});

test('a station that stops while the port is taken does not come back for it', async () => {
  const port = await freePort();
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
  closers.push(() => squatter.close());
  const { routes, clock } = await serve(new Bank({ host: '127.0.0.1', port }));
  await routes.start();
  await routes.close();
  await new Promise((resolve) => squatter.close(resolve));
  await clock.advance(90_000);
  await expect(post(`http://127.0.0.1:${port}/bank/ask`)).rejects.toThrow();
});
