import { execFileSync } from 'node:child_process';
import { constants, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dialFile } from '../../../electron/station/devices/links/file-wire.ts';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import { until } from '../../support/until.ts';

const clock = new SystemClock();

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'gatehouse-file-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

function dial(path: string) {
  const told: string[] = [];
  const wire = dialFile(clock)(
    { kind: 'file', path },
    {
      opened: () => void told.push('opened'),
      data: (bytes) => void told.push(`data ${bytes.byteLength}`),
      closed: (why) => void told.push(`closed ${why}`),
    },
  );
  onTestFinished(() => wire.destroy());
  const write = (bytes: Uint8Array): Promise<string | null> => new Promise((resolve) => wire.write(bytes, resolve));
  return { wire, told, write };
}

test('a regular file is appended to, neither made nor emptied nor read back', async () => {
  const path = join(await folder(), 'out');
  writeFileSync(path, 'before ');
  const { told, write, wire } = dial(path);
  await until('it is open', () => told.includes('opened'));
  expect(await write(Buffer.from('one '))).toBeNull();
  expect(await write(Buffer.from('two'))).toBeNull();
  expect(readFileSync(path, 'utf8')).toBe('before one two');
  wire.destroy();
  wire.destroy();
  expect(await write(Buffer.from('late'))).not.toBeNull();
  expect(told).toEqual(['opened', 'closed 设备文件已关闭']);
});

test('what is not there is not made', async () => {
  const { told } = dial(join(await folder(), 'lp0'));
  await until('it is told', () => told.length > 0);
  expect(told).toEqual(['closed 设备文件不存在，打印机没有插好']);
});

test('a FIFO: nobody reads; a reader that stops; a reader that goes on; a reader that leaves', async () => {
  const path = join(await folder(), 'lp0');
  execFileSync('mkfifo', [path]);
  const nobody = dial(path);
  await until('it is told', () => nobody.told.length > 0);
  expect(nobody.told).toEqual(['closed 设备文件没有打印机在读']);

  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const { told, write, wire } = dial(path);
  await until('it is open', () => told.includes('opened'));
  const big = Buffer.alloc(300_000, 7);
  let done: string | null | undefined;
  const writing = write(big).then((failure) => {
    done = failure;
  });
  await until('the pipe is full', () => readable(reader) > 0);
  // Others get their threads meanwhile: more of them than there are for such work.
  const others = await Promise.all(Array.from({ length: 8 }, () => folder()));
  expect(others.length).toBe(8);
  expect(done).toBeUndefined();
  const piece = Buffer.alloc(65_536);
  let got = 0;
  await until('all of it came', () => {
    try {
      got += readSync(reader, piece);
    } catch (error) {
      if (!String(error).includes('EAGAIN')) throw error;
    }
    return got === big.byteLength;
  });
  await writing;
  expect(done).toBeNull();
  const stuck = write(big);
  wire.destroy();
  expect(await stuck).toBe('设备文件已关闭');
  expect(told).toEqual(['opened', 'closed 设备文件已关闭']);
});

/** How many bytes wait in a pipe, without taking any: only whether there are some. */
function readable(fd: number): number {
  return readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8').length;
}

test('a device answers on the file that it is written to, and nobody waits inside a call for it', async () => {
  // A terminal is a device with both ways; what is written to its one end comes out of the other.
  const { startPty } = await import('../../peers/pty.ts');
  const pty = await startPty();
  if ('unavailable' in pty) return;
  onTestFinished(() => pty.stop());
  const { told, write } = dial(pty.path);
  await until('it is open', () => told.includes('opened'));
  let heard = '';
  pty.onBytes((bytes) => {
    heard += bytes.toString('latin1');
    pty.write(Buffer.of(0x12));
  });
  expect(await write(Buffer.from('question'))).toBeNull();
  await until('the answer', () => told.includes('data 1'));
  expect(heard).toBe('question');
  await pty.cut();
  await write(Buffer.from('gone'));
  await until('it is told', () => told.some((line) => line.startsWith('closed')));
});
