import { open, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { makeDeviceFile, ReceiptPrinter } from '../../../peers/escpos/index.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { until } from '../../../support/until.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');

const TICKET =
  '1B 40 1C 26 1B 61 01 CD A3 B3 B5 BD C9 B7 D1 C6 BE CC F5 0A 1B 61 00 B3 B5 C5 C6 20 D4 C1 42 31 32 33 34 35 0A 1D 56 42 00';

test('prints the sample ticket of the specification, whole or byte by byte', () => {
  const whole = new ReceiptPrinter({ width: 32 });
  const torn = new ReceiptPrinter({ width: 32 });
  whole.receive(bytes(TICKET));
  for (const byte of bytes(TICKET)) torn.receive(Buffer.of(byte));
  for (const printer of [whole, torn]) {
    expect(printer.lines).toEqual(['停车缴费凭条', '车牌 粤B12345']);
    expect(printer.receipts[0]?.items.map((item) => item.kind === 'text' && [item.align, item.columns])).toEqual([
      ['centre', 12],
      ['left', 13],
    ]);
    expect([printer.receipts[0]?.cut, printer.hanging, printer.complaints]).toEqual(['partial', [], []]);
  }
});

test('sizes, bold and both ways to set them; each way to cut', () => {
  const printer = new ReceiptPrinter();
  printer.receive(bytes('1B 21 38 41 0A 1B 21 00 42 0A 1D 21 12 43 1D 21 00 44 0A 1B 69 1B 6D 1D 56 00 1D 56 41 03'));
  expect(
    printer.receipts[0]?.items.map((item) => item.kind === 'text' && [item.text, item.wide, item.high, item.bold]),
  ).toEqual([
    ['A', 2, 2, true],
    ['B', 1, 1, false],
    ['CD', 2, 3, false],
  ]);
  expect(printer.receipts.map(({ cut }) => cut)).toEqual(['full', 'partial', 'full', 'full']);
});

test('a QR code: model, size, level, data, print', () => {
  const printer = new ReceiptPrinter();
  printer.receive(
    bytes(`1B 61 01 1D 28 6B 04 00 31 41 32 00 1D 28 6B 03 00 31 43 06 1D 28 6B 03 00 31 45 31
      1D 28 6B 06 00 31 50 30 41 42 43 1D 28 6B 03 00 31 51 30`),
  );
  expect(printer.hanging).toEqual([{ kind: 'qr', data: 'ABC', module: 6, level: 'M', align: 'centre' }]);
  printer.receive(bytes('1B 40 1D 28 6B 03 00 31 51 30'));
  expect(printer.complaints).toEqual(['a QR code without data']);
});

test('raster images are counted, not read as commands', () => {
  const printer = new ReceiptPrinter();
  printer.receive(bytes('1D 76 30 00 01 00 02 00 1B 69 1B 2A 21 02 00 0A 0A 0A 0A 0A 0A 41 0A'));
  expect(printer.hanging).toMatchObject([
    { kind: 'image', width: 8, height: 2 },
    { kind: 'image', width: 2, height: 24 },
    { kind: 'text', text: 'A' },
  ]);
});

test('the drawer is pulsed for the time that was ordered', () => {
  const clock = new FakeClock();
  const printer = new ReceiptPrinter({ clock });
  printer.receive(bytes('1B 70 00 19 FA 1B 70 01 32 FA'));
  expect(printer.drawer).toEqual([
    { at: clock.now(), pin: 2, onMs: 50, offMs: 500 },
    { at: clock.now(), pin: 5, onMs: 100, offMs: 500 },
  ]);
});

test('complains of what it does not know, cannot read, or has no room for', () => {
  const printer = new ReceiptPrinter({ width: 32 });
  printer.receive(bytes('1B 99 D4 C1 0A 1C 26 FF 0A D4 0A 0A'));
  printer.receive(Buffer.from(`${'x'.repeat(33)}\n`));
  printer.receive(bytes('1D 21 10'));
  printer.receive(Buffer.from(`${'y'.repeat(17)}\n`));
  expect(printer.complaints).toEqual([
    'unknown command 1B 99',
    'not in Chinese mode: 粤',
    'text: byte FF is no GBK',
    'text: no GBK: D4 0A',
    `33 columns on paper of 32: ${'x'.repeat(33)}`,
    `34 columns on paper of 32: ${'y'.repeat(17)}`,
  ]);
});

test('says how it is, bit by bit', () => {
  const printer = new ReceiptPrinter();
  const ask = (): string => printer.receive(bytes('10 04 01 10 04 02 10 04 03 10 04 04')).toString('hex');
  expect(ask()).toBe('12121212');
  printer.set({ paper: 'near-end', drawerOpen: true });
  expect(ask()).toBe('1612121e');
  printer.set({ paper: 'out' });
  expect(ask()).toBe('1a32127e');
  printer.set({ coverOpen: true });
  expect(ask()).toBe('1a161212');
  printer.set({ error: 'cutter' });
  expect(ask()).toBe('1a521a12');
  printer.set({ offLine: true });
  expect(ask()).toBe('1a121212');
  printer.set({});
  expect(printer.receive(bytes('1D 72 01')).toString('hex')).toBe('00');
  expect(new ReceiptPrinter({ oneWay: true }).receive(bytes('10 04 01'))).toHaveLength(0);
});

test('without paper nothing is printed, status is answered, and the job comes out with the new roll', () => {
  const printer = new ReceiptPrinter();
  printer.set({ paper: 'out' });
  expect(printer.receive(bytes(`${TICKET} 10 04 04`)).toString('hex')).toBe('7e');
  expect([printer.receipts, printer.buffered]).toEqual([[], 41]);
  printer.set({});
  expect([printer.lines.length, printer.buffered]).toEqual([2, 0]);
  printer.set({ coverOpen: true });
  printer.receive(bytes(TICKET));
  printer.powerLoss();
  printer.set({});
  expect(printer.receipts).toHaveLength(1);
});

test('on TCP: answers, and when it is full or stalled the writes of the other side wait', async () => {
  const printer = new ReceiptPrinter({ bufferBytes: 100 });
  onTestFinished(() => printer.stop());
  const socket = connect(await printer.listen(), '127.0.0.1').on('error', () => undefined);
  let heard = '';
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString('hex');
  });
  socket.write(bytes(`${TICKET} 10 04 01`));
  await until('a status', () => heard === '12');
  printer.set({ paper: 'out' });
  // More than sockets of this machine hold for each other.
  const job = Buffer.alloc(16_000_000, 'x\n');
  let written = false;
  socket.write(job, () => {
    written = true;
  });
  await until('a full printer', () => printer.buffered >= 100);
  const kept = printer.buffered;
  await new Promise((resolve) => setImmediate(resolve));
  expect([written, kept < job.length]).toEqual([false, true]);
  socket.destroy();
});

test('behind a device file it prints what is written, and answers nothing', async () => {
  const printer = new ReceiptPrinter();
  const device = await makeDeviceFile();
  onTestFinished(() => device.stop());
  printer.plug(device.wire);
  await writeFile(device.path, bytes(TICKET));
  await until('a ticket', () => printer.receipts.length === 1);
  const again = await open(device.path, 'w');
  await again.write(bytes(`${TICKET} 10 04 01`));
  await again.close();
  await until('another', () => printer.receipts.length === 2);
});
