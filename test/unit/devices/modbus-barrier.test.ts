import { describe, expect, it } from 'vitest';
import type { Barrier, DeviceDeps } from '../../../electron/station/devices/device.ts';
import { Turns } from '../../../electron/station/devices/links/turns.ts';
import type { LineListener, Written } from '../../../electron/station/devices/links.ts';
import { modbusRtu, modbusTcp } from '../../../electron/station/devices/modbus/index.ts';
import { isBarrier } from '../../../electron/station/devices/narrow.ts';
import { crc16 } from '../../peers/crc16.ts';
import { seeded } from '../../support/random.ts';
import { Bench } from './recording.ts';

/** As the public table of the boards has them. */
const OPEN = '0105020000050c71';
const OPEN_ON = '01050000ff008c3a';
const OPEN_OFF = '010500000000cdca';
const READ = '01020000000879cc';
const INPUTS_1_AND_3 = '01020105618b';
const NO_INPUT = '01020100a188';
const EXCEPTION = '018502c351';
/** The pulse of half a second, a tenth longer; and one of coil 2. */
const OPEN_LONGER = /^0105020000064c70$/;
const CLOSE = '010502010005';

/** With the CRC of whoever simulates boards. */
const framed = (hex: string): string => hex + crc16(Buffer.from(hex, 'hex')).toString('hex');
const hexOf = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('hex');

type Answers = (frame: string, nth: number) => string | null;

/** A line with the board of the test behind it, which answers after 10 ms or not at all. */
class Board {
  readonly bench = new Bench();
  readonly frames: string[] = [];
  readonly resets: string[] = [];
  answers: Answers = (frame) => (frame === READ ? NO_INPUT : frame);
  written: Written = 'written';
  isUp = false;
  readonly barrier: Barrier;
  readonly turns = new Turns();
  #listener: LineListener | null = null;

  constructor(settings: Record<string, unknown> = {}, tcp = false) {
    const { clock } = this.bench;
    const isUp = (): boolean => this.isUp;
    const deps: DeviceDeps = {
      ...this.bench.deps,
      links: {
        ...this.bench.deps.links,
        line: (_address, listener) => {
          this.#listener = listener;
          return {
            get isUp() {
              return isUp();
            },
            write: (bytes) => {
              const frame = Buffer.from(bytes).toString('hex');
              this.frames.push(frame);
              const answer = this.answers(frame, this.frames.filter((each) => each === frame).length);
              if (answer !== null) clock.after(10, () => this.hears(answer));
              return Promise.resolve(this.written);
            },
            turn: (urgency, task) => this.turns.take(urgency, task),
            reset: (why) => {
              this.resets.push(why);
              this.unplug(why);
              clock.after(100, () => this.plug());
            },
            close: () => undefined,
          };
        },
      },
    };
    const device = tcp
      ? modbusTcp.create('bar1', modbusTcp.settings.parse({ host: '10.0.0.9', ...settings }), deps)
      : modbusRtu.create('bar1', modbusRtu.settings.parse({ path: '/dev/ttyUSB0', ...settings }), deps);
    if (!isBarrier(device)) throw new Error('no barrier');
    this.barrier = device;
  }

  async start(): Promise<this> {
    await this.barrier.start();
    this.plug();
    await this.bench.clock.advance(60);
    return this;
  }

  plug(): void {
    this.isUp = true;
    this.#listener?.state(true, '已连接');
  }

  unplug(why = '串口已断开'): void {
    this.isUp = false;
    this.#listener?.state(false, why);
  }

  hears(hex: string): void {
    this.#listener?.data(Buffer.from(hex, 'hex'));
  }

  /** What was written, besides polls. */
  get orders(): string[] {
    return this.frames.filter((frame) => frame !== READ);
  }

  count(frame: string): number {
    return this.frames.filter((each) => each === frame).length;
  }
}

const started = (settings: Record<string, unknown> = {}, tcp = false): Promise<Board> =>
  new Board(settings, tcp).start();

