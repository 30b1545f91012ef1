import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { performance } from 'node:perf_hooks';
import { expect, onTestFinished, test } from 'vitest';
import { isScanner } from '../../../electron/station/devices/narrow.ts';
import { serialScanner } from '../../../electron/station/devices/scanner/index.ts';
import { ScanParser } from '../../../electron/station/devices/scanner/parser.ts';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import { startPty } from '../../peers/pty.ts';
import { ScanGun } from '../../peers/scanner/index.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { seeded } from '../../support/random.ts';
import { until } from '../../support/until.ts';
import { Bench } from './recording.ts';
import { ScriptedLinks } from './scripted-links.ts';

const CODE = '135000000000000001';
const SAMPLE = Uint8Array.of(...[0x31, 0x33, 0x35, ...Array(14).fill(0x30), 0x31, 0x0d]);
const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');

function parser() {
  const clock = new FakeClock();
  const codes: (string | null)[] = [];
  return { clock, codes, parser: new ScanParser(clock, (code) => codes.push(code)) };
}

test('the sample of a code with its carriage return, at once and byte by byte', () => {
  const { parser: own, codes } = parser();
  own.push(SAMPLE);
  for (const byte of SAMPLE) own.push(Uint8Array.of(byte));
  expect(codes).toEqual([CODE, CODE]);
});

test.each([
  ['a code and what ends it', ['62\r', '63\n', '64\r\n'], ['62', '63', '64']],
  ['two in one piece', ['abc\rdef\r'], ['abc', 'def']],
  ['framed by what guns add', ['\x02123\x03\r', '\t456\t\r'], ['123', '456']],
  ['nothing but control bytes', ['\x00\x00\r\n\r\n'], []],
  ['a damaged byte', ['13\xff4\r', '13\x074\r', '12 3\r'], [null, null, null]],
  ['as long as it may be', [`${'1'.repeat(64)}\r`], ['1'.repeat(64)]],
  ['too long', [`${'1'.repeat(65)}\r`, `${'9'.repeat(5_000)}\r`, '123\r'], [null, null, '123']],
])('%s', (_name, pieces, expected) => {
  const { parser: own, codes } = parser();
  for (const piece of pieces) own.push(latin(piece));
  expect(codes).toEqual(expected);
});

test('without an end: 50 ms of silence and a turn for what waits, and not a byte sooner', async () => {
  const { parser: own, codes, clock } = parser();
  for (const character of CODE) {
    own.push(latin(character));
    await clock.advance(49);
  }
  expect(codes).toEqual([]);
  await clock.advance(10);
  expect(codes).toEqual([]);
  await clock.advance(1);
  expect(codes).toEqual([CODE]);
});

