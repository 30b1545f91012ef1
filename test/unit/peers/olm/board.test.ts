import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { Lane, wireRelays } from '../../../peers/lane/index.ts';
import { OlmBoard, type OlmOptions } from '../../../peers/olm/index.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { until } from '../../../support/until.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');
const spaced = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .toUpperCase()
    .replaceAll(/..(?=.)/g, '$& ');

const WELCOME = `00 64 FF FF 6F 41 00 00 02 00 00 00 05 00 03 00 FF 00 00 00 08 D4 C1 42 31 32 33 34 35 0D 01 00 00 05 00 03 00 00 FF 00 00 08
  BB B6 D3 AD B9 E2 C1 D9 00 0A 11 D4 C1 42 31 32 33 34 35 2C BB B6 D3 AD B9 E2 C1 D9 00 BA 6C`;
const PAY = '00 64 FF FF 30 0A 01 C7 EB BD C9 B7 D1 35 D4 AA 06 8C';
const PASS =
  '00 64 FF FF 62 22 00 00 01 00 05 00 00 03 00 FF 00 00 00 00 00 00 00 0F 00 D4 C1 42 31 32 33 34 35 20 C7 EB CD A8 D0 D0 12 EF';
const OPEN = '00 64 FF FF 0F 06 01 00 00 00 00 01 19 65';
const CLOCK = '00 64 FF FF 05 08 EA 07 0B 16 01 09 1E 00 5F E6';

function board(options: OlmOptions = {}): { board: OlmBoard; clock: FakeClock; ask: (hex: string) => string[] } {
  const clock = new FakeClock();
  const made = new OlmBoard({ clock, ...options });
  return { board: made, clock, ask: (hex) => made.receive(bytes(hex)).map(spaced) };
}

/** A frame of the test's own: its CRC comes with it. */
const OLD_LINE = '00 64 FF FF 6E 10 00 01 00 00 00 05 00 FF 00 00 00 01 41 00 00 00';

test('shows and says what the samples of the specification say', async () => {
  const { board: led, clock, ask } = board();
  expect(ask(WELCOME)).toEqual(['00 64 FF FF 6F 01 00 06 A9']);
  expect(led.screen).toEqual(['粤B12345', '欢迎光临', '', '']);
  expect(led.lines[0]).toEqual({
    ...{ line: 0, text: '粤B12345', colour: 'FF000000', effect: 0, font: 3, seconds: 5, times: 0 },
  });
  expect(led.lines[1]?.colour).toBe('00FF0000');
  await clock.advance(50);
  expect(ask(PAY)).toEqual(['00 64 FF FF 30 01 00 36 BB']);
  expect(led.spoken.map(({ text }) => text)).toEqual(['粤B12345,欢迎光临', '请缴费5元']);
  await clock.advance(50);
  expect(ask(PASS)).toHaveLength(1);
  expect(led.screen[0]).toBe('粤B12345 请通行');
  await clock.advance(50);
  expect(ask(CLOCK)).toHaveLength(1);
  expect([led.settings.clock, led.complaints]).toEqual(['2026-11-22 09:30:00', []]);
  expect(led.received.map(({ command, status }) => [command, status])).toEqual([
    [0x6f, 0],
    [0x30, 0],
    [0x62, 0],
    [0x05, 0],
  ]);
});

test('its relays move the arm: for seconds, for good, and off', async () => {
  const clock = new FakeClock();
  const lane = new Lane({ clock });
  const { board: led } = board({ clock, relays: wireRelays(lane, { 1: 'open', 2: 'close' }) });
  expect(led.receive(bytes(OPEN)).map(spaced)).toEqual(['00 64 FF FF 0F 01 00 06 B7']);
  await clock.advance(50);
  expect([lane.arm, lane.moves[0]?.ms, lane.moves[0]?.cause]).toEqual(['open', 1_000, 'olm 0f 010000000001']);
  led.receive(bytes(OPEN.replace('01 19 65', 'FF 98 E5')));
  expect(lane.moves[1]?.ms).toBe(null);
  await clock.advance(8_000);
  led.receive(bytes(OPEN.replace('01 19 65', '00 D8 A5')));
  expect(lane.moves[1]?.ms).toBe(8_000);
});