describe('an arm on a relay board', () => {
  it('opens with the first byte before the call returns, by the settings that were always enough', async () => {
    const settings = modbusRtu.settings.parse({ path: '/dev/ttyUSB0', unit: 1, openCoil: 0 });
    expect(settings).toMatchObject({ baudRate: 9600, profile: 'flash', openPulseMs: 500, replyMs: 300, pollMs: 100 });
    const board = await started();
    const opened = board.barrier.gate('open');
    expect(board.frames.at(-1)).toBe(OPEN);
    await board.bench.clock.advance(20);
    expect(await opened).toEqual({ outcome: 'done', detail: '继电器板已确认' });
    expect([board.bench.states, board.bench.delays]).toEqual([['bar1 online'], [10]]);
  });

  it('is unknown when the echo is lost, and its pulse is not sent again', async () => {
    const board = await started();
    board.answers = (frame) => (frame === READ ? NO_INPUT : null);
    const opened = board.barrier.gate('open');
    await board.bench.clock.advance(299);
    expect(await Promise.race([opened, Promise.resolve('waits')])).toBe('waits');
    await board.bench.clock.advance(1);
    expect((await opened).outcome).toBe('unknown');
    await board.bench.clock.advance(60_000);
    // That the board answers the next poll proves that the order is on its way no more.
    expect([board.count(OPEN), board.resets]).toEqual([1, []]);
    expect(board.bench.delays).toEqual([]);
  });

  it('is made on another connection when nothing at all answers after an order, so that the order cannot leave late', async () => {
    const board = await started();
    board.answers = () => null;
    const opened = board.barrier.gate('open');
    await board.bench.clock.advance(620);
    expect((await opened).outcome).toBe('unknown');
    expect(board.resets.length).toBe(1);
    await board.bench.clock.advance(5_000);
    expect(board.count(OPEN)).toBe(1);
  });

  it('is not taken for opened by an echo that comes late', async () => {
    const board = await started({ replyMs: 300 });
    board.answers = (frame) => (frame === READ ? NO_INPUT : null);
    const first = board.barrier.gate('open');
    await board.bench.clock.advance(400);
    const second = board.barrier.gate('open');
    await board.bench.clock.advance(10);
    board.hears(OPEN);
    await board.bench.clock.advance(600);
    expect([(await first).outcome, (await second).outcome]).toEqual(['unknown', 'unknown']);
    expect(board.orders[1]).toMatch(OPEN_LONGER);
    // A while later no echo is late any more.
    await board.bench.clock.advance(3_000);
    board.answers = (frame) => (frame === READ ? NO_INPUT : frame);
    const third = board.barrier.gate('open');
    await board.bench.clock.advance(20);
    expect([(await third).outcome, board.orders]).toEqual(['done', [OPEN, expect.stringMatching(OPEN_LONGER), OPEN]]);
  });

  it('is not taken for opened by any echo of several that come late', async () => {
    const board = await started({ replyMs: 100 });
    board.answers = (frame) => (frame === READ ? NO_INPUT : null);
    const outcomes: string[] = [];
    for (let press = 0; press < 5; press += 1) {
      const opened = board.barrier.gate('open');
      await board.bench.clock.advance(10);
      for (const late of board.orders.slice(0, -1)) board.hears(late);
      await board.bench.clock.advance(300);
      outcomes.push((await opened).outcome);
    }
    expect(outcomes).toEqual(Array.from({ length: 5 }, () => 'unknown'));
    expect(new Set(board.orders).size).toBe(5);
  });

  it.each([
    ['an exception', EXCEPTION, 'refused', '没有该地址'],
    ['an exception of a gateway whose board is silent', '01850b0357', 'unknown', '没有应答'],
    ['an answer of another unit', '0205020000050c42', 'unknown', '没有应答'],
    ['an echo with a wrong CRC', '0105020000050c72', 'unknown', '没有应答'],
    ['the echo of another pulse', '01050201000a1db5', 'unknown', '没有应答'],
  ])('%s', async (_what, answer, outcome, detail) => {
    const board = await started();
    board.answers = (frame) => (frame === READ ? NO_INPUT : answer);
    const opened = board.barrier.gate('open');
    await board.bench.clock.advance(400);
    expect(await opened).toMatchObject({ outcome, detail: expect.stringContaining(detail) });
    expect(board.count(OPEN)).toBe(1);
  });

  it('waits two seconds for its line, and then does not open at all', async () => {
    const board = await started();
    board.unplug();
    const soon = board.barrier.gate('open');
    await board.bench.clock.advance(1_500);
    expect(board.orders).toEqual([]);
    board.plug();
    await board.bench.clock.advance(20);
    expect([(await soon).outcome, board.orders]).toEqual(['done', [OPEN]]);
    board.unplug();
    const late = board.barrier.gate('open');
    await board.bench.clock.advance(2_001);
    expect((await late).outcome).toBe('refused');
    board.plug();
    await board.bench.clock.advance(5_000);
    expect(board.count(OPEN)).toBe(1);
  });

  it('waits for one poll at most, and for others on its line two seconds at most', async () => {
    const board = await started({ inputs: [{ input: 0, role: 'safety-loop' }] });
    board.answers = (frame) => (frame === READ ? null : frame);
    await board.bench.clock.advance(100);
    const polls = board.count(READ);
    const opened = board.barrier.gate('open');
    await board.bench.clock.advance(330);
    expect([(await opened).outcome, board.count(READ) - polls]).toEqual(['done', 0]);
    const other = board.turns.take('usual', () => new Promise<void>(() => undefined));
    const waits = board.barrier.gate('open');
    await board.bench.clock.advance(2_500);
    expect(await waits).toEqual({ outcome: 'refused', detail: '线路一直被占用，指令没有发出' });
    expect(board.count(OPEN)).toBe(1);
    void other;
  });

  it('is unknown when its line is cut in the middle', async () => {
    const board = await started();
    board.answers = (frame) => (frame === READ ? NO_INPUT : null);
    const opened = board.barrier.gate('open');
    await board.bench.clock.advance(50);
    board.unplug();
    expect((await opened).outcome).toBe('unknown');
    board.plug();
    await board.bench.clock.advance(5_000);
    expect([board.count(OPEN), board.bench.states]).toEqual([1, ['bar1 online', 'bar1 offline', 'bar1 online']]);
  });

  it('closes where a close contact is wired, and never while its own safety loop is occupied', async () => {
    const board = await started({ closeCoil: 1, inputs: [{ input: 2, role: 'safety-loop' }] });
    await board.bench.clock.advance(2_100);
    const closed = board.barrier.gate('close');
    await board.bench.clock.advance(30);
    expect((await closed).outcome).toBe('done');
    board.answers = (frame) => (frame === READ ? INPUTS_1_AND_3 : frame);
    await board.bench.clock.advance(300);
    expect(board.bench.inputs).toEqual(['bar1 safety-loop on']);
    const before = board.orders.length;
    expect(await board.barrier.gate('close')).toEqual({ outcome: 'refused', detail: '防砸地感有车，未落杆' });
    expect(await board.barrier.gate('release-hold')).toMatchObject({ outcome: 'refused' });
    // Still there for all that is known, also when the board is silent.
    board.answers = () => null;
    await board.bench.clock.advance(5_000);
    expect((await board.barrier.gate('close')).outcome).toBe('refused');
    expect([board.orders.length, board.orders.filter((frame) => frame.startsWith(CLOSE)).length]).toEqual([before, 1]);
    const bare = await started();
    expect((await bare.barrier.gate('close')).detail).toContain('没有接落杆线');
  });
});

