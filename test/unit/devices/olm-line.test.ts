import { expect, onTestFinished, test } from 'vitest';
import type { Camera, CommandOutcome, Display } from '../../../electron/station/devices/device.ts';
import { Turns } from '../../../electron/station/devices/links/turns.ts';
import type { DeviceLinks, LineListener } from '../../../electron/station/devices/links.ts';
import { isDisplay, isSign } from '../../../electron/station/devices/narrow.ts';
import { olmCamera, olmSerial } from '../../../electron/station/devices/olm/index.ts';
import { xunpengSerial } from '../../../electron/station/devices/xunpeng/index.ts';
import { OlmBoard } from '../../peers/olm/index.ts';
import { Bench } from './recording.ts';

const raw = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
const left = (...texts: string[]) => texts.map((text) => ({ text, alignment: 'left' as const }));

/** An RS-485 at 9600 that several hang on: what was written takes its time on the wire, and then something may answer. */
class Wire {
  readonly bench = new Bench();
  readonly turns = new Turns();
  readonly written: { readonly at: number; readonly bytes: Buffer }[] = [];
  answer: (bytes: Buffer) => Uint8Array | null = () => null;
  answerAfterMs = 10;
  #busyUntil = Number.NEGATIVE_INFINITY;
  readonly #listeners: LineListener[] = [];

  readonly links: DeviceLinks = {
    ...this.bench.links,
    line: (_address, listener) => {
      this.#listeners.push(listener);
      this.bench.clock.after(0, () => listener.state(true, '已连接'));
      return {
        isUp: true,
        write: async (bytes) => {
          this.#write(Buffer.from(bytes));
          return 'written';
        },
        turn: (urgency, task) => this.turns.take(urgency, task),
        reset: () => undefined,
        close: () => undefined,
      };
    },
  };

  /** Frames nearer to each other than this are one for a relay board. */
  readonly glued: Buffer[] = [];

