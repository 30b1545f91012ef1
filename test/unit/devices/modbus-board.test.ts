import { expect, onTestFinished, test } from 'vitest';
import type { Barrier, Device, DeviceDeps } from '../../../electron/station/devices/device.ts';
import { openLinks } from '../../../electron/station/devices/links/index.ts';
import { modbusRtu, modbusTcp } from '../../../electron/station/devices/modbus/index.ts';
import { isBarrier } from '../../../electron/station/devices/narrow.ts';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import type { Cancel } from '../../../electron/station/runtime/ports.ts';
import { Lane } from '../../peers/lane/index.ts';
import { wireInputs, wireRelays } from '../../peers/lane/wiring.ts';
import { type BoardOptions, PROFILES, RelayBoard } from '../../peers/modbus/index.ts';
import { startPty } from '../../peers/pty.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { until } from '../../support/until.ts';
import { Bench } from './recording.ts';

/** A lane of iron on a board, whose coil 0 opens and coil 1 closes, with the loops on inputs 0 and 2. */
function ironLane(options: BoardOptions = {}): { lane: Lane; board: RelayBoard } {
  const lane = new Lane({ passMs: 600 });
  const relays = wireRelays(lane, { 0: 'open', 1: 'close' });
  const inputs = wireInputs(lane, { 0: 'trigger', 2: 'safety' });
  const board = new RelayBoard({ ...options, relays, inputs });
  onTestFinished(async () => {
    await board.stop();
    lane.stop();
  });
  return { lane, board };
}

/** Of the driver alone: long, because no test waits for it. */
const REPLY_MS = 1_900;

const WIRED = {
  ...{ closeCoil: 1, pollMs: 50, debounceMs: 20, replyMs: REPLY_MS },
  inputs: [
    { input: 0, role: 'trigger-loop' },
    { input: 2, role: 'safety-loop' },
  ],
};

/** The real clock, but an answer is waited for until the test says that it will not come: a busy machine is no silent board. */
class PatientClock extends SystemClock {
  readonly #waiting = new Set<() => void>();

  override after(ms: number, task: () => void): Cancel {
    // Pauses between two attempts of a line are a twentieth; that between two writings of a hold is not.
    if (ms !== REPLY_MS) return super.after(ms >= 700 && ms !== 10_000 ? ms / 20 : ms, task);
    const due = (): void => {
      this.#waiting.delete(due);
      task();
    };
    this.#waiting.add(due);
    return () => void this.#waiting.delete(due);
  }

