import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcp, type Server as TcpServer } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { HttpClient } from '../../../electron/station/platforms/http-client.ts';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import type { Clock } from '../../../electron/station/runtime/ports.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function portOf(server: Server | TcpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  const port = await portOf(server);
  cleanups.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  return `http://127.0.0.1:${port}/prefix/`;
}

const timeouts = { connectMs: 1000, headersMs: 2000, bodyMs: 2000, totalMs: 4000 };
function client(baseUrl: string, changes: Partial<typeof timeouts> & { clock?: Clock; max?: number } = {}): HttpClient {
  const { clock = new SystemClock(), max, ...times } = changes;
  const made = new HttpClient({
    ...{ baseUrl, clock, connections: 2, timeouts: { ...timeouts, ...times } },
    ...(max === undefined ? {} : { maxResponseBytes: max }),
  });
  cleanups.push(() => made.close());
  return made;
}
const post = (made: HttpClient, signal = new AbortController().signal) =>
  made.post({ path: '/upload', headers: { 'content-type': 'text/plain' }, body: '岗亭' }, signal);

describe('HTTP client', () => {
  it('posts after the base path and gives status, text and date', async () => {
    const url = await serve((request, response) => {
      request.setEncoding('utf8');
      let body = '';
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        response.writeHead(503, { date: 'Mon, 02 Mar 2026 00:05:09 GMT' });
        response.end(`${request.method} ${request.url} ${body}`);
      });
    });
    expect(await post(client(url))).toEqual({
      kind: 'answered',
      status: 503,
      text: 'POST /prefix/upload 岗亭',
      date: 'Mon, 02 Mar 2026 00:05:09 GMT',
    });
  });

  it('knows that a refused connection and an unknown name carried nothing over', async () => {
    const server = createTcp();
    const port = await portOf(server);
    await new Promise<void>((resolve) => server.close(() => resolve()));
    const refused = await post(client(`http://127.0.0.1:${port}`));
    expect(refused).toMatchObject({
      kind: 'failed',
      maybeArrived: false,
      reason: expect.stringContaining('ECONNREFUSED'),
    });
    const unknown = await post(client('http://no-such-name.invalid'));
    expect(unknown).toMatchObject({ kind: 'failed', maybeArrived: false });
  });

  it('does not know it of a connection that breaks after the request', async () => {
    const url = await serve((request) => request.socket.destroy());
    expect(await post(client(url))).toMatchObject({ kind: 'failed', maybeArrived: true });
  });

  it('does not know it of an answer cut short', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"resultCode"');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await post(client(url))).toMatchObject({ kind: 'failed', maybeArrived: true });
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
  ])('reads an answer compressed with %s, which it did not ask for', async (encoding, compress) => {
    let accepted: string | undefined;
    const url = await serve((request, response) => {
      accepted = request.headers['accept-encoding']?.toString();
      response.writeHead(200, { 'content-encoding': encoding });
      response.end(compress('{"msg":"成功"}'));
    });
    expect(await post(client(url))).toMatchObject({ kind: 'answered', status: 200, text: '{"msg":"成功"}' });
    expect(accepted).toBe('identity');
  });

  it('gives up on a compressed answer that is broken, or too large when unpacked', async () => {
    const bodies = [Buffer.from('no gzip'), gzipSync('x'.repeat(3000))];
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(bodies.shift());
    });
    const made = client(url, { max: 2000 });
    expect(await post(made)).toMatchObject({ kind: 'failed', maybeArrived: true });
    expect(await post(made)).toMatchObject({ kind: 'failed', maybeArrived: true });
  });

  it('reads an answer in pieces that begins with a byte order mark', async () => {
    const url = await serve((_request, response) => {
      response.write('\uFEFF{"msg"');
      response.end(':1}');
    });
    expect(await post(client(url))).toMatchObject({ kind: 'answered', text: '{"msg":1}' });
  });

  it('takes a new connection when the server closed the old one between two requests', async () => {
    const url = await serve((request, response) => {
      request.resume();
      response.end('ok', () => request.socket.end());
    });
    const made = client(url);
    for (let round = 0; round < 3; round++) {
      expect(await post(made)).toMatchObject({ kind: 'answered' });
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  });

  it('gives up on an answer that is too large', async () => {
    const url = await serve((_request, response) => response.end('x'.repeat(3000)));
    expect(await post(client(url, { max: 2000 }))).toMatchObject({ kind: 'failed', maybeArrived: true });
  });

  it('gives up on headers that do not come', async () => {
    const url = await serve(() => undefined);
    const result = await post(client(url, { headersMs: 100 }));
    expect(result).toMatchObject({ kind: 'failed', maybeArrived: true, reason: expect.stringMatching(/headers/i) });
  });

  it('gives up on an answer that drips for ever, by the clock it was given', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200);
      response.write('x');
    });
    const clock = new FakeClock();
    const pending = post(client(url, { clock }));
    await clock.advance(3999);
    await clock.advance(1);
    expect(await pending).toMatchObject({
      kind: 'failed',
      maybeArrived: true,
      reason: expect.stringContaining('4000 ms'),
    });
  });

  it('stops when told, and when closed', async () => {
    const url = await serve(() => undefined);
    const made = client(url);
    const controller = new AbortController();
    const aborted = post(made, controller.signal);
    controller.abort();
    expect(await aborted).toMatchObject({ kind: 'failed' });
    const closed = post(made);
    await made.close();
    expect(await closed).toMatchObject({ kind: 'failed' });
    expect(await post(made)).toMatchObject({ kind: 'failed' });
  });
});
