import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { Lane, wireInputs, wireRelays } from '../../../peers/lane/index.ts';
import { type BoardOptions, PROFILES, RelayBoard } from '../../../peers/modbus/index.ts';
import { MangledWire, type Wire } from '../../../peers/wire.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { until } from '../../../support/until.ts';

/** A board with a lane, and a line to it whose bytes are hex. */
function plugged(options: BoardOptions = {}) {
  const clock = new FakeClock();
  const lane = new Lane({ clock });
  const relays = wireRelays(lane, { 0: 'open', 1: 'close' });
  const inputs = wireInputs(lane, { 0: 'trigger', 2: 'safety' });
  const board = new RelayBoard({ clock, relays, inputs, ...options });
  const answers: string[] = [];
  const line = { hear: (_bytes: Buffer): void => undefined };
  const wire: Wire = {
    write: (bytes) => answers.push(spaced(bytes)),
    onBytes: (listener) => {
      line.hear = listener;
      return () => undefined;
    },
  };
  board.plug(wire);
  const say = (hex: string): void => line.hear(bytes(hex));
  const ask = (hex: string): string[] => {
    say(hex);
    return answers.splice(0);
  };
  return { clock, lane, board, say, ask, answers };
}

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const spaced = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .toUpperCase()
    .replaceAll(/..(?=.)/g, '$& ');

const COIL_1_ON = '01 05 00 00 FF 00 8C 3A';
const COIL_1_OFF = '01 05 00 00 00 00 CD CA';
const PULSE_500 = '01 05 02 00 00 05 0C 71';
const READ_INPUTS = '01 02 00 00 00 08 79 CC';
const READ_COILS = '01 01 00 00 00 08 3D CC';
const ALL_OFF = '01 0F 00 00 00 08 01 00 FE 95';

test('answers the frames of the specification as it says, and moves the arm', async () => {
  const { clock, lane, ask, board } = plugged();
  expect(ask(COIL_1_ON)).toEqual([COIL_1_ON]);
  expect(ask(READ_COILS)).toEqual(['01 01 01 01 90 48']);
  await clock.advance(50);
  expect(lane.arm).toBe('open');
  expect(ask(COIL_1_OFF)).toEqual([COIL_1_OFF]);
  expect(ask('01 05 02 01 00 0A 1D B5')).toEqual(['01 05 02 01 00 0A 1D B5']);
  await clock.advance(50);
  expect([lane.arm, board.coils.slice(0, 2)]).toEqual(['closed', [false, true]]);
  expect(ask(PULSE_500)).toEqual([PULSE_500]);
  expect(ask(ALL_OFF)).toEqual(['01 0F 00 00 00 08 54 0D']);
  expect(board.coils.includes(true)).toBe(false);
  lane.arrive('粤B12345');
  lane.breakLoop('safety', 'stuck-on');
  expect(ask(READ_INPUTS)).toEqual(['01 02 01 05 61 8B']);
  expect(lane.moves.map(({ contact, ms, cause }) => [contact, ms, cause])).toEqual([
    ['open', 50, 'modbus 01050000ff008c3a'],
    ['close', 1_000, 'modbus 01050201000a1db5'],
    ['open', 500, 'modbus 0105020000050c71'],
  ]);
  expect(board.log.slice(0, 2).map(({ direction, hex }) => [direction, hex])).toEqual([
    ['in', '01050000ff008c3a'],
    ['out', '01050000ff008c3a'],
  ]);
});

test('a pulse ends by itself, also that of a coil that was on', async () => {
  const { clock, lane, ask, board } = plugged();
  ask(PULSE_500);
  await clock.advance(499);
  expect(board.coils[0]).toBe(true);
  await clock.advance(1);
  expect(board.coils[0]).toBe(false);
  ask(COIL_1_ON);
  ask(PULSE_500);
  await clock.advance(500);
  expect([board.coils[0], lane.moves.at(-1)?.ms]).toEqual([false, 500]);
});

test('refuses what it does not know, each model in its way', () => {
  const flash = plugged();
  expect(flash.ask('01 06 00 00 00 05 49 C9')).toEqual(['01 86 01 83 A0']);
  const plain = plugged({ profile: PROFILES.plain });
  expect(plain.ask(PULSE_500)).toEqual(['01 85 02 C3 51']);
  expect(plugged({ profile: { ...PROFILES.plain, noSuchAddress: 1 } }).ask(PULSE_500)).toEqual(['01 85 01 83 50']);
  expect(plain.lane.moves).toEqual([]);
  const register = plugged({ profile: PROFILES['register-06'] });
  expect(register.ask('01 06 00 00 00 05 49 C9')).toEqual(['01 06 00 00 00 05 49 C9']);
  expect(register.lane.moves.map(({ contact, ms }) => [contact, ms])).toEqual([['open', 500]]);
  expect(register.ask(PULSE_500)).toEqual(['01 85 02 C3 51']);
});

test('a bad CRC, another unit and noise before a frame are not answered', async () => {
  const { clock, ask, board, lane } = plugged();
  expect(ask('01 05 00 00 FF 00 8C 3B')).toEqual([]);
  await clock.advance(20);
  expect(ask('02 05 00 00 FF 00 8C 09')).toEqual([]);
  expect(ask(`00 ${COIL_1_ON}`)).toEqual([]);
  await clock.advance(20);
  expect(board.log.map((entry) => entry.note)).toEqual(['bad CRC', 'other unit', 'bad CRC']);
  expect([lane.moves, ask(COIL_1_OFF)]).toEqual([[], [COIL_1_OFF]]);
});

