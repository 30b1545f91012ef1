import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../../peers/fault-proxy.ts';
import { listen, OpenSockets, shut } from '../../peers/sockets.ts';

let echo: Server;
let proxy: FaultProxy;
const sockets = new OpenSockets();

beforeEach(async () => {
  echo = createServer((socket) => {
    sockets.add(socket);
    socket.pipe(socket);
  });
  proxy = await startFaultProxy(await listen(echo, 0));
});
afterEach(async () => {
  await proxy.stop();
  await shut(echo, sockets);
});

interface Line {
  readonly socket: Socket;
  text(): string;
  /** How the connection ended, or undefined while it is open. */
  ended(): string | undefined;
}

function dial(): Line {
  const socket = connect(proxy.port, '127.0.0.1');
  let text = '';
  let ended: string | undefined;
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    ended ??= error.code;
  });
  socket.on('close', () => {
    ended ??= 'closed';
  });
  return { socket, text: () => text, ended: () => ended };
}
const settled = (line: Line) => expect.poll(line.ended).toBeDefined();

test('a healthy line passes bytes both ways and the end of one way', async () => {
  const line = dial();
  line.socket.end('hello');
  await expect.poll(line.text).toBe('hello');
  await settled(line);
  expect(line.ended()).toBe('closed');
  expect(proxy.passed).toEqual({ up: 5, down: 5 });
});

test('cuts after so many bytes of one way, on an open connection, and only then', async () => {
  const line = dial();
  line.socket.write('abc');
  await expect.poll(line.text).toBe('abc');
  proxy.set({ cutAfter: { down: 4 } });
  line.socket.write('de');
  await expect.poll(line.text).toBe('abcde');
  line.socket.write('fghij');
  await settled(line);
  expect(line.text()).toBe('abcdefg');
  proxy.set({});
  const next = dial();
  next.socket.write('x');
  await expect.poll(next.text).toBe('x');
});

test('cuts on the way up, before the target has everything', async () => {
  proxy.set({ cutAfter: { up: 2 } });
  const line = dial();
  line.socket.write('abcdef');
  await settled(line);
  expect(proxy.passed.up).toBe(2);
});

test('swallows bytes while it is a black hole', async () => {
  const line = dial();
  proxy.set({ blackHole: 'down' });
  line.socket.write('lost');
  await expect.poll(() => proxy.passed.up).toBe(4);
  proxy.set({});
  line.socket.write('seen');
  await expect.poll(line.text).toBe('seen');
  expect(line.ended()).toBeUndefined();
});

test('resets new connections, cuts open ones, and refuses until it accepts again', async () => {
  const open = dial();
  open.socket.write('x');
  await expect.poll(open.text).toBe('x');
  proxy.cut();
  await settled(open);
  expect(open.ended()).toBe('ECONNRESET');

  proxy.set({ resetOnConnect: true });
  const reset = dial();
  await settled(reset);
  expect(proxy.passed.up).toBe(1);

  const { port } = proxy;
  await proxy.refuse();
  const refused = dial();
  await settled(refused);
  expect(refused.ended()).toBe('ECONNREFUSED');

  await proxy.accept();
  proxy.set({});
  expect(proxy.port).toBe(port);
  const healed = dial();
  healed.socket.write('y');
  await expect.poll(healed.text).toBe('y');
});

test('delays and throttles', async () => {
  proxy.set({ delayMs: 30, bytesPerSecond: 100 });
  const started = performance.now();
  const line = dial();
  line.socket.write('x'.repeat(20));
  await expect.poll(() => line.text().length).toBe(20);
  // Two pieces of ten bytes: each 30 ms up and 30 ms down, and a pause of 100 ms between them.
  expect(performance.now() - started).toBeGreaterThan(150);
});
