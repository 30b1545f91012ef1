import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Camera, CommandOutcome, Device, DeviceDeps, Display } from '../../../electron/station/devices/device.ts';
import type { DeviceLinks, LineListener, Written } from '../../../electron/station/devices/links.ts';
import { isDisplay, isSign } from '../../../electron/station/devices/narrow.ts';
import { olmCamera, olmSerial, olmTcp } from '../../../electron/station/devices/olm/index.ts';
import { xunpengTcp } from '../../../electron/station/devices/xunpeng/index.ts';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import { OlmBoard, type OlmOptions } from '../../peers/olm/index.ts';
import { startPty } from '../../peers/pty.ts';
import { TcpDevice } from '../../peers/tcp-device.ts';
import type { FakeClock } from '../../support/fake-clock.ts';
import { until } from '../../support/until.ts';
import { Bench } from './recording.ts';

const displayOf = (device: Device): Display => {
  if (!isDisplay(device)) throw new Error('not a display');
  return device;
};

/** The document's sample of a sentence: 请缴费5元. */
const SPOKEN = Buffer.from('0064FFFF300A01C7EBBDC9B7D135D4AA068C', 'hex');

const left = (...texts: string[]) => texts.map((text) => ({ text, alignment: 'left' as const }));

/** A line that ends at the board, without a wire in between. */
class BoardLine {
  up = true;
  /** What becomes of the next writes. */
  written: Written = 'written';
  #listener: LineListener | null = null;
  readonly #board: OlmBoard;
  readonly #clock: FakeClock;

  constructor(board: OlmBoard, clock: FakeClock) {
    this.#board = board;
    this.#clock = clock;
  }