describe('an arm that is held up', () => {
  it('is a coil that is kept on: tried again when that is not confirmed, written again now and then, and let go', async () => {
    const board = await started({ closeCoil: 1 });
    await board.bench.clock.advance(2_100);
    const before = board.orders.length;
    board.answers = (frame, nth) => (frame === READ ? NO_INPUT : frame === OPEN_ON && nth === 1 ? null : frame);
    const held = board.barrier.gate('hold');
    await board.bench.clock.advance(400);
    expect([(await held).outcome, board.orders.slice(before)]).toEqual(['done', [OPEN_ON, OPEN_ON]]);
    // A pulse would end it.
    const opened = board.barrier.gate('open');
    await board.bench.clock.advance(20);
    expect([(await opened).outcome, board.count(OPEN), board.count(OPEN_ON)]).toEqual(['done', 0, 3]);
    expect((await board.barrier.gate('close')).detail).toContain('常抬');
    await board.bench.clock.advance(10_000);
    expect(board.count(OPEN_ON)).toBe(4);
    const released = board.barrier.gate('release-hold');
    await board.bench.clock.advance(40);
    expect((await released).outcome).toBe('done');
    expect(board.orders.slice(-2).map((frame) => frame.slice(0, 12))).toEqual([OPEN_OFF.slice(0, 12), CLOSE]);
    await board.bench.clock.advance(30_000);
    expect(board.count(OPEN_ON)).toBe(4);
  });

  it('is let go until the board confirms it, and the arm is not told to fall before', async () => {
    const board = await started({ closeCoil: 1 });
    await board.bench.clock.advance(2_100);
    void board.barrier.gate('hold');
    await board.bench.clock.advance(20);
    board.answers = (frame) => (frame === READ ? NO_INPUT : null);
    const released = board.barrier.gate('release-hold');
    await board.bench.clock.advance(1_000);
    expect((await released).outcome).toBe('unknown');
    board.answers = (frame) => (frame === READ ? NO_INPUT : frame);
    await board.bench.clock.advance(1_000);
    const offs = board.count(OPEN_OFF);
    expect(offs).toBeGreaterThan(3);
    await board.bench.clock.advance(10_000);
    expect([board.count(OPEN_OFF), board.orders.some((frame) => frame.startsWith(CLOSE))]).toEqual([offs, false]);
  });

  it('that was left up by a program that ended is let go, unless the station says at once that it is held', async () => {
    const left = await started();
    await left.bench.clock.advance(2_100);
    expect(left.orders).toEqual([OPEN_OFF]);
    const held = await started();
    void held.barrier.gate('hold');
    await held.bench.clock.advance(5_000);
    expect(held.orders).toEqual([OPEN_ON]);
  });
});

