import { expect, onTestFinished, test } from 'vitest';
import type { Device, Printer } from '../../../electron/station/devices/device.ts';
import { drawerKick, encodeDocument } from '../../../electron/station/devices/escpos/encoder.ts';
import { escposFile, escposSerial, escposTcp } from '../../../electron/station/devices/escpos/index.ts';
import { complaintsOf, isAnswer } from '../../../electron/station/devices/escpos/status.ts';
import { openLinks } from '../../../electron/station/devices/links/index.ts';
import { isPrinter } from '../../../electron/station/devices/narrow.ts';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import { type PrintDocument, printDocumentSchema } from '../../../shared/domain/print.ts';
import { makeDeviceFile, ReceiptPrinter } from '../../peers/escpos/index.ts';
import { startPty } from '../../peers/pty.ts';
import { until } from '../../support/until.ts';
import { Bench } from './recording.ts';

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/(..)(?!$)/g, '$1 ')
    .toUpperCase();
const plain = { columns: 32, cut: 'feed', qr: 'native', drawer: 'none' } as const;
const text = (content: string, more: object = {}) => ({ kind: 'text', text: content, ...more });
const paper = (...blocks: unknown[]): PrintDocument => printDocumentSchema.parse(blocks);
const ticket = paper(text('停车缴费凭条', { align: 'center' }), text('车牌 粤B12345'));

test('the sample ticket, byte for byte', () => {
  expect(hex(encodeDocument(ticket, plain))).toBe(
    '1B 40 1C 26 1B 61 01 CD A3 B3 B5 BD C9 B7 D1 C6 BE CC F5 0A 1B 61 00 ' +
      'B3 B5 C5 C6 20 D4 C1 42 31 32 33 34 35 0A 1D 56 42 00',
  );
});

test.each([
  ['full', '1D 56 00'],
  ['old', '1B 69'],
  ['old-partial', '1B 6D'],
  ['none', '0A 0A 0A 0A'],
] as const)('cut %s', (cut, end) => {
  const bytes = hex(encodeDocument(paper(text('a')), { ...plain, cut }));
  expect(bytes).toBe(`1B 40 1C 26 61 0A 0A 0A 0A 0A${cut === 'none' ? '' : ` ${end}`}`);
});

test('double size, and back', () => {
  const bytes = hex(encodeDocument(paper(text('a', { large: true }), text('b')), plain));
  expect(bytes).toBe('1B 40 1C 26 1D 21 11 61 0A 1D 21 00 62 0A 1D 56 42 00');
});

test('the drawer is kicked at the pin that it hangs on', () => {
  expect([hex(drawerKick('pin2')), hex(drawerKick('pin5'))]).toEqual(['1B 70 00 19 FA', '1B 70 01 19 FA']);
});

test('a code is drawn, or printed as text where the printer cannot', () => {
  const code = paper({ kind: 'qr', text: 'ab' });
  expect(hex(encodeDocument(code, plain))).toContain(
    '1B 61 01 1D 28 6B 04 00 31 41 32 00 1D 28 6B 03 00 31 43 06 1D 28 6B 03 00 31 45 31 ' +
      '1D 28 6B 05 00 31 50 30 61 62 1D 28 6B 03 00 31 51 30 0A',
  );
  expect(hex(encodeDocument(code, { ...plain, qr: 'text' }))).toBe('1B 40 1C 26 61 62 0A 1D 56 42 00');
});

test('nothing that was typed becomes a command', () => {
  const bytes = encodeDocument(paper(text('a\x1bp\x00\x19\xfa\x10\x04\x01b')), plain);
  expect(hex(bytes)).toBe('1B 40 1C 26 61 70 A8 B2 62 0A 1D 56 42 00');
});

test.each([
  [{ 1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12 }, []],
  [{ 1: 0x1a, 2: 0x16, 3: 0x12, 4: 0x12 }, ['cover-open']],
  [{ 1: 0x1a, 2: 0x32, 3: 0x12, 4: 0x7e }, ['paper-out']],
  [{ 1: 0x12, 2: 0x12, 3: 0x12, 4: 0x1e }, ['paper-low']],
  [{ 1: 0x1a, 2: 0x52, 3: 0x1a, 4: 0x12 }, ['printer-error']],
  [{ 1: 0x1a, 2: 0x12, 3: 0x12, 4: 0x12 }, ['printer-error']],
])('status %j says %j', (answers: Record<number, number>, complaints) => {
  const told = new Map(([1, 2, 3, 4] as const).map((n) => [n, answers[n] ?? 0] as const));
  expect([...complaintsOf(told).keys()]).toEqual(complaints);
});