  readonly links: Pick<DeviceLinks, 'line'> = {
    line: (_address, listener) => {
      this.#listener = listener;
      this.#clock.after(0, () => listener.state(true, '已连接'));
      const write = async (bytes: Uint8Array): Promise<Written> => {
        if (!this.up) return 'none';
        if (this.written !== 'written') return this.written;
        for (const answer of this.#board.receive(bytes)) listener.data(answer);
        return 'written';
      };
      const up = (): boolean => this.up;
      return {
        get isUp() {
          return up();
        },
        write,
        turn: (_urgency, task) => task(),
        reset: () => undefined,
        close: () => undefined,
      };
    },
  };

  is(up: boolean): void {
    this.up = up;
    this.#listener?.state(up, up ? '已连接' : '串口已断开');
  }
}

describe('a board', () => {
  let bench: Bench;
  let board: OlmBoard;
  let line: BoardLine;
  let display: Display;

  const open = async (options: OlmOptions = {}, settings: object = {}): Promise<void> => {
    board = new OlmBoard({ clock: bench.clock, ...options });
    line = new BoardLine(board, bench.clock);
    const deps: DeviceDeps = { ...bench.deps, links: { ...bench.deps.links, ...line.links } };
    const parsed = olmSerial.settings.parse({ path: '/dev/ttyUSB0', ...settings });
    display = displayOf(olmSerial.create('led', parsed, deps));
    await display.start();
    await bench.clock.advance(200);
  };
  const ended = async (command: Promise<CommandOutcome>): Promise<CommandOutcome> => {
    const seen: CommandOutcome[] = [];
    void command.then((outcome) => seen.push(outcome));
    await bench.clock.advance(3_000);
    const [outcome] = seen;
    if (!outcome) throw new Error('not ended');
    return outcome;
  };

  beforeEach(() => {
    bench = new Bench();
  });
  afterEach(() => display.stop());

  test('shows its lines and says its sentence, and confirms both', async () => {
    await open();
    const shown = await ended(display.show(left('粤B12345', '请缴费5元'), '粤B12345,请缴费5元'));
    expect(shown.outcome).toBe('done');
    expect(board.screen).toEqual(['粤B12345', '请缴费5元', ' ', ' ']);
    expect(board.spoken.map(({ text }) => text)).toEqual(['粤B12345,请缴费5元']);
    expect(board.complaints).toEqual([]);
    expect(bench.states).toEqual(['led online']);
    expect(display.showing()).toEqual(left('粤B12345', '请缴费5元'));
  });

  test('gets the time of the car park when it is found, and the volume again when it lost its power', async () => {
    await open();
    expect(board.settings.clock).not.toBeNull();
    await ended(display.setVolume?.(60) ?? Promise.reject(new Error('no volume')));
    expect(board.settings.volume).toBe(60);
    board.powerOff();
    await bench.clock.advance(120_000);
    expect(bench.states.at(-1)).toBe('led offline');
    board.powerLoss();
    await bench.clock.advance(60_000);
    expect(bench.states.at(-1)).toBe('led online');
    expect(board.settings.volume).toBe(60);
    expect(board.complaints).toEqual([]);
  });

  test('bytes that somebody sends as they are go between its own frames, and what it answers is nobody else’s', async () => {
    await open();
    const text = display.show(left('欢迎光临'));
    const sent = display.raw?.(SPOKEN) ?? Promise.reject(new Error('takes no bytes'));
    expect((await ended(text)).outcome).toBe('done');
    expect(await ended(sent)).toEqual({ outcome: 'done', detail: '已发出' });
    expect(bench.exchanges.filter(({ head }) => head === '原始字节').map(({ bytes }) => bytes)).toEqual([SPOKEN]);
    expect(board.spoken.map(({ text }) => text)).toEqual(['请缴费5元']);
    expect((await ended(display.show(left('余位 3')))).outcome).toBe('done');
    expect(board.screen[0]).toBe('余位 3');
    line.up = false;
    expect((await ended(display.raw?.(SPOKEN) ?? sent)).outcome).toBe('refused');
  });

  test('is given nothing to say when it is to be silent', async () => {
    await open();
    expect((await ended(display.setVolume?.(0) ?? Promise.reject(new Error('no volume')))).outcome).toBe('done');
    await ended(display.show(left('一路平安'), '一路平安'));
    expect(board.screen[0]).toBe('一路平安');
    expect(board.spoken).toEqual([]);
  });

  test('an older board is told in its own words', async () => {
    await open({ version: 'old' }, { variant: 'old' });
    expect((await ended(display.show(left('欢迎光临'), '欢迎光临'))).outcome).toBe('done');
    expect(board.screen[0]).toBe('欢迎光临');
    expect(board.spoken.map(({ text }) => text)).toEqual(['欢迎光临']);
  });

  test('told in words that it does not know, it says so', async () => {
    await open({ version: 'old' });
    const shown = await ended(display.show(left('欢迎光临')));
    expect(shown.outcome).toBe('refused');
    expect(shown.detail).toContain('协议版本');
    expect(display.showing()).toBeNull();
  });

  test('a lost answer is no failure and no success, and nothing is sent again', async () => {
    await open();
    board.fault({ kind: 'lose-answer' });
    const before = board.received.length;
    expect((await ended(display.show(left('欢迎光临')))).outcome).toBe('unknown');
    expect(board.received).toHaveLength(before + 1);
    expect(board.screen[0]).toBe('欢迎光临');
    // One may have been lost to noise: it still counts as there.
    expect(bench.states).toEqual(['led online']);
    expect((await ended(display.show(left('一路平安')))).outcome).toBe('done');
  });

  test('one that never answers is taken at its line', async () => {
    await open({}, { answers: false });
    board.fault({ kind: 'lose-answer' }, 10);
    expect(await ended(display.show(left('欢迎光临')))).toMatchObject({ outcome: 'done' });
    line.is(false);
    expect(await ended(display.show(left('一路平安')))).toMatchObject({ outcome: 'refused' });
    expect(bench.states).toEqual(['led online', 'led offline']);
  });

  test('of two texts that wait the newer one is shown, at the pace of the board', async () => {
    await open();
    const first = display.show(left('一'));
    const second = display.show(left('二'));
    const third = display.show(left('三'));
    await bench.clock.advance(1_000);
    expect((await first).outcome).toBe('done');
    expect(await second).toEqual({ outcome: 'refused', detail: '已被新内容取代' });
    expect((await third).outcome).toBe('done');
    expect(board.screen[0]).toBe('三');
    expect(board.complaints).toEqual([]);
  });

  test('the self-test tells a silent board from a line that is not open', async () => {
    await open();
    const test = async () => {
      const steps = display.selfTest?.() ?? Promise.resolve([]);
      await bench.clock.advance(2_000);
      return (await steps).map(({ step, result, said }) => `${step} ${result} ${said?.code ?? ''}`);
    };
    expect(await test()).toEqual(['connection ok connected', 'commands ok answered']);
    board.powerOff();
    expect(await test()).toEqual(['connection ok connected', 'commands failed unanswered']);
    line.is(false);
    expect(await test()).toEqual(['connection failed not-connected']);
  });
});

test('a board on a real serial port, with noise and torn frames', async (ctx) => {
  const pty = await startPty();
  if ('unavailable' in pty) return ctx.skip(pty.unavailable);
  const bench = new Bench();
  const board = new OlmBoard({ pacingMs: 0 });
  board.plug(pty);
  const settings = olmSerial.settings.parse({ path: pty.path, gapMs: 20 });
  const display = displayOf(olmSerial.create('led', settings, { ...bench.deps, clock: new SystemClock() }));
  await display.start();
  await until('the board', () => bench.states.includes('led online'));
  pty.fault('in', { before: Buffer.from('64ff00', 'hex'), split: 3 });
  pty.fault('out', { before: Buffer.from('0064ffff6f', 'hex'), split: 2 });
  expect((await display.show(left('粤B12345'), '请通行')).outcome).toBe('done');
  expect(board.screen[0]).toBe('粤B12345');
  await display.stop();
  await board.stop();
  await pty.stop();
});

test('a board on the network comes back after its power was lost', async () => {
  const bench = new Bench();
  const board = new OlmBoard({ pacingMs: 0 });
  const port = await board.listen();
  const settings = olmTcp.settings.parse({ host: '127.0.0.1', port, gapMs: 1 });
  const display = displayOf(olmTcp.create('led', settings, { ...bench.deps, clock: new SystemClock() }));
  await display.start();
  await until('the board', () => bench.states.includes('led online'));
  board.powerLoss();
  await until('the board gone', () => bench.states.includes('led offline'));
  await until('the board back', () => bench.states.at(-1) === 'led online');
  expect((await display.show(left('欢迎光临'))).outcome).toBe('done');
  expect(board.screen[0]).toBe('欢迎光临');
  await display.stop();
  await board.stop();
});

test('a board behind a camera gets the very bytes, and answers where the camera passes them on', async () => {
  const bench = new Bench();
  const board = new OlmBoard({ clock: bench.clock });
  let heard: (bytes: Uint8Array) => void = () => undefined;
  const refused = async (): Promise<CommandOutcome> => ({ outcome: 'refused', detail: '' });
  const camera: Camera = {
    ...{ id: 'cam', kind: 'camera', driver: 'test', start: async () => undefined, stop: async () => undefined },
    ...{ lastSeenAt: () => null, gate: refused, snapshot: refused },
    sendSerial: async (channel, bytes) => {
      if (channel !== 1) return { outcome: 'refused', detail: 'nothing hangs there' };
      for (const answer of board.receive(bytes)) heard(answer);
      return { outcome: 'done', detail: '' };
    },
    onSerial: (_channel, listener) => {
      heard = listener;
      return () => undefined;
    },
  };
  bench.devices.set('cam', camera);
  const settings = olmCamera.settings.parse({ camera: 'cam', channel: 1, answers: true });
  const display = displayOf(olmCamera.create('led', settings, bench.deps));
  await display.start();
  await bench.clock.advance(200);
  const shown = display.show(left('欢迎光临'), '欢迎光临');
  await bench.clock.advance(200);
  expect((await shown).outcome).toBe('done');
  expect(board.screen[0]).toBe('欢迎光临');
  expect(display.facts?.()).toMatchObject({ via: 'cam' });
  // The camera's state is its own: one alarm for one fault.
  expect(bench.states).toEqual([]);
  await display.stop();
});

test('a board behind a camera that is away is not called connected, and is told the time when it is back', async () => {
  const bench = new Bench();
  const board = new OlmBoard({ clock: bench.clock });
  const outcomes: CommandOutcome['outcome'][] = ['refused'];
  const refused = async (): Promise<CommandOutcome> => ({ outcome: 'refused', detail: '' });
  const camera: Camera = {
    ...{ id: 'cam', kind: 'camera', driver: 'test', start: async () => undefined, stop: async () => undefined },
    ...{ lastSeenAt: () => null, gate: refused, snapshot: refused },
    sendSerial: async (_channel, bytes) => {
      const outcome = outcomes.at(-1) ?? 'done';
      if (outcome === 'done') board.receive(bytes);
      return { outcome, detail: '对方拒绝连接' };
    },
  };
  bench.devices.set('cam', camera);
  const settings = olmCamera.settings.parse({ camera: 'cam' });
  const display = displayOf(olmCamera.create('led', settings, bench.deps));
  await display.start();
  const tested = async () => {
    const steps = display.selfTest?.();
    await bench.clock.advance(3_000);
    return (await steps)?.map(({ step, result, detail }) => `${step} ${result} ${detail}`);
  };
  expect(await tested()).toEqual(['connection failed 没有连上 cam：对方拒绝连接']);
  outcomes.push('unknown');
  expect(await tested()).toEqual(['connection ok 已连接 cam', 'commands failed 没有全部发出']);
  outcomes.push('refused');
  void display.show(left('欢迎光临'));
  await bench.clock.advance(1_000);
  outcomes.push('done');
  void display.show(left('余位 3'));
  await bench.clock.advance(1_000);
  expect(board.settings.clock).not.toBeNull();
  expect((await tested())?.[1]).toContain('commands skipped');
  await display.stop();
});

test('a sign that is not connected says why', async () => {
  const bench = new Bench();
  const listeners: LineListener[] = [];
  const closed = { isUp: false, reset: () => undefined, close: () => undefined };
  const line: DeviceLinks['line'] = (_address, heard) => {
    listeners.push(heard);
    return { ...closed, write: async () => 'none', turn: (_urgency, task) => task() };
  };
  const settings = xunpengTcp.settings.parse({ host: '192.168.1.7', port: 10_000 });
  const sign = xunpengTcp.create('sign', settings, { ...bench.deps, links: { ...bench.deps.links, line } });
  await sign.start();
  listeners[0]?.state(false, '对方拒绝连接');
  expect(await sign.selfTest?.()).toMatchObject([{ detail: '没有连上 192.168.1.7:10000：对方拒绝连接' }]);
});

test('a sign is told its number again when it comes back', async () => {
  const bench = new Bench();
  const got: number[][] = [];
  const device = new TcpDevice((wire) => wire.onBytes((bytes) => void got.push([...bytes])));
  const port = await device.listen();
  const settings = xunpengTcp.settings.parse({ host: '127.0.0.1', port, area: 'a1' });
  const sign = xunpengTcp.create('sign', settings, { ...bench.deps, clock: new SystemClock() });
  await sign.start();
  await until('the sign', () => bench.states.includes('sign online'));
  if (!isSign(sign)) throw new Error('a sign');
  expect(sign.area).toBe('a1');
  expect((await sign.show(888, 'green')).outcome).toBe('done');
  const wanted = [0x3a, 0x00, 0x78, 0x03, 0x01, 0xb6, 0x0a];
  await until('its number', () => got.length === 1);
  device.cut();
  await until('its number again', () => got.length === 2);
  expect(got).toEqual([wanted, wanted]);
  await sign.stop();
  await device.stop();
});