describe('an arm whose safety loop hangs on its board', () => {
  const wired = { closeCoil: 1, inputs: [{ input: 2, role: 'safety-loop' }] };
  const car: Answers = (frame) => (frame === READ ? INPUTS_1_AND_3 : frame);
  const nobody: Answers = (frame) => (frame === READ ? NO_INPUT : frame);
  const mute: Answers = () => null;
  const ended = async (board: Board, action: 'close' | 'hold' | 'release-hold', ms = 400) => {
    const outcome = board.barrier.gate(action);
    await board.bench.clock.advance(ms);
    return outcome;
  };

  it('is not told to fall by what was read before: it is read again, in the same turn', async () => {
    const board = await started(wired);
    await board.bench.clock.advance(2_100);
    const before = board.orders.length;
    // The car came after the last poll, and its contact does not count yet.
    board.answers = car;
    expect(await ended(board, 'close', 30)).toEqual({ outcome: 'refused', detail: '防砸地感有车，未落杆' });
    board.answers = nobody;
    await board.bench.clock.advance(300);
    board.answers = mute;
    expect(await ended(board, 'close')).toMatchObject({
      outcome: 'refused',
      detail: expect.stringContaining('读不到'),
    });
    expect(board.orders.length).toBe(before);
    board.answers = nobody;
    await board.bench.clock.advance(1_000);
    expect((await ended(board, 'close')).outcome).toBe('done');
    expect(board.orders.slice(before)).toEqual([expect.stringMatching(CLOSE)]);
    // Nothing comes between the reading and the order.
    expect(board.frames[board.frames.indexOf(board.orders.at(-1) ?? '') - 1]).toBe(READ);
  });

  it('is not told to fall at all when its line is down, or before the first look at a car that is there', async () => {
    const board = await started(wired);
    await board.bench.clock.advance(2_100);
    const before = board.orders.length;
    board.unplug();
    expect(await ended(board, 'close', 0)).toMatchObject({ outcome: 'refused' });
    board.answers = car;
    board.plug();
    await board.bench.clock.advance(2_500);
    expect(board.orders.length).toBe(before);
    const cold = new Board(wired);
    cold.answers = car;
    await cold.barrier.start();
    cold.plug();
    expect((await ended(cold, 'close')).outcome).toBe('refused');
    expect(cold.orders).toEqual([]);
  });

  it('stays held when a car comes in the moment that the hold is ended, and falls onto none after it', async () => {
    const board = await started(wired);
    await board.bench.clock.advance(2_100);
    await ended(board, 'hold');
    board.answers = car;
    expect(await ended(board, 'release-hold', 30)).toEqual({ outcome: 'refused', detail: '防砸地感有车，未落杆' });
    expect((await ended(board, 'close', 0)).outcome).toBe('refused');
    await board.bench.clock.advance(10_000);
    expect(board.orders.slice(-2)).toEqual([OPEN_ON, OPEN_ON]);
    board.answers = nobody;
    await board.bench.clock.advance(300);
    // It comes between the end of the hold and the fall.
    board.answers = (frame, nth) => {
      if (frame === OPEN_OFF) board.answers = car;
      return nobody(frame, nth);
    };
    expect(await ended(board, 'release-hold')).toEqual({
      outcome: 'unknown',
      detail: '常抬已取消，防砸地感有车，未落杆',
    });
    expect(board.orders.at(-1)).toBe(OPEN_OFF);
  });

  it('that was left up is let go half a second after the car has gone, not before', async () => {
    const board = new Board({ ...wired, profile: 'write' });
    board.answers = car;
    await board.start();
    await board.bench.clock.advance(10_000);
    // The contact that pushes it down holds up nobody.
    expect(board.orders.filter((frame) => frame === OPEN_OFF)).toEqual([]);
    expect(board.orders.length).toBe(1);
    board.answers = nobody;
    await board.bench.clock.advance(450);
    expect(board.count(OPEN_OFF)).toBe(0);
    await board.bench.clock.advance(1_100);
    expect(board.count(OPEN_OFF)).toBe(1);
  });

  it('whose hold was ended while the board was silent is let go when it is back and the loop was clear, and not by a stop', async () => {
    const board = await started(wired);
    await board.bench.clock.advance(2_100);
    await ended(board, 'hold');
    const offs = board.count(OPEN_OFF);
    board.answers = mute;
    expect((await ended(board, 'release-hold', 2_000)).outcome).toBe('unknown');
    await board.bench.clock.advance(5_000);
    board.answers = car;
    await board.bench.clock.advance(10_000);
    expect(board.count(OPEN_OFF)).toBe(offs);
    const stopped = board.barrier.stop();
    await board.bench.clock.advance(100);
    await stopped;
    expect(board.count(OPEN_OFF)).toBe(offs);

    const clear = await started(wired);
    await clear.bench.clock.advance(2_100);
    await ended(clear, 'hold');
    clear.unplug();
    expect((await ended(clear, 'release-hold')).outcome).toBe('unknown');
    clear.plug();
    await clear.bench.clock.advance(400);
    expect(clear.count(OPEN_OFF)).toBe(1);
    await clear.bench.clock.advance(1_000);
    expect(clear.count(OPEN_OFF)).toBe(2);
  });

  it('is opened without a question before', async () => {
    const board = await started(wired);
    void board.barrier.gate('open');
    expect(board.frames.at(-1)).toBe(OPEN);
  });
});