test('a torn frame is one as long as no pause is too long', async () => {
  const { clock, say, answers } = plugged();
  for (const byte of COIL_1_ON.split(' ')) {
    say(byte);
    await clock.advance(5);
  }
  expect(answers.splice(0)).toEqual([COIL_1_ON]);
  say(COIL_1_ON.slice(0, 11));
  await clock.advance(21);
  say(COIL_1_ON.slice(12));
  await clock.advance(21);
  expect(answers).toEqual([]);
});

test('faults: the relay moved or not, and the answer lost, late, wrong or refused', async () => {
  const { clock, lane, board, ask, answers } = plugged();
  board.fault({ kind: 'lose-echo' });
  expect([ask(READ_INPUTS), ask(PULSE_500), lane.moves.length]).toEqual([['01 02 01 00 A1 88'], [], 1]);
  board.fault({ kind: 'lose-request' });
  expect([ask(PULSE_500), lane.moves.length]).toEqual([[], 1]);
  board.fault({ kind: 'late', ms: 900 });
  expect([ask(PULSE_500), lane.moves.length]).toEqual([[], 2]);
  await clock.advance(900);
  expect(answers.splice(0)).toEqual([PULSE_500]);
  board.fault({ kind: 'corrupt' });
  expect([ask(PULSE_500), lane.moves.length]).toEqual([['01 05 02 00 00 05 0C 8E'], 3]);
  board.fault({ kind: 'exception', code: 2 }, { times: 2 });
  expect([ask(PULSE_500), ask(PULSE_500), lane.moves.length]).toEqual([['01 85 02 C3 51'], ['01 85 02 C3 51'], 3]);
  board.fault({ kind: 'other-unit', unit: 2 });
  expect(ask(COIL_1_OFF)).toEqual(['02 05 00 00 00 00 CD F9']);
  board.fault({ kind: 'truncate', bytes: 3 }, { of: 'reads' });
  expect([ask(COIL_1_OFF), ask(READ_INPUTS)]).toEqual([[COIL_1_OFF], ['01 02 01']]);
  board.fault({ kind: 'repeat' });
  expect(ask(COIL_1_OFF)).toEqual([COIL_1_OFF, COIL_1_OFF]);
  board.fault({ kind: 'lose-request' }, { of: 'all', times: 9 });
  board.heal();
  expect(ask(COIL_1_OFF)).toEqual([COIL_1_OFF]);
});

test('when its power fails the relays fall, and a held arm is held no more', async () => {
  const { clock, lane, board, ask } = plugged();
  ask(COIL_1_ON);
  await clock.advance(6_000);
  board.power(false);
  expect([ask(READ_COILS), board.coils[0], lane.moves[0]?.ms]).toEqual([[], false, 6_000]);
  board.power(true);
  expect(ask(READ_COILS)).toEqual(['01 01 01 00 51 88']);
});

test('Modbus TCP: several connections, torn and merged, each answered by its transaction', async () => {
  const lane = new Lane();
  const board = new RelayBoard({ relays: wireRelays(lane, { 0: 'open' }) });
  onTestFinished(async () => {
    await board.stop();
    lane.stop();
  });
  const port = await board.listenTcp();
  const clients = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')].map((socket) => {
    const heard: Buffer[] = [];
    socket.on('error', () => undefined).on('data', (chunk: Buffer) => heard.push(chunk));
    return { socket, heard: () => spaced(Buffer.concat(heard)) };
  });
  const [first, second] = clients;
  if (!first || !second) throw new Error('no clients');
  const on = '00 01 00 00 00 06 01 05 00 00 FF 00';
  first.socket.write(bytes(on).subarray(0, 5));
  second.socket.write(bytes(`00 09 00 00 00 06 01 02 00 00 00 08 ${on}`));
  await until('two answers', () => second.heard() === `00 09 00 00 00 04 01 02 01 00 ${on}`);
  first.socket.write(bytes(on).subarray(5));
  await until('an answer', () => first.heard() === on);
  expect([board.connections, lane.moves.length, board.coils[0]]).toEqual([2, 1, true]);
  board.fault({ kind: 'close' });
  first.socket.write(bytes('00 02 00 00 00 06 01 05 00 00 00 00'));
  second.socket.write(bytes('00 02 00 07 00 06 01 05 00 00 FF 00'));
  await until('both closed', () => board.connections === 0);
  expect([first.heard(), board.coils[0]]).toEqual([on, false]);
});

test('RTU over TCP is RTU, on a line with noise if need be', async () => {
  const through = (wire: Wire): Wire => {
    const mangled = new MangledWire(wire);
    mangled.fault('out', { before: Buffer.of(0) });
    return mangled;
  };
  const board = new RelayBoard({ unit: 255, through });
  onTestFinished(() => board.stop());
  const socket = connect(await board.listenRtu(), '127.0.0.1');
  let heard = '';
  socket
    .on('error', () => undefined)
    .on('data', (chunk: Buffer) => {
      heard += chunk.toString('hex');
    });
  socket.write(bytes('FF 05 00 00 FF 00 99 E4'));
  await until('an echo', () => heard === '00ff050000ff0099e4');
  expect(board.coils[0]).toBe(true);
});
