import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { SerialPort } from 'serialport';
import { expect, onTestFinished, test } from 'vitest';
import { startPty } from '../../peers/pty.ts';
import { until } from '../../support/until.ts';

test('a serial line carries bytes both ways, knows its speed, and is unplugged and plugged in again', async (ctx) => {
  const pty = await startPty();
  if ('unavailable' in pty) return ctx.skip(pty.unavailable);
  onTestFinished(() => pty.stop());
  let heard = '';
  pty.onBytes((bytes) => {
    heard += bytes.toString('latin1');
  });
  const open = async (): Promise<{ port: SerialPort; read: () => string }> => {
    const port = new SerialPort({ path: pty.path, baudRate: 19_200, autoOpen: false });
    let read = '';
    port.on('data', (bytes: Buffer) => {
      read += bytes.toString('latin1');
    });
    await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
    return { port, read: () => read };
  };
  const first = await open();
  first.port.write('to the device');
  await until('bytes at the device', () => heard === 'to the device');
  pty.write(Buffer.from('back'));
  await until('bytes at the station', () => first.read() === 'back');
  // Only the owner of an open port, or root, may ask.
  expect([19_200, null]).toContain(await pty.speed());
  pty.fault('out', { split: 1, before: Buffer.from('#') });
  pty.write(Buffer.from('AB'));
  await until('mangled bytes', () => first.read() === 'back#AB');
  pty.fault('out', {});

  const gone = once(first.port, 'close');
  await pty.cut();
  await gone;
  expect(existsSync(pty.path)).toBe(false);
  pty.write(Buffer.from('lost'));
  await pty.replug();
  const second = await open();
  pty.write(Buffer.from('anew'));
  await until('bytes after plugging in', () => second.read() === 'anew');
  await new Promise((resolve) => second.port.close(resolve));
  await pty.stop();
  expect(existsSync(pty.path)).toBe(false);
});