describe('a board without pulses', () => {
  const settings = { profile: 'write', openPulseMs: 500 };

  it('is switched on and off, and the outcome is that of the first', async () => {
    const board = await started(settings);
    await board.bench.clock.advance(2_100);
    const before = board.orders.length;
    const opened = board.barrier.gate('open');
    await board.bench.clock.advance(20);
    expect((await opened).outcome).toBe('done');
    await board.bench.clock.advance(480);
    expect(board.orders.slice(before)).toEqual([OPEN_ON]);
    await board.bench.clock.advance(60);
    expect(board.orders.slice(before)).toEqual([OPEN_ON, OPEN_OFF]);
  });

  it('is switched off again and again until that is confirmed, also when switching on was not', async () => {
    const board = await started(settings);
    await board.bench.clock.advance(2_100);
    const before = board.orders.length;
    board.answers = (frame) => (frame === READ ? NO_INPUT : null);
    const opened = board.barrier.gate('open');
    await board.bench.clock.advance(3_000);
    expect((await opened).outcome).toBe('unknown');
    const tries = board.orders.slice(before);
    expect([tries[0], new Set(tries.slice(1)), tries.length > 3]).toEqual([OPEN_ON, new Set([OPEN_OFF]), true]);
    board.answers = (frame) => (frame === READ ? NO_INPUT : frame);
    await board.bench.clock.advance(1_000);
    const settled = board.orders.length;
    await board.bench.clock.advance(10_000);
    expect(board.orders.length).toBe(settled);
  });

  it('is switched off after its line came back, and when it is stopped', async () => {
    const board = await started(settings);
    await board.bench.clock.advance(2_100);
    void board.barrier.gate('open');
    await board.bench.clock.advance(100);
    board.unplug();
    await board.bench.clock.advance(3_000);
    const before = board.orders.length;
    board.plug();
    await board.bench.clock.advance(50);
    expect(board.orders.slice(before)).toEqual([OPEN_OFF]);
    void board.barrier.gate('open');
    await board.bench.clock.advance(100);
    const stopped = board.barrier.stop();
    await board.bench.clock.advance(50);
    await stopped;
    expect(board.orders.slice(before)).toEqual([OPEN_OFF, OPEN_ON, OPEN_OFF]);
    expect((await board.barrier.gate('open')).outcome).toBe('refused');
  });

  it('is opened again for the whole time by an order that comes before the first is over', async () => {
    const board = await started(settings);
    await board.bench.clock.advance(2_100);
    const before = board.orders.length;
    void board.barrier.gate('open');
    await board.bench.clock.advance(400);
    void board.barrier.gate('open');
    await board.bench.clock.advance(490);
    expect(board.orders.slice(before)).toEqual([OPEN_ON, OPEN_ON]);
    await board.bench.clock.advance(100);
    expect(board.orders.slice(before)).toEqual([OPEN_ON, OPEN_ON, OPEN_OFF]);
  });
});