test('answers are told from noise by their fixed bits', () => {
  expect([0x12, 0x1a, 0x7e, 0x16].every(isAnswer)).toBe(true);
  expect([0x00, 0xff, 0x11, 0x92, 0x14].some(isAnswer)).toBe(false);
});

async function started(device: Device, bench: Bench): Promise<Printer> {
  if (!isPrinter(device)) throw new Error('no printer');
  await device.start();
  onTestFinished(() => device.stop());
  await until('the printer is online', () => bench.states.includes('prn online'));
  return device;
}

/** `atJob` is called when a receipt is about to leave. */
async function onTcp(peer: ReceiptPrinter, settings: object = {}, atJob: () => void = () => undefined) {
  const port = await peer.listen();
  onTestFinished(() => peer.stop());
  const bench = new Bench();
  const parsed = escposTcp.settings.parse({ host: '127.0.0.1', port, ...settings });
  const { link } = bench.deps;
  const exchanged: typeof link.exchanged = (direction, head, bytes) => {
    if (head === '小票') atJob();
    link.exchanged(direction, head, bytes);
  };
  const printer = escposTcp.create('prn', parsed, { ...bench.deps, link: { ...link, exchanged } });
  return { bench, printer: await started(printer, bench) };
}

test('prints over TCP: wrapped, aligned and cut; the drawer; and no complaints', async () => {
  const peer = new ReceiptPrinter({ width: 32 });
  const { printer, bench } = await onTcp(peer, { drawer: 'pin2' });
  const ended = await printer.print([
    ...ticket,
    ...paper({ kind: 'pair', name: '实收', value: '12.50 元', large: true }, { kind: 'rule' }),
    ...paper(text('国'.repeat(17)), { kind: 'qr', text: 'https://example.cn/1' }, { kind: 'feed', lines: 2 }),
  ]);
  expect(ended).toMatchObject({ outcome: 'done' });
  expect(peer.lines.slice(0, 6)).toEqual([
    '停车缴费凭条',
    '车牌 粤B12345',
    '实收    12.50 元',
    '-'.repeat(32),
    '国'.repeat(16),
    '国',
  ]);
  expect(await printer.openDrawer()).toMatchObject({ outcome: 'done' });
  await until('the drawer', () => peer.drawer.length === 1);
  expect(peer.drawer[0]).toMatchObject({ pin: 2, onMs: 50, offMs: 500 });
  expect(peer.complaints).toEqual([]);
  expect(bench.faults).toEqual([]);
  expect(bench.delays.length).toBe(2);
});

test('paper out and an open cover refuse, are told once, and are over when they are over', async () => {
  const peer = new ReceiptPrinter();
  const { printer, bench } = await onTcp(peer);
  peer.set({ paper: 'out' });
  expect(await printer.print(ticket)).toEqual({ outcome: 'refused', detail: '打印机缺纸，未打印' });
  expect(await printer.print(ticket)).toMatchObject({ outcome: 'refused' });
  expect(bench.faults).toEqual(['prn paper-out 打印机缺纸']);
  peer.set({ coverOpen: true });
  // Asked by itself, too.
  await bench.clock.advance(30_000);
  await until('the cover is told', () => bench.faults.length === 3);
  expect(bench.faults.slice(1).toSorted()).toEqual(['prn cover-open 打印机盖没有合上', 'prn paper-out over']);
  peer.set({ paper: 'near-end' });
  expect(await printer.print(ticket)).toMatchObject({ outcome: 'done' });
  expect(bench.faults.slice(3).toSorted()).toEqual(['prn cover-open over', 'prn paper-low 打印纸快用完了']);
  expect(peer.receipts.length).toBe(1);
});

test('paper that ends while it prints leaves a receipt of which nobody knows how much there is', async () => {
  const peer = new ReceiptPrinter();
  const { printer } = await onTcp(peer, {}, () => peer.set({ paper: 'out' }));
  expect(await printer.print(ticket)).toEqual({ outcome: 'unknown', detail: '打印途中打印机缺纸，小票可能不完整' });
});