test('understands bytes torn and merged, and is silent to what is damaged or for others', async () => {
  const { board: led, ask } = board({ pacingMs: 0 });
  const answers: string[] = [];
  for (const byte of bytes(PAY)) answers.push(...led.receive(Buffer.of(byte)).map(spaced));
  expect(answers).toEqual(['00 64 FF FF 30 01 00 36 BB']);
  expect(ask(`${PAY} ${OPEN}`)).toEqual(['00 64 FF FF 30 01 00 36 BB', '00 64 FF FF 0F 01 00 06 B7']);
  expect(ask(PAY.replace('06 8C', '06 8D'))).toEqual([]);
  expect(ask(`FF 12 ${OPEN}`)).toEqual(['00 64 FF FF 0F 01 00 06 B7']);
  expect([led.spoken.length, board({ address: 1 }).ask(PAY)]).toEqual([2, []]);
});

test('a temporary text falls back after its time to what is stored, or to nothing', async () => {
  const { board: led, clock, ask } = board();
  // GST 3 in place of 0: the whole screen for three seconds.
  ask('00 64 FF FF 62 14 00 00 01 03 05 00 00 03 00 FF 00 00 00 00 00 00 00 01 00 41 E7 12');
  expect(led.screen[0]).toBe('A');
  await clock.advance(2_999);
  expect(led.screen[0]).toBe('A');
  await clock.advance(1);
  expect(led.screen[0]).toBe('');
  // DRS 2 at DT 5: twice five seconds.
  ask('00 64 FF FF 62 14 00 00 01 00 05 00 00 03 02 FF 00 00 00 00 00 00 00 01 00 41 EE 25');
  await clock.advance(9_999);
  expect(led.screen[0]).toBe('A');
  await clock.advance(1);
  expect(led.screen[0]).toBe('');
});

test('a stored text is in flash: it outlives a power cut, and is not to be written without need', async () => {
  const { board: led, clock, ask } = board({ pacingMs: 0 });
  const store = '00 64 FF FF 6F 12 01 00 01 00 00 00 05 00 03 00 00 FF 00 00 01 42 00 00 1F 80';
  expect(ask(store)).toEqual(['00 64 FF FF 6F 01 00 06 A9']);
  ask('00 64 FF FF 62 14 00 00 01 03 05 00 00 03 00 FF 00 00 00 00 00 00 00 01 00 41 E7 12');
  expect(led.screen[0]).toBe('A');
  await clock.advance(3_000);
  expect([led.screen[0], led.complaints]).toEqual(['B', []]);
  led.powerLoss();
  expect(led.screen[0]).toBe('B');
  ask(store);
  expect(led.complaints).toEqual(['6F: flash written without a change']);
});

test('on a wire, a frame that began and does not go on is given up after a silence', async () => {
  const { board: led, clock } = board();
  const answers: string[] = [];
  let hear: (bytes: Buffer) => void = () => undefined;
  led.plug({
    write: (answer) => answers.push(spaced(answer)),
    onBytes: (listener) => {
      hear = listener;
      return () => undefined;
    },
  });
  hear(bytes(WELCOME).subarray(0, 20));
  await clock.advance(200);
  hear(bytes(PAY));
  expect(answers).toEqual(['00 64 FF FF 30 01 00 36 BB']);
});

test('speaks one after the other, at once, or instead of everything', async () => {
  const { board: led, clock, ask } = board({ msPerCharacter: 10, pacingMs: 0 });
  const say = (option: string, crc: string): void => {
    ask(`00 64 FF FF 30 02 ${option} 41 ${crc}`);
  };
  say('00', '0B 26');
  say('00', '0B 26');
  expect([led.spoken.length, led.waiting]).toEqual([1, ['A']]);
  say('01', '0A B6');
  expect(led.spoken.map(({ cut }) => cut)).toEqual([true, false]);
  expect(led.waiting).toEqual(['A']);
  say('02', '0A 46');
  expect([led.spoken.length, led.waiting]).toEqual([3, []]);
  say('00', '0B 26');
  await clock.advance(10);
  expect(led.spoken).toHaveLength(4);
  say('00', '0B 26');
  ask('00 64 FF FF 31 00 64 67');
  await clock.advance(50);
  expect([led.spoken.length, led.waiting]).toEqual([4, []]);
});