describe('what hangs on the inputs', () => {
  const inputs = [
    { input: 0, role: 'trigger-loop' },
    { input: 2, role: 'safety-loop' },
  ];

  it('is told once it stayed for its time, and not for a contact that bounces', async () => {
    const board = await started({ inputs });
    expect(board.bench.inputs).toEqual([]);
    let on = true;
    board.answers = (frame) => {
      on = !on;
      return frame === READ ? (on ? INPUTS_1_AND_3 : NO_INPUT) : frame;
    };
    await board.bench.clock.advance(1_000);
    expect(board.bench.inputs).toEqual([]);
    board.answers = (frame) => (frame === READ ? INPUTS_1_AND_3 : frame);
    await board.bench.clock.advance(300);
    expect(board.bench.inputs).toEqual(['bar1 trigger-loop on', 'bar1 safety-loop on']);
    board.answers = (frame) => (frame === READ ? NO_INPUT : frame);
    await board.bench.clock.advance(300);
    expect(board.bench.inputs.slice(2)).toEqual(['bar1 trigger-loop off', 'bar1 safety-loop off']);
    expect(board.barrier.facts?.().inputs).toEqual(['trigger-loop', 'safety-loop']);
  });

  it('may be wired the other way round, or come as pulses', async () => {
    const board = new Board({
      inputs: [
        { input: 0, role: 'safety-loop', mode: 'pulse' },
        { input: 1, role: 'rain', inverted: true },
      ],
    });
    await board.start();
    await board.bench.clock.advance(200);
    expect(board.bench.inputs).toEqual(['bar1 rain on']);
    board.answers = (frame) => (frame === READ ? INPUTS_1_AND_3 : frame);
    await board.bench.clock.advance(200);
    board.answers = (frame) => (frame === READ ? NO_INPUT : frame);
    await board.bench.clock.advance(200);
    expect(board.bench.inputs.slice(1)).toEqual(['bar1 safety-loop on', 'bar1 safety-loop off']);
    expect(board.barrier.facts?.().inputs).toEqual(['rain']);
  });

  it('is not known while the board is silent, and nothing is told wrong: three silent polls, and the board is away', async () => {
    const board = await started({ inputs });
    board.answers = (frame) => (frame === READ ? INPUTS_1_AND_3 : frame);
    await board.bench.clock.advance(2_100);
    board.answers = () => null;
    await board.bench.clock.advance(1_000);
    expect(board.bench.states).toEqual(['bar1 online']);
    await board.bench.clock.advance(1_500);
    expect([board.bench.states, board.bench.inputs.length]).toEqual([['bar1 online', 'bar1 offline'], 2]);
    // A line on which nobody is heard is made anew, and not again and again.
    await board.bench.clock.advance(20_000);
    expect(board.resets.length).toBe(1);
    board.answers = (frame) => (frame === READ ? NO_INPUT : frame);
    await board.bench.clock.advance(3_000);
    expect(board.bench.states.at(-1)).toBe('bar1 online');
    expect(board.bench.inputs.slice(2)).toEqual(['bar1 trigger-loop off', 'bar1 safety-loop off']);
  });

  it('tells of a loop that is stuck, and when that is over', async () => {
    const board = await started({ inputs, stuckMinutes: 1, pollMs: 1000 });
    board.answers = (frame) => (frame === READ ? INPUTS_1_AND_3 : frame);
    await board.bench.clock.advance(59_000);
    expect(board.bench.faults).toEqual([]);
    await board.bench.clock.advance(5_000);
    expect(board.bench.faults).toEqual([expect.stringContaining('input-stuck 设备 bar1 的 trigger-loop、safety-loop')]);
    board.answers = (frame) => (frame === READ ? NO_INPUT : frame);
    await board.bench.clock.advance(3_000);
    expect(board.bench.faults.slice(1)).toEqual(['bar1 input-stuck over']);
  });

  it('says where the arm is', async () => {
    const board = await started({
      inputs: [
        { input: 0, role: 'arm-up' },
        { input: 1, role: 'arm-down' },
      ],
    });
    expect(board.barrier.arm()).toBe('unknown');
    board.answers = (frame) => (frame === READ ? '010201022049' : frame);
    await board.bench.clock.advance(300);
    board.answers = (frame) => (frame === READ ? NO_INPUT : frame);
    await board.bench.clock.advance(300);
    board.answers = (frame) => (frame === READ ? '010201016048' : frame);
    await board.bench.clock.advance(300);
    expect([board.bench.arms, board.barrier.arm()]).toEqual([['bar1 closed', 'bar1 moving', 'bar1 open'], 'open']);
    board.unplug();
    expect(board.barrier.arm()).toBe('unknown');
  });

  it('of a board that lets only so many be read is read as many at a time', async () => {
    const board = new Board({ inputs: [{ input: 3, role: 'safety-loop' }] });
    board.answers = (frame) =>
      frame === READ ? '018202c161' : frame.startsWith('010200000004') ? '01020108a04e' : frame;
    await board.start();
    await board.bench.clock.advance(400);
    expect(board.bench.inputs).toEqual(['bar1 safety-loop on']);
  });

  it('does not come out of a million bytes of noise, and no order either', async () => {
    const board = await started({ inputs, closeCoil: 1 });
    await board.bench.clock.advance(2_100);
    board.answers = () => null;
    const dice = seeded(1);
    const told = board.bench.inputs.length;
    const before = board.orders.length;
    for (let piece = 0; piece < 1_000; piece += 1) {
      board.hears(Buffer.from(Array.from({ length: 1_000 }, () => Math.floor(dice() * 256))).toString('hex'));
      if (piece % 10 === 0) await board.bench.clock.advance(50);
    }
    expect([board.bench.inputs.length, board.orders.length]).toEqual([told, before]);
  });
});