  giveUp(): void {
    for (const due of [...this.#waiting]) due();
  }
}
const clock = new PatientClock();
const links = openLinks({
  ...{ clock, entropy: { random: () => 0.5 }, ids: { next: (prefix) => prefix }, log: memoryLog() },
});

/** Opens, while the board will not be heard; once it did what it does. */
async function unheard(barrier: Barrier, done: () => boolean): Promise<string> {
  const opened = barrier.gate('open');
  await until('the board has done what it does', done);
  clock.giveUp();
  return (await opened).outcome;
}

interface Driven {
  readonly bench: Bench;
  readonly barrier: Barrier;
}

/** The driver on the real clock and real lines. */
async function driven(create: (deps: DeviceDeps) => Device): Promise<Driven> {
  const bench = new Bench();
  const barrier = create({ ...bench.deps, clock, links });
  if (!isBarrier(barrier)) throw new Error('no barrier');
  await barrier.start();
  onTestFinished(() => barrier.stop());
  await until('the board answers', () => bench.states.at(-1) === 'bar1 online');
  return { bench, barrier };
}

const overTcp = (port: number, over: object = {}): Promise<Driven> =>
  driven((deps) =>
    modbusTcp.create('bar1', modbusTcp.settings.parse({ ...WIRED, host: '127.0.0.1', port, ...over }), deps),
  );

const writes = (board: RelayBoard): string[] => board.requests.filter((frame) => !/^(....00000006)?0102/.test(frame));

test('a board on a serial line: a car passes, lost echoes, late echoes, wrong units, unplugged in the middle', async (ctx) => {
  const pty = await startPty();
  if ('unavailable' in pty) return ctx.skip(pty.unavailable);
  onTestFinished(() => pty.stop());
  const { lane, board } = ironLane();
  board.plug(pty);
  const settings = modbusRtu.settings.parse({ ...WIRED, path: pty.path });
  const { bench, barrier } = await driven((deps) => modbusRtu.create('bar1', settings, deps));

  const drives = lane.drive('鲁B12345');
  await until('the car stands on its loop', () => bench.inputs.includes('bar1 trigger-loop on'));
  expect((await barrier.gate('open')).outcome).toBe('done');
  expect(await drives).toBe(true);
  await until('the loops tell that it passed', () => bench.inputs.at(-1) === 'bar1 safety-loop off');
  await until('the arm is shut', () => lane.arm === 'closed');
  expect([lane.risings, lane.moves.length]).toEqual([1, 1]);

  // The relay moved, and nobody says so.
  for (const fault of [
    { kind: 'lose-echo' },
    { kind: 'corrupt' },
    { kind: 'other-unit', unit: 2 },
    { kind: 'truncate', bytes: 5 },
    { kind: 'late', ms: 100 },
  ] as const) {
    const moved = lane.moves.length;
    board.fault(fault);
    const outcome = await unheard(barrier, () => lane.moves.length > moved);
    expect([fault.kind, outcome]).toEqual([fault.kind, 'unknown']);
    const asked = board.log.length;
    await until('the board is heard again', () => board.log.length > asked + 2);
    expect([fault.kind, lane.moves.length - moved]).toEqual([fault.kind, 1]);
  }
  const before = lane.moves.length;
  board.fault({ kind: 'lose-request' });
  const lost = (): boolean => board.log.at(-1)?.note === 'lose-request' || board.log.at(-2)?.note === 'lose-request';
  expect(await unheard(barrier, lost)).toBe('unknown');
  // Right after a silence an exception may be that of the one before.
  board.fault({ kind: 'exception', code: 2 });
  expect((await barrier.gate('open')).outcome).toBe('unknown');
  expect(lane.moves.length).toBe(before);

  // Noise around every answer, and answers byte by byte.
  pty.fault('out', { before: Buffer.from('ff01020105', 'hex'), after: Buffer.from('00', 'hex'), split: 3, gapMs: 1 });
  expect((await barrier.gate('open')).outcome).toBe('done');
  pty.fault('out', {});

  const moved = lane.moves.length;
  await pty.cut();
  await until('the loss is told', () => bench.states.at(-1) === 'bar1 offline');
  expect((await barrier.gate('open')).outcome).toBe('refused');
  await pty.replug();
  await until('the board is back', () => bench.states.at(-1) === 'bar1 online');
  expect(lane.moves.length).toBe(moved);
  expect((await barrier.gate('open')).outcome).toBe('done');
  expect([lane.moves.length, lane.collisions]).toEqual([moved + 1, []]);
});

test('a board that hears at the wrong speed is never there, and none of it counts', async (ctx) => {
  const pty = await startPty();
  if ('unavailable' in pty) return ctx.skip(pty.unavailable);
  onTestFinished(() => pty.stop());
  const { lane, board } = ironLane();
  board.plug(pty);
  pty.fault('in', { baud: [9600, 19_200] });
  pty.fault('out', { baud: [19_200, 9600] });
  const bench = new Bench();
  const settings = modbusRtu.settings.parse({ ...WIRED, path: pty.path });
  const barrier = modbusRtu.create('bar1', settings, { ...bench.deps, clock, links });
  await barrier.start();
  onTestFinished(() => barrier.stop());
  await until('it counts as away', () => {
    clock.giveUp();
    return bench.states.at(-1) === 'bar1 offline';
  });
  const heard = board.log.length;
  if (!isBarrier(barrier)) throw new Error('no barrier');
  expect(await unheard(barrier, () => board.log.length > heard)).toBe('unknown');
  expect([lane.moves, bench.inputs, bench.states]).toEqual([[], [], ['bar1 offline']]);
});

test('two boards on one serial line do not disturb each other', async (ctx) => {
  const pty = await startPty();
  if ('unavailable' in pty) return ctx.skip(pty.unavailable);
  onTestFinished(() => pty.stop());
  const [first, second] = [ironLane({ unit: 1 }), ironLane({ unit: 2 })];
  first.board.plug(pty);
  second.board.plug(pty);
  const bench = new Bench();
  const deps = { ...bench.deps, clock, links };
  const bars = [1, 2].map((unit) =>
    modbusRtu.create(`bar${unit}`, modbusRtu.settings.parse({ ...WIRED, path: pty.path, unit }), deps),
  );
  for (const bar of bars) {
    await bar.start();
    onTestFinished(() => bar.stop());
  }
  await until('both answer', () => bench.states.length === 2);
  const outcomes = await Promise.all(bars.map(async (bar) => (isBarrier(bar) ? (await bar.gate('open')).outcome : '')));
  expect(outcomes).toEqual(['done', 'done']);
  second.lane.arrive('鲁B67890');
  await until('the loop of the second', () => bench.inputs.length > 0);
  expect(bench.inputs).toEqual(['bar2 trigger-loop on']);
  expect([first.lane.moves.length, second.lane.moves.length]).toEqual([1, 1]);
});

test('a board of Modbus TCP: several on one port, echo lost, connection cut in the middle, power lost', async () => {
  const { lane, board } = ironLane();
  const port = await board.listenTcp();
  const { bench, barrier } = await overTcp(port);
  expect((await barrier.gate('open')).outcome).toBe('done');
  await until('the arm is up', () => lane.arm === 'open');
  for (const kind of ['lose-echo', 'corrupt', 'close'] as const) {
    const moved = lane.moves.length;
    board.fault({ kind });
    expect([kind, await unheard(barrier, () => lane.moves.length > moved)]).toEqual([kind, 'unknown']);
    // What is under the arm cannot be read over a line that is down.
    const { states } = bench;
    if (kind === 'close')
      await until('it is back', () => states.includes('bar1 offline') && states.at(-1) === 'bar1 online');
    expect([kind, (await barrier.gate('close')).outcome]).toEqual([kind, 'done']);
    expect([kind, lane.moves.slice(moved).map(({ contact }) => contact)]).toEqual([kind, ['open', 'close']]);
  }
  const moves = lane.moves.length;
  board.fault({ kind: 'late', ms: 60 });
  expect(await unheard(barrier, () => lane.moves.length > moves)).toBe('unknown');
  board.fault({ kind: 'lose-request' });
  // The echo of the one before arrives now, and is nobody's.
  const late = (): boolean => board.log.some(({ direction, note }) => direction === 'out' && note === 'late');
  expect(await unheard(barrier, late)).toBe('unknown');
  expect(lane.moves.length).toBe(moves + 1);

  // The board forgets its coils; held is held again as soon as it is back.
  expect((await barrier.gate('hold')).outcome).toBe('done');
  expect(board.coils[0]).toBe(true);
  board.power(false);
  await until('the loss is told', () => bench.states.at(-1) === 'bar1 offline');
  board.power(true);
  await until('the board is back', () => bench.states.at(-1) === 'bar1 online');
  expect(board.coils[0]).toBe(false);
  // As the station does when a device came back.
  expect((await barrier.gate('hold')).outcome).toBe('done');
  expect(board.coils[0]).toBe(true);
  lane.arrive('鲁B12345');
  await lane.standUnder('鲁B12345');
  await until('the loop is told', () => bench.inputs.at(-1) === 'bar1 safety-loop on');
  const holding = lane.moves.length;
  expect((await barrier.gate('release-hold')).detail).toBe('防砸地感有车，未落杆');
  expect([board.coils[0], lane.moves.length]).toEqual([true, holding]);
  expect(await lane.drive('鲁B12345')).toBe(true);
  await until('the loop is clear', () => bench.inputs.at(-1) === 'bar1 safety-loop off');
  expect((await barrier.gate('release-hold')).outcome).toBe('done');
  expect([board.coils[0], lane.moves.at(-1)?.contact]).toEqual([false, 'close']);
});

test('a board without pulses, behind a serial server: switched on, and off in the end', async () => {
  const { lane, board } = ironLane({ profile: PROFILES.plain });
  const port = await board.listenRtu();
  const { barrier } = await overTcp(port, { transport: 'rtu-over-tcp', profile: 'write' });
  board.fault({ kind: 'lose-echo' });
  expect(await unheard(barrier, () => board.coils[0] === true)).toBe('unknown');
  await until('it is switched off', () => board.coils[0] === false);
  expect(lane.risings).toBe(1);
  expect((await barrier.gate('open')).outcome).toBe('done');
  await barrier.stop();
  expect(board.coils[0]).toBe(false);
});

test('a board that takes pulses in registers', async () => {
  const { lane, board } = ironLane({ profile: PROFILES['register-06'] });
  const port = await board.listenTcp();
  const { barrier } = await overTcp(port, { profile: 'register' });
  expect((await barrier.gate('open')).outcome).toBe('done');
  expect([writes(board).at(-1)?.slice(12), lane.moves[0]?.ms]).toEqual(['010600000005', 500]);
  // Told to make pulses in a way that it does not know, it refuses, and nothing moves.
  const { barrier: wrong } = await overTcp(port, { profile: 'flash' });
  expect((await wrong.gate('open')).outcome).toBe('refused');
  expect(lane.moves.length).toBe(1);
});
