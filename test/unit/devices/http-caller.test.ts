import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { httpCaller } from '../../../electron/station/devices/links/http-caller.ts';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import { until } from '../../support/until.ts';

const http = httpCaller(new SystemClock());
let server: Server;
let sockets: Socket[];
let heard: string;
/** How connections broke, as the device saw it. */
let broken: string[];
/** What the device does once it has the whole head of a request. */
let act: (socket: Socket) => void;
let url: string;

beforeEach(async () => {
  sockets = [];
  heard = '';
  broken = [];
  act = () => undefined;
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', (error) => broken.push('code' in error ? String(error.code) : error.message));
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1');
      if (heard.includes('\r\n\r\n')) act(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/a?Events=[b]&c=%5B`;
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const ask = (more: Partial<Parameters<typeof http.ask>[0]> = {}) =>
  http.ask({ method: 'PUT', url, body: '道闸', timeoutMs: 2_000, ...more });
const answer = (socket: Socket, body: string, length = body.length): void =>
  void socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\nX-A: 1\r\nX-A: 2\r\n\r\n${body}`);

it('asks as it was told, on a connection of its own, and gives the whole answer', async () => {
  act = (socket) => answer(socket, 'fine');
  const first = await ask({ headers: { 'Content-Type': 'application/xml' } });
  expect(first).toMatchObject({ status: 200, body: Buffer.from('fine') });
  expect('headers' in first && first.headers.get('x-a')).toBe('1, 2');
  expect(heard).toMatch(/^PUT \/a\?Events=\[b\]&c=%5B HTTP\/1\.1\r\n/);
  expect(heard).toContain('Content-Length: 6');
  await ask();
  expect(sockets.length).toBe(2);
});

it('a device that is not there: nothing left', async () => {
  await new Promise((resolve) => server.close(resolve));
  expect(await ask()).toEqual({ failed: 'none', detail: '对方拒绝连接' });
  server.listen(0);
});

it.each<[string, (socket: Socket) => void]>([
  ['reset after the request', (socket) => socket.resetAndDestroy()],
  ['closed without an answer', (socket) => socket.end()],
  [
    'half an answer, then reset',
    (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc', () => socket.resetAndDestroy()),
  ],
  ['half an answer, then closed', (socket) => answer(socket, 'abc', 9)],
  ['half a head', (socket) => socket.end('HTTP/1.1 200 OK\r\nConte')],
  ['no HTTP at all', (socket) => socket.end('\x00\x01\x02 what?\r\n\r\n')],
])('%s: the request left, its answer is lost', async (_, device) => {
  act = device;
  expect(await ask()).toMatchObject({ failed: 'lost' });
});

it('silence ends with the time-out, as lost', async () => {
  expect(await ask({ timeoutMs: 80 })).toEqual({ failed: 'lost', detail: '超时' });
  await until('the connection is given up', () => sockets[0]?.destroyed);
});

it('an answer that is too long fails', async () => {
  act = (socket) => answer(socket, 'x'.repeat(2_000));
  expect(await ask({ maxBytes: 1_000 })).toEqual({ failed: 'lost', detail: '应答过长' });
});

it('abort ends it: lost when it had left, none before', async () => {
  const gone = new AbortController();
  const pending = ask({ signal: gone.signal });
  await until('the request is there', () => heard.includes('\r\n\r\n'));
  gone.abort();
  expect(await pending).toEqual({ failed: 'lost', detail: '已取消' });
  expect(await ask({ signal: AbortSignal.abort() })).toEqual({ failed: 'none', detail: '已取消' });
  expect(sockets.length).toBe(1);
});

it('what is no address, or no header, does not leave', async () => {
  expect(await ask({ url: 'nonsense' })).toMatchObject({ failed: 'none' });
  expect(await ask({ headers: { Authorization: 'a\nb' } })).toMatchObject({ failed: 'none' });
  expect(sockets.length).toBe(0);
});

it('a command whose connection comes too late does not leave', async () => {
  // No host answers at an address that is set aside for documents.
  const failed = await ask({ url: 'http://192.0.2.1/gate', leaveWithinMs: 60 });
  expect(failed).toMatchObject({ failed: 'none' });
});

it('one that left in time waits for its answer as long as any', async () => {
  act = (socket) => setTimeout(() => answer(socket, 'late'), 120);
  expect(await ask({ leaveWithinMs: 60 })).toMatchObject({ status: 200 });
});

const listen = (idleMs = 2_000, connectMs = 2_000) => {
  const told: string[] = [];
  const stop = http.stream(
    { url, idleMs, connectMs },
    {
      head: (status) => told.push(`head ${status}`),
      data: (bytes) => told.push(Buffer.from(bytes).toString()),
      end: (why) => told.push(`end ${why}`),
    },
  );
  return { told, stop };
};
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: multipart/mixed\r\n\r\n';

it('a stream is told as it comes, and ends with silence', async () => {
  act = (socket) => socket.write(`${HEAD}one`, () => setTimeout(() => socket.write('two'), 40));
  const { told } = listen(120);
  await until('it ended', () => told.length === 4);
  expect(told).toEqual(['head 200', 'one', 'two', 'end 0 秒没有数据']);
});

it.each<[string, (socket: Socket) => void]>([
  ['closed', (socket) => socket.end(`${HEAD}one`)],
  ['reset', (socket) => socket.write(`${HEAD}one`, () => setTimeout(() => socket.resetAndDestroy(), 20))],
])('a stream that is %s ends once', async (_, device) => {
  act = device;
  const { told } = listen();
  await until('it ended', () => told.some((line) => line.startsWith('end')));
  expect(told.slice(0, 2)).toEqual(['head 200', 'one']);
  expect(told.length).toBe(3);
});

it('a stream that nobody answers ends, and one that we end tells so once', async () => {
  const silent = listen(2_000, 60);
  await until('it ended', () => silent.told.length === 1);
  expect(silent.told).toEqual(['end 连接超时']);
  act = (socket) => socket.write(`${HEAD}one`);
  heard = '';
  const { told, stop } = listen();
  await until('it began', () => told.includes('one'));
  stop();
  stop();
  expect(told.slice(2)).toEqual(['end 已停止']);
  await until('the connection is given up', () => sockets.at(-1)?.destroyed);
});

it('a request that is given up is taken back: the system does not go on sending it', async () => {
  await ask({ timeoutMs: 60 });
  await until('the connection is reset', () => broken.length === 1);
  act = (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc');
  heard = '';
  await ask({ timeoutMs: 60 });
  await until('that one, too, with half its answer', () => broken.length === 2);
  act = (socket) => socket.write(`${HEAD}one`);
  heard = '';
  const { told, stop } = listen();
  await until('it began', () => told.includes('one'));
  stop();
  await until('the stream, too', () => broken.length === 3);
  expect(broken).toEqual(['ECONNRESET', 'ECONNRESET', 'ECONNRESET']);
});

it.each(['head', 'data', 'end'] as const)(
  'a listener that fails in its %s ends its stream and nothing else',
  async (where) => {
    act = (socket) => socket.write(`${HEAD}one`, () => setTimeout(() => socket.write('two'), 20));
    const told: string[] = [];
    const tell = (what: string, why = ''): void => {
      told.push(`${what} ${why}`.trim());
      if (what === where) throw new Error('disk full');
    };
    http.stream(
      { url, idleMs: 100, connectMs: 2_000 },
      { head: () => tell('head'), data: () => tell('data'), end: (why) => tell('end', why) },
    );
    await until('it ended', () => told.some((line) => line.startsWith('end')));
    expect(told.slice(-2)).toEqual(where === 'end' ? ['data', 'end 0 秒没有数据'] : [where, 'end disk full']);
    await until('the connection is given up', () => sockets[0]?.destroyed);
  },
);