describe('frames on the line', () => {
  it.each([
    [9600, 5],
    [2400, 17],
    [300, 129],
  ])('at %i baud are three and a half characters apart, %i ms', async (baudRate, gapMs) => {
    const board = await started({ baudRate, inputs: [{ input: 2, role: 'safety-loop' }] });
    const { clock } = board.bench;
    // Its turn has just begun: the order goes behind the answer.
    const polls = board.count(READ);
    while (board.count(READ) === polls) await clock.advance(1);
    void board.barrier.gate('open');
    await clock.advance(10 + gapMs - 1);
    expect(board.count(OPEN)).toBe(0);
    await clock.advance(1);
    expect(board.count(OPEN)).toBe(1);
  });

  it.each([
    ['a second on the second relay', { openCoil: 1, openPulseMs: 1_000 }, 'open', '01050201000a1db5'],
    ['a pulse at another address', { pulseBase: 0x0100 }, 'open', framed('010501000005')],
    ['a pulse by a register of another address', { profile: 'register', pulseBase: 3 }, 'open', framed('010600030005')],
    ['time FF', { hold: 'time-ff' }, 'hold', framed('0105020000ff')],
    ['time FF by a register', { profile: 'register', hold: 'time-ff' }, 'hold', framed('0106000000ff')],
  ] as const)('are those of the boards: %s', async (_what, settings, action, frame) => {
    const board = await started(settings);
    await board.bench.clock.advance(2_100);
    const before = board.orders.length;
    const ended = board.barrier.gate(action);
    await board.bench.clock.advance(20);
    expect([board.orders.slice(before), (await ended).outcome]).toEqual([[frame], 'done']);
  });

  it('end time FF as they end any coil', async () => {
    const board = await started({ hold: 'time-ff' });
    void board.barrier.gate('hold');
    await board.bench.clock.advance(100);
    const before = board.orders.length;
    void board.barrier.gate('release-hold');
    await board.bench.clock.advance(100);
    expect(board.orders.slice(before)).toEqual([OPEN_OFF]);
  });
});

describe('settings of a relay board', () => {
  it.each([
    ['the same coil for opening and closing', { openCoil: 1, closeCoil: 1 }],
    ['a trigger loop that only pulses', { inputs: [{ input: 0, role: 'trigger-loop', mode: 'pulse' }] }],
    [
      'two inputs of one role',
      {
        inputs: [
          { input: 0, role: 'x' },
          { input: 1, role: 'x' },
        ],
      },
    ],
    [
      'one input for two',
      {
        inputs: [
          { input: 0, role: 'x' },
          { input: 0, role: 'y' },
        ],
      },
    ],
    ['a pulse of two minutes', { openPulseMs: 120_000 }],
    ['a time FF of a board without times', { profile: 'write', hold: 'time-ff' }],
  ])('refuse %s', (_what, over) => {
    expect(modbusRtu.settings.safeParse({ path: 'COM3', ...over }).success).toBe(false);
  });
});