  hear(bytes: Uint8Array): void {
    for (const listener of this.#listeners) listener.data(bytes);
  }

  #write(bytes: Buffer): void {
    const { clock } = this.bench;
    const now = clock.monotonic();
    this.written.push({ at: now, bytes });
    if (now < this.#busyUntil + 4) this.glued.push(bytes);
    this.#busyUntil = Math.max(now, this.#busyUntil) + Math.ceil((bytes.length * 10) / 9.6);
    const answer = this.answer(bytes);
    if (answer) clock.after(this.#busyUntil - now + this.answerAfterMs, () => this.hear(answer));
  }

  async display(settings: object = {}): Promise<Display> {
    const parsed = olmSerial.settings.parse({ path: 'COM3', ...settings });
    const made = olmSerial.create('led', parsed, { ...this.bench.deps, links: this.links });
    if (!isDisplay(made)) throw new Error('not a display');
    await made.start();
    onTestFinished(() => made.stop());
    return made;
  }
}

/** A relay order, as the driver of an arm has it. @returns how long it waited for its turn */
async function opening(wire: Wire): Promise<number> {
  const { clock } = wire.bench;
  const since = clock.monotonic();
  let waited = Number.POSITIVE_INFINITY;
  void wire.turns.take('urgent', async () => {
    waited = clock.monotonic() - since;
  });
  await clock.advance(3_000);
  return waited;
}

const PAGE = left('粤B12345', '一路平安');

test.each([20, 120, 400])(
  'beside a dead board an opening %i ms after its frame waits at most 100 ms',
  async (after) => {
    const wire = new Wire();
    const display = await wire.display();
    // It never answered: its clock was sent, and that was lost.
    await wire.bench.clock.advance(1_000);
    const shown = display.show(PAGE, '粤B12345,一路平安');
    await wire.bench.clock.advance(after);
    expect(await opening(wire)).toBeLessThanOrEqual(100);
    expect(await shown).toEqual({ outcome: 'unknown', detail: '屏没有应答' });
    expect(wire.bench.states).toEqual(['led offline']);
  },
);

test('a board that is there keeps the line for its frame and 100 ms at most; it answers in them', async () => {
  const wire = new Wire();
  const board = new OlmBoard({ clock: wire.bench.clock, pacingMs: 0 });
  wire.answer = (bytes) => board.receive(bytes)[0] ?? null;
  const display = await wire.display();
  await wire.bench.clock.advance(1_000);
  const shown = display.show(PAGE, '粤B12345,一路平安');
  const frameMs = Math.ceil(((wire.written.at(-1)?.bytes.length ?? 0) * 10) / 9.6);
  expect(await opening(wire)).toBeLessThanOrEqual(frameMs + 20);
  expect((await shown).outcome).toBe('done');
  // The first that is lost: nobody waits longer than 100 ms behind it.
  wire.answer = () => null;
  const lost = display.show(PAGE, '粤B12345,一路平安');
  expect(await opening(wire)).toBeLessThanOrEqual(frameMs + 105);
  expect((await lost).outcome).toBe('unknown');
});

test('what follows a frame on the line never sticks to it', async () => {
  const wire = new Wire();
  const display = await wire.display({ answers: false });
  await wire.bench.clock.advance(1_000);
  for (const texts of ['一路平安'.repeat(4), '余位 3']) {
    const shown = display.show(left(texts, texts, texts, texts), texts);
    const order = wire.turns.take('urgent', async () => {
      wire.written.length = 0;
      const line = wire.links.line(
        { kind: 'tcp', host: 'h', port: 1 },
        { data: () => undefined, state: () => undefined },
      );
      await line.write(raw('01 05 02 00 00 05 0C 71'), 500);
    });
    await wire.bench.clock.advance(3_000);
    await Promise.all([shown, order]);
  }
  expect(wire.glued).toEqual([]);
});

test('an answer that comes when the line is others’ again still counts, and theirs is none of its', async () => {
  const wire = new Wire();
  const display = await wire.display();
  await wire.bench.clock.advance(1_000);
  const board = new OlmBoard({ clock: wire.bench.clock, pacingMs: 0 });
  wire.answer = (bytes) => board.receive(bytes)[0] ?? null;
  wire.answerAfterMs = 200;
  const shown = display.show(PAGE);
  await wire.bench.clock.advance(110);
  // The answer of a relay board, in between.
  wire.hear(raw('01 05 02 00 00 05 0C 71'));
  await wire.bench.clock.advance(1_000);
  expect((await shown).outcome).toBe('done');
  expect(wire.bench.states.at(-1)).toBe('led online');
});

test('an adapter that hears itself makes no dead board answer', async () => {
  const wire = new Wire();
  wire.answer = (bytes) => bytes;
  wire.answerAfterMs = 0;
  const display = await wire.display();
  const shown = display.show(PAGE);
  await wire.bench.clock.advance(3_000);
  expect((await shown).outcome).toBe('unknown');
});

test('bytes that are no frame are in the trace as they came, seldom, and the self-test says what to look at', async () => {
  const wire = new Wire();
  wire.answer = () => raw('F8 E6 80 FE');
  const display = await wire.display();
  await wire.bench.clock.advance(1_000);
  for (let time = 0; time < 5; time += 1) {
    void display.show(left(`余位 ${time}`));
    await wire.bench.clock.advance(1_000);
  }
  const heard = (): unknown[] => wire.bench.exchanges.filter(({ direction }) => direction === 'in');
  expect(heard()).toEqual([{ direction: 'in', head: '收到（不成帧）', bytes: Uint8Array.from(raw('F8 E6 80 FE')) }]);
  const steps = display.selfTest?.();
  await wire.bench.clock.advance(1_000);
  expect((await steps)?.[1]).toMatchObject({ result: 'failed', said: { code: 'garbled' } });
  expect((await steps)?.[1]?.detail).toContain('波特率');
  // Later it is asked for its clock again.
  await wire.bench.clock.advance(60_000);
  expect(heard()).toHaveLength(2);
});

const OPEN = '00 64 FF FF 0F 06 01 00 00 00 00 01 19 65';
const CLOCK = '00 64 FF FF 05 08 EA 07 0B 16 01 09 1E 00 5F E6';

test('bytes that somebody types never reach a relay of the board, whole, in something or in pieces', async () => {
  const wire = new Wire();
  const display = await wire.display();
  await wire.bench.clock.advance(1_000);
  const before = wire.written.length;
  const refused = async (bytes: string, because: string): Promise<void> =>
    expect(await display.raw?.(raw(bytes))).toMatchObject({
      outcome: 'refused',
      detail: expect.stringContaining(because),
    });
  await refused(OPEN, '继电器');
  await refused(OPEN.replace('01 19 65', 'FF 98 E5'), '继电器');
  await refused(`${CLOCK} ${OPEN}`, '继电器');
  // In the text of another frame, for another board, in a frame of another shape, and with a sum that is wrong.
  await refused(`00 64 FF FF 30 0F 01 ${OPEN} 00 00`, '继电器');
  await refused(OPEN.replace('00 64', '07 64'), '继电器');
  await refused('00 C8 FF FF 0F 06 00 01 00 00 00 00 01 00 00', '继电器');
  await refused(OPEN.replace('19 65', '00 00'), '继电器');
  // Half of it now, half of it later.
  await refused(OPEN.slice(0, 11), '完整');
  await refused(OPEN.slice(12), '完整');
  await refused(`${CLOCK} 00`, '完整');
  await refused('', '完整');
  expect(wire.written.length).toBe(before);
  const sent = display.raw?.(raw(`${CLOCK} ${CLOCK}`));
  await wire.bench.clock.advance(1_000);
  expect(await sent).toEqual({ outcome: 'done', detail: '已发出' });
  expect(wire.written.at(-1)?.bytes).toEqual(raw(`${CLOCK} ${CLOCK}`));
});

test('nor do they over a sign on the same line', async () => {
  const wire = new Wire();
  const settings = xunpengSerial.settings.parse({ path: 'COM3' });
  const sign = xunpengSerial.create('sign', settings, { ...wire.bench.deps, links: wire.links });
  await sign.start();
  if (!isSign(sign)) throw new Error('not a sign');
  expect(await sign.raw?.(raw(`3A ${OPEN} 0A`))).toMatchObject({ outcome: 'refused' });
  expect(await sign.raw?.(raw('00 64 FF'))).toMatchObject({ outcome: 'refused' });
  expect(await sign.raw?.(raw('3A 00 78 03 02 B7 0A'))).toMatchObject({ outcome: 'done' });
  expect(wire.written.map(({ bytes }) => bytes)).toEqual([raw('3A 00 78 03 02 B7 0A')]);
});

/** A camera that takes all that is passed to it; `pass` gets it to the board. */
function behindCamera(settings: object, pass: (bytes: Uint8Array) => readonly Uint8Array[]) {
  const bench = new Bench();
  let heard: (bytes: Uint8Array) => void = () => undefined;
  const refused = async (): Promise<CommandOutcome> => ({ outcome: 'refused', detail: '' });
  const camera: Camera = {
    ...{ id: 'cam', kind: 'camera', driver: 'test', start: async () => undefined, stop: async () => undefined },
    ...{ lastSeenAt: () => null, gate: refused, snapshot: refused },
    sendSerial: async (_channel, bytes) => {
      for (const answer of pass(bytes)) heard(answer);
      return { outcome: 'done', detail: '' };
    },
    onSerial: (_channel, listener) => {
      heard = listener;
      return () => undefined;
    },
  };
  bench.devices.set('cam', camera);
  const display = olmCamera.create('led', olmCamera.settings.parse({ camera: 'cam', ...settings }), bench.deps);
  if (!isDisplay(display)) throw new Error('not a display');
  onTestFinished(() => display.stop());
  return { bench, display };
}

test('a dead board behind a camera that is well is told after three frames, and no more once it answers', async () => {
  let powered = false;
  const { bench, display } = behindCamera({ answers: true }, (bytes) => (powered ? board.receive(bytes) : []));
  const board = new OlmBoard({ clock: bench.clock, pacingMs: 0 });
  await display.start();
  const shown = async (text: string): Promise<void> => {
    void display.show(left(text));
    await bench.clock.advance(1_000);
  };
  await bench.clock.advance(1_000);
  await shown('余位 2');
  expect(bench.faults).toEqual([]);
  await shown('余位 1');
  expect(bench.faults).toEqual(['led no-answer 相机收下了内容，屏连续三次没有应答']);
  expect(display.lastSeenAt()).toBeNull();
  await shown('余位 0');
  powered = true;
  await shown('余位 1');
  expect(bench.faults.slice(1)).toEqual(['led no-answer over']);
  expect(display.lastSeenAt()).not.toBeNull();
  // The camera's own state is told by the camera.
  expect(bench.states).toEqual([]);
});

test('of a board that is set never to answer it counts that its camera takes what it is given', async () => {
  const { bench, display } = behindCamera({}, () => []);
  await display.start();
  await bench.clock.advance(1_000);
  const first = display.lastSeenAt();
  expect(first).not.toBeNull();
  await bench.clock.advance(60_000);
  void display.show(left('余位 3'));
  await bench.clock.advance(1_000);
  expect(display.lastSeenAt()).toBeGreaterThan(first ?? 0);
  expect(bench.faults).toEqual([]);
});

test('the clock is set again every hour, and the volume with it', async () => {
  const wire = new Wire();
  const board = new OlmBoard({ clock: wire.bench.clock, pacingMs: 0 });
  wire.answer = (bytes) => board.receive(bytes)[0] ?? null;
  const display = await wire.display();
  void display.setVolume?.(60);
  // Something is shown all the time: it is never asked only because nothing was said.
  const sentIn = async (minutes: number): Promise<string[]> => {
    const from = board.received.length;
    for (let half = 0; half < minutes * 4; half += 1) {
      void display.show(left('欢迎光临'));
      await wire.bench.clock.advance(15_000);
    }
    const orders = board.received.slice(from).filter(({ command }) => command !== 0x6f);
    return orders.map(({ command, data }) => `${command.toString(16)} ${data.toString('hex')}`);
  };
  await wire.bench.clock.advance(1_000);
  expect(await sentIn(58)).toEqual([]);
  // By the clock of the car park: 2 March 2026, a Monday, 09:05:09 and what went by since.
  expect(await sentIn(3)).toEqual([expect.stringMatching(/^5 ea07030202090[56][0-9a-f]{2}$/), 'd 3c']);
});

test('characters that the display does not have are in the log', async () => {
  const wire = new Wire();
  const board = new OlmBoard({ clock: wire.bench.clock, pacingMs: 0 });
  wire.answer = (bytes) => board.receive(bytes)[0] ?? null;
  const display = await wire.display();
  const shown = display.show(left('𠮷先生'), '𪚥先生');
  await wire.bench.clock.advance(1_000);
  expect((await shown).outcome).toBe('done');
  expect(board.screen[0]).toBe('?先生');
  expect(wire.bench.lines).toMatchObject([{ level: 'warn', fields: { device: 'led', lost: '𠮷𪚥' } }]);
});