test('older boards know 6E and not 6F, newer ones the other way round', () => {
  const newer = board();
  const older = board({ version: 'old' });
  expect(newer.ask(`${OLD_LINE} 9E C6`)).toEqual(['00 64 FF FF 6E 01 01 96 A9']);
  expect(older.ask(`${OLD_LINE} 9E C6`)).toEqual(['00 64 FF FF 6E 01 00 57 69']);
  expect(older.board.screen[0]).toBe('A');
  expect(older.ask(WELCOME)).toEqual(['00 64 FF FF 6F 01 01 C7 69']);
  expect(newer.board.screen[0]).toBe('');
});

test('a level or a relay that it does not have is an error; a lost answer is no refusal', () => {
  const { board: led, ask } = board({ pacingMs: 0 });
  expect(ask('00 64 FF FF 0D 01 32 26 A2')).toEqual(['00 64 FF FF 0D 01 00 A7 77']);
  expect(ask('00 64 FF FF 0D 01 05 67 74')).toEqual(['00 64 FF FF 0D 01 03 E7 76']);
  expect(led.settings.volume).toBe(50);
  led.fault({ kind: 'lose-answer' });
  expect([ask(PAY), led.spoken.length]).toEqual([[], 1]);
  led.fault({ kind: 'corrupt-answer' });
  expect([ask(PAY), led.spoken.length]).toEqual([['00 64 FF FF 30 01 00 36 44'], 2]);
  led.fault({ kind: 'error', status: 9 });
  expect([ask(PAY).length, led.spoken.length, led.received.at(-1)?.status]).toEqual([1, 2, 9]);
});

test('told not to answer it still obeys; after a power cut it answers again and has forgotten its texts', () => {
  const { board: led, ask } = board({ pacingMs: 0 });
  expect(ask('00 64 FF FF 1A 01 01 D6 B3')).toEqual([]);
  expect(ask(WELCOME)).toEqual([]);
  expect(led.screen[0]).toBe('粤B12345');
  led.powerLoss();
  expect(led.screen).toEqual(['', '', '', '']);
  expect(ask(PAY)).toHaveLength(1);
  led.powerOff();
  expect(ask(PAY)).toEqual([]);
});

test('complains of what a strict board would stumble over', () => {
  const { board: led, ask } = board();
  ask(PAY);
  ask(PAY);
  expect(led.complaints.splice(0)).toEqual(['a frame 0 ms after another']);
  // 33 bytes in a line, and half a character at the end of another.
  const long = '41 '.repeat(33);
  ask(`00 64 FF FF 62 34 00 00 01 00 05 00 00 03 00 FF 00 00 00 00 00 00 00 21 00 ${long} D2 48`);
  ask('00 64 FF FF 62 14 00 00 01 00 05 00 00 03 00 FF 00 00 00 00 00 00 00 01 00 D4 D7 8D');
  expect(led.complaints.filter((complaint) => complaint.startsWith('62'))).toEqual([
    `62: a line of 33 bytes, more than 32: ${'A'.repeat(33)}`,
    '62: a line: half a character at the end: D4',
  ]);
});

test('listens on TCP, each connection a line of its own', async () => {
  const led = new OlmBoard();
  onTestFinished(() => led.stop());
  const socket = connect(await led.listen(), '127.0.0.1').on('error', () => undefined);
  let heard = '';
  socket.on('data', (chunk: Buffer) => {
    heard += spaced(chunk);
  });
  socket.write(bytes(WELCOME).subarray(0, 30));
  socket.write(bytes(WELCOME).subarray(30));
  await until('an answer', () => heard === '00 64 FF FF 6F 01 00 06 A9');
  expect(led.screen[1]).toBe('欢迎光临');
});