test('a printer that stops reading: unknown after a while, and what waits is refused, not queued for ever', async () => {
  const peer = new ReceiptPrinter();
  let stalled = true;
  const { printer, bench } = await onTcp(peer, {}, () => peer.set({ stalled }));
  const first = printer.print(ticket);
  const waiting = Array.from({ length: 5 }, () => printer.print(ticket));
  expect(await waiting[4]).toMatchObject({ outcome: 'refused', detail: '前面还有 5 个任务没有完成，未打印' });
  await until('the bytes have left', () => bench.exchanges.some(({ head }) => head === '小票'));
  await until('it was asked how it went', () => bench.exchanges.at(-1)?.head === '状态查询');
  await bench.clock.advance(5_000);
  expect(await first).toMatchObject({ outcome: 'unknown' });
  for (const refused of waiting.slice(0, 4)) {
    await bench.clock.advance(1_000);
    expect(await refused).toEqual({ outcome: 'refused', detail: '打印机没有应答，未打印' });
  }
  expect(bench.states.at(-1)).toBe('prn offline');
  stalled = false;
  peer.set({});
  await until('the receipt comes out after all', () => peer.receipts.length === 1);
  // What was refused, and what nobody knows of, is not sent again by anybody.
  expect(await printer.print(ticket)).toMatchObject({ outcome: 'done' });
  expect(peer.receipts.length).toBe(2);
  expect(bench.states.at(-1)).toBe('prn online');
});

test('one that never answers prints without being asked; nothing is refused for silence', async () => {
  const peer = new ReceiptPrinter({ oneWay: true });
  const { printer } = await onTcp(peer, { answers: false });
  expect(await printer.print(ticket)).toMatchObject({ outcome: 'done' });
  await until('the receipt', () => peer.receipts.length === 1);
  expect(peer.answers).toEqual([]);
});

test('an idle connection that the printer ends is no fault; a printer that stays away is', async () => {
  const peer = new ReceiptPrinter();
  const { printer, bench } = await onTcp(peer, { answers: false });
  peer.cut();
  await until('it is gone', () => peer.connections === 0);
  await until('it is back', () => peer.connections === 1);
  expect(await printer.print(ticket)).toMatchObject({ outcome: 'done' });
  expect(bench.states).toEqual(['prn online']);
  await peer.stop();
  await until('the loss is known', async () => {
    await bench.clock.advance(3_000);
    return bench.states.length === 2;
  });
  const printing = printer.print(ticket);
  await bench.clock.advance(3_000);
  expect(await printing).toMatchObject({ outcome: 'refused' });
});

test('on a serial port: the status, the receipt, the self-test', async (ctx) => {
  const pty = await startPty();
  if ('unavailable' in pty) return ctx.skip(pty.unavailable);
  onTestFinished(() => pty.stop());
  const peer = new ReceiptPrinter();
  peer.plug(pty);
  const bench = new Bench();
  const device = escposSerial.create('prn', escposSerial.settings.parse({ path: pty.path }), bench.deps);
  const printer = await started(device, bench);
  expect(await printer.print(ticket)).toMatchObject({
    outcome: 'done',
  });
  expect(peer.lines).toEqual(['停车缴费凭条', '车牌 粤B12345']);
  expect(peer.complaints).toEqual([]);
  const steps = (await printer.selfTest?.()) ?? [];
  expect(steps.map(({ step, result }) => `${step} ${result}`)).toEqual(['connection ok', 'reachable ok', 'paper ok']);
});

test('a device file that is read, and one whose printer stops reading', async () => {
  const file = await makeDeviceFile();
  onTestFinished(() => file.stop());
  const peer = new ReceiptPrinter({ oneWay: true });
  peer.plug(file.wire);
  const system = new SystemClock();
  const bench = new Bench();
  // Five seconds pass in a fifth of one.
  const links = openLinks({
    ...{ entropy: { random: () => 0.5 }, ids: bench.deps.ids, log: bench.log },
    clock: {
      now: () => system.now(),
      monotonic: () => system.monotonic() * 25,
      after: (ms, task) => system.after(ms / 25, task),
    },
  });
  const mine = await started(
    escposFile.create('prn', escposFile.settings.parse({ path: file.path }), { ...bench.deps, links }),
    bench,
  );
  expect(await mine.print(ticket)).toMatchObject({ outcome: 'done' });
  await until('the receipt', () => peer.receipts.length === 1);
  peer.set({ stalled: true });
  const long = paper(...Array.from({ length: 4_000 }, () => text('国'.repeat(16))));
  expect(await mine.print(long)).toMatchObject({ outcome: 'unknown' });
  expect(peer.complaints).toEqual([]);
});