test('a code is not cut in two where the program stood still while its rest came', async () => {
  const codes: (string | null)[] = [];
  const own = new ScanParser(new SystemClock(), (code) => codes.push(code));
  const server = createServer({ noDelay: true }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  const line = connect(address.port, '127.0.0.1');
  onTestFinished(() => void line.destroy());
  const [gun] = await once(server, 'connection');
  let stalls = 1;
  line.on('data', (bytes) => {
    own.push(bytes);
    if (stalls-- !== 1) return;
    // The rest is in the kernel before a slow commit is over.
    gun.write(CODE.slice(8));
    for (const since = performance.now(); performance.now() - since < 60; );
  });
  gun.write(CODE.slice(0, 8));
  await until('the code', () => codes.length > 0);
  expect(codes).toEqual([CODE]);
});

test('a gun that ends its codes with CR or LF ends none by silence', async () => {
  const { parser: own, codes, clock } = parser();
  // A mark in noise says nothing of the gun.
  own.push(Uint8Array.of(0xfe, 0x80, 0x0d));
  own.push(latin(CODE));
  await clock.advance(60);
  expect(codes).toEqual([null, CODE]);
  own.push(latin(`${CODE}\r${CODE.slice(0, 8)}`));
  await clock.advance(400);
  own.push(latin(`${CODE.slice(8)}\r${CODE.slice(0, 8)}`));
  expect(codes.slice(2)).toEqual([CODE, CODE]);
  await clock.advance(510);
  expect(codes.slice(4)).toEqual([null]);
  // The line broke: it may be another gun.
  own.clear();
  own.push(latin(CODE));
  await clock.advance(60);
  expect(codes.slice(5)).toEqual([CODE]);
});

test.each([
  ['1350000000', 'null'],
  ['13500000000000000', 'null'],
  ['M-000777', 'M-000777'],
  [CODE, CODE],
])('%s without an end is %s: half a payment code never names a car', async (code, told) => {
  const bench = new Bench();
  const links = new ScriptedLinks();
  const scanner = serialScanner.create('gun', serialScanner.settings.parse({ path: 'COM5' }), {
    ...bench.deps,
    links: { ...bench.links, line: links.line },
  });
  await scanner.start();
  links.data(latin(code));
  await bench.clock.advance(60);
  expect(bench.codes).toEqual([`gun ${told}`]);
  // With its end it is whole.
  links.data(latin(`${code}\r`));
  expect(bench.codes.at(-1)).toBe(`gun ${code}`);
  await scanner.stop();
});

test('however it is torn apart, a code comes out whole; what is noise never becomes one', async () => {
  const random = seeded(7);
  for (let round = 0; round < 200; round += 1) {
    const { parser: own, codes, clock } = parser();
    const noise = Uint8Array.from({ length: 1 + Math.floor(random() * 90) }, () => 0x80 + Math.floor(random() * 0x80));
    own.push(noise);
    await clock.advance(60);
    const bytes = latin(`${CODE}\r`);
    for (let at = 0; at < bytes.length; ) {
      const length = 1 + Math.floor(random() * 6);
      own.push(bytes.subarray(at, at + length));
      at += length;
    }
    expect(codes).toEqual([null, CODE]);
  }
});

test('a gun on a serial port: char by char, merged, without an end, twice; and no code in log or trace', async (ctx) => {
  const pty = await startPty();
  if ('unavailable' in pty) return ctx.skip(pty.unavailable);
  onTestFinished(() => pty.stop());
  const bench = new Bench();
  const gun = new ScanGun(pty);
  const scanner = serialScanner.create('gun', serialScanner.settings.parse({ path: pty.path }), bench.deps);
  await scanner.start();
  onTestFinished(() => scanner.stop());
  await until('the gun is online', () => bench.states.includes('gun online'));
  await gun.scan(CODE, { msPerCharacter: 1 });
  await until('the code', () => bench.codes.length === 1);
  // The same one is told as often as it is read: what it is good for is known to whoever takes it.
  await gun.scan(CODE, { suffix: 'crlf' });
  await gun.scan('6200000000000000001', { suffix: 'lf' });
  await until('the other code', () => bench.codes.length === 3);
  await gun.scan('6200000000000000001', { suffix: 'none' });
  await until('the bytes are there', async () => {
    await bench.clock.advance(50);
    return bench.codes.length === 4;
  });
  gun.noise(Buffer.from([0xfe, 0x80, 0x0d]));
  await until('the noise is told', () => bench.codes.length === 5);
  expect(bench.codes.slice(0, 2)).toEqual([`gun ${CODE}`, `gun ${CODE}`]);
  expect(bench.codes.slice(2)).toEqual(['gun 6200000000000000001', 'gun null', 'gun null']);
  expect(isScanner(scanner) && scanner.lastScan()?.characters).toBe(19);
  const written = JSON.stringify([bench.lines, bench.exchanges]);
  expect(written).toContain('[扫码 18 位]');
  expect(written).not.toMatch(/\d{10}/);
  await pty.cut();
  await until('the loss is told', () => bench.states.at(-1) === 'gun offline');
});
