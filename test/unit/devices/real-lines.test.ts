import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openLinks } from '../../../electron/station/devices/links/index.ts';
import type { Line, LineAddress } from '../../../electron/station/devices/links.ts';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import { type Pty, startPty } from '../../peers/pty.ts';
import { listen } from '../../peers/sockets.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { until } from '../../support/until.ts';

/** Waits a fiftieth of what it is told. */
const clock = new SystemClock();
const hasty = { now: () => clock.now(), monotonic: () => clock.monotonic() * 50 };

function open(address: LineAddress): { line: Line; told: string[]; heard: () => string } {
  const links = openLinks({
    clock: { ...hasty, after: (ms, task) => clock.after(ms / 50, task) },
    entropy: { random: () => 0.5 },
    ids: { next: (prefix) => prefix },
    log: memoryLog(),
  });
  const told: string[] = [];
  let text = '';
  const line = links.line(address, {
    data: (bytes) => {
      text += Buffer.from(bytes).toString('latin1');
    },
    state: (up, detail) => told.push(`${up ? 'up' : 'down'} ${detail}`),
  });
  onTestFinished(() => line.close());
  return { line, told, heard: () => text };
}

const serial = (path: string): LineAddress => ({
  ...{ kind: 'serial', path, baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
});
/** In the hasty clock: a second. */
const SECOND = 50_000;
const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

async function plugged(skip: (why: string) => never): Promise<Pty> {
  const pty = await startPty();
  if ('unavailable' in pty) return skip(pty.unavailable);
  onTestFinished(() => pty.stop());
  return pty;
}

test('a serial line: split, merged, garbled, unplugged and plugged in again under its name', async (ctx) => {
  const pty = await plugged((why) => ctx.skip(why));
  let device = '';
  pty.onBytes((received) => {
    device += received.toString('latin1');
  });
  const { line, told, heard } = open(serial(pty.path));
  await until('the line is up', () => line.isUp);
  expect(await line.write(bytes('\x01\x05\xff\x00'), SECOND)).toBe('written');
  await until('bytes at the device', () => device === '\x01\x05\xff\x00');
  // Bytes that a terminal would eat, torn apart and glued together.
  pty.fault('out', { split: 1, gapMs: 1 });
  pty.write(bytes('\x03\x11\x13\r\n\x1a'));
  await until('the torn bytes', () => heard() === '\x03\x11\x13\r\n\x1a');
  pty.fault('out', { gatherMs: 5 });
  pty.write(bytes('ab'));
  pty.write(bytes('cd'));
  await until('the bytes of the device', () => heard() === '\x03\x11\x13\r\n\x1aabcd');
  pty.fault('out', {});

  await pty.cut();
  await until('the loss is noticed', async () => (await line.write(bytes('x'), SECOND)) === 'none');
  expect(told.length).toBe(2);
  expect(told[1]).toMatch(/^down 串口/);
  await pty.replug();
  await until('the line is up again', () => line.isUp);
  pty.write(bytes('back'));
  await until('bytes after plugging in', () => heard().endsWith('back'));
  expect(told.length).toBe(3);
  // Whatever was written while it was away stayed here.
  expect(device).toBe('\x01\x05\xff\x00');
});

test('a device that stops reading ends the connection, and gets nothing of it late', async (ctx) => {
  const pty = await plugged((why) => ctx.skip(why));
  let device = '';
  pty.onBytes((received) => {
    device += received.toString('latin1');
  });
  const { line, told } = open(serial(pty.path));
  await until('the line is up', () => line.isUp);
  pty.hold(true);
  const pulse = line.write(bytes('P'.repeat(400_000)), SECOND / 5);
  const behind = line.write(bytes('OPEN'), SECOND / 5);
  expect(await Promise.all([pulse, behind])).toEqual(['some', 'some']);
  expect(told.at(-1)).toBe('down 写入超时');
  await until('the line is up again', () => line.isUp);
  pty.hold(false);
  await line.write(bytes('END'), SECOND);
  await until('bytes of the new connection', () => device.endsWith('END'));
  expect(device).not.toContain('OPEN');
  expect(device.length).toBeLessThan(400_000);
});

test('a port that is not there says so in words, and is used as soon as it is', async (ctx) => {
  const pty = await plugged((why) => ctx.skip(why));
  await pty.cut();
  const { line, told } = open(serial(pty.path));
  await until('the failure is told', () => told.length === 1);
  expect(told[0]).toContain('不存在');
  await pty.replug();
  await until('the line is up', () => line.isUp);
  expect(told[1]).toBe('up 已连接');
});

test('a TCP line: refused, connected, cut by the other side, made anew', async () => {
  const sockets: Socket[] = [];
  const received: string[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('data', (data) => received.push(data.toString('latin1')));
    socket.on('error', () => undefined);
  });
  const port = await listen(server, 0);
  await new Promise((resolve) => server.close(resolve));
  const { line, told, heard } = open({ kind: 'tcp', host: '127.0.0.1', port });
  await until('the refusal is told', () => told.length === 1);
  expect(told[0]).toContain('对方拒绝连接');
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await until('the line is up', () => line.isUp);
  const [first] = sockets;
  first?.write('a');
  first?.write('b');
  await until('bytes', () => heard() === 'ab');
  expect(await line.write(bytes('x'), SECOND)).toBe('written');
  await until('bytes at the device', () => received.join('') === 'x');
  first?.resetAndDestroy();
  await until('the loss is told', () => told.length === 3);
  await until('the line is up again', () => line.isUp && sockets.length === 2);
  expect(told.map((each) => each.split(' ')[0])).toEqual(['down', 'up', 'down', 'up']);
});

test('what a TCP device did not take is not sent when the connection was given up', async () => {
  const sockets: Socket[] = [];
  let received = '';
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    sockets.push(socket);
    socket.on('data', (data) => {
      received += data.toString('latin1');
    });
    socket.on('error', () => undefined);
  });
  const port = await listen(server, 0);
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { line } = open({ kind: 'tcp', host: '127.0.0.1', port });
  await until('the line is up', () => line.isUp && sockets.length === 1);
  // More than the system takes from a sender whose other side does not read.
  const sent = 16_000_000;
  expect(await line.write(bytes('P'.repeat(sent)), SECOND / 5)).toBe('some');
  expect(await line.write(bytes('OPEN'), SECOND / 5)).toBe('none');
  const [first] = sockets;
  const closed = new Promise((resolve) => first?.once('close', resolve));
  first?.resume();
  await closed;
  expect(received.length).toBeLessThan(sent);
  await until('a new connection', () => sockets.length === 2);
});