describe('the trace', () => {
  const traced = (board: Board): string[] =>
    board.bench.exchanges.map(({ direction, head, bytes }) => `${direction} ${head} ${hexOf(bytes)}`.trimEnd());

  it('has an answer as it came, and again only when it is another one', async () => {
    const board = await started({ inputs: [{ input: 2, role: 'safety-loop' }] });
    await board.bench.clock.advance(1_000);
    expect(traced(board)).toEqual([`out 读输入 ${READ}`, `in 读输入应答 ${NO_INPUT}`]);
    board.answers = (frame) => (frame === READ ? INPUTS_1_AND_3 : frame);
    await board.bench.clock.advance(1_000);
    expect(traced(board).slice(2)).toEqual([`out 读输入 ${READ}`, `in 读输入应答 ${INPUTS_1_AND_3}`]);
  });

  it('has an answer of Modbus TCP with its head', async () => {
    const board = new Board({}, true);
    board.answers = (frame) => `${frame.slice(0, 4)}0000000401020100`;
    await board.start();
    await board.bench.clock.advance(100);
    expect(traced(board)).toEqual(['out 读输入 000100000006010200000008', 'in 读输入应答 00010000000401020100']);
  });

  it('has the silence of a board from the first poll on, once', async () => {
    const board = new Board();
    board.answers = () => null;
    await board.start();
    await board.bench.clock.advance(5_000);
    expect(traced(board)).toEqual([`out 读输入 ${READ}`, 'in 没有应答']);
  });

  it('has what nobody can read, also what comes too late, and no flood of it', async () => {
    const board = new Board();
    board.answers = (frame) => (frame === READ ? 'f8e680fe' : frame);
    await board.start();
    await board.bench.clock.advance(5_000);
    expect(traced(board)).toEqual([`out 读输入 ${READ}`, 'in 收到无法识别的字节 f8e680fe']);
    expect(board.bench.states).toEqual(['bar1 offline']);
    board.answers = () => null;
    await board.bench.clock.advance(1_050);
    board.hears('00ff');
    board.hears('00ff');
    expect(traced(board).slice(2)).toEqual([`out 读输入 ${READ}`, 'in 没有应答', 'in 收到（迟到或无关） 00ff']);
    // Answers now and then: neither pushes the other out.
    board.answers = (frame, nth) => (frame !== READ ? frame : nth % 2 === 0 ? NO_INPUT : null);
    await board.bench.clock.advance(60_000);
    expect(traced(board).length).toBeLessThan(40);
  });
});

describe('a self-test', () => {
  it('reads, and moves nothing', async () => {
    const board = await started({ inputs: [{ input: 2, role: 'safety-loop' }] });
    await board.bench.clock.advance(2_100);
    const before = board.orders.length;
    board.answers = (frame) => (frame === READ ? INPUTS_1_AND_3 : '010101019048');
    const tested = board.barrier.selfTest?.();
    await board.bench.clock.advance(200);
    expect((await tested)?.map(({ step, result }) => `${step} ${result}`)).toEqual([
      ...['connection ok', 'commands ok', 'inputs ok', 'relay ok'],
    ]);
    expect(board.orders.slice(before)).toEqual(['0101000000083dcc']);
    board.answers = (frame) => (frame === READ ? NO_INPUT : '010101019048');
    const open = board.barrier.selfTest?.();
    await board.bench.clock.advance(200);
    expect((await open)?.[2]).toMatchObject({
      ...{ step: 'inputs', result: 'ok', detail: '输入口已读到：全部断开', said: { code: 'inputs-open' } },
    });
    board.answers = () => null;
    const silent = board.barrier.selfTest?.();
    await board.bench.clock.advance(2_000);
    expect((await silent)?.[1]).toMatchObject({ result: 'failed', said: { code: 'nothing-came' } });
    // As a board of another speed is heard.
    board.answers = () => 'f8e680fe';
    const noisy = board.barrier.selfTest?.();
    await board.bench.clock.advance(2_000);
    expect((await noisy)?.[1]).toMatchObject({
      ...{ result: 'failed', detail: '收到无法识别的字节，请核对波特率和校验', said: { code: 'garbled' } },
    });
    board.unplug('串口已断开');
    expect(await board.barrier.selfTest?.()).toMatchObject([
      { step: 'connection', result: 'failed', detail: '没有连上 /dev/ttyUSB0：串口已断开' },
    ]);
  });
});
