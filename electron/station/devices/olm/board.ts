import type { Clock } from '../../runtime/ports.ts';
import type { CommandOutcome, DeviceLink } from '../device.ts';
import type { Carrier } from './carrier.ts';
import { encodeFrame } from './frame.ts';
import { FrameParser } from './parser.ts';
import { rawRefusal } from './raw.ts';
import type { OlmSettings } from './settings.ts';

/** Unanswered in a row, and it counts as gone: one may have been lost to noise. */
const UNANSWERED = 2;
/** A board that is there answers within some ms; for longer than this nobody else on the line is kept waiting. */
const HOLD_MS = 100;
/** One that did not answer last, or never does, is given so long, its frame included. */
const SHORT_HOLD_MS = 45;
/** Between two frames on a line, whoever they are for: relay boards tell them apart by so many characters of silence. */
const GAP_CHARACTERS = 4;
/** Bytes that are no frame are put into the trace once in so long, and so many of them. */
const NOISE_EVERY_MS = 10_000;
const MOST_NOISE = 64;

interface BoardDeps {
  readonly carrier: Carrier;
  readonly settings: OlmSettings;
  readonly clock: Clock;
  readonly link: DeviceLink;
  /** It is there, or no longer. Not told of a board that never answers. */
  readonly state: (there: boolean, detail: string) => void;
}

interface Waiting {
  /** null: the bytes are no frame of ours, and no answer is known to them. */
  readonly command: number | null;
  readonly data: () => Uint8Array;
  /** Two that may take each other's place: the newer one is sent. */
  readonly replaces: string | null;
  readonly resolve: (outcome: CommandOutcome) => void;
}

interface Answer {
  /** 0: it was carried out. */
  readonly error: number;
  readonly at: number;
}

interface Expected {
  readonly command: number;
  readonly answer: Promise<Answer>;
  readonly heard: (answer: Answer) => void;
}

const hex = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0');

/** The talk with one board: one frame after the other, each with its pause and, where the board answers, its answer. */
export class Board {
  readonly #deps: BoardDeps;
  readonly #parser = new FrameParser();
  #waiting: Waiting[] = [];
  #busy = false;
  #running = false;
  #expected: Expected | null = null;
  /** What was sent last: a two-wire adapter may give it back. */
  #sent: Uint8Array = new Uint8Array();
  /** What came in our own time on the line and made no frame. */
  #noise: number[] = [];
  #holding = false;
  #noiseTracedAt = Number.NEGATIVE_INFINITY;
  #garbled = false;
  #unanswered = 0;
  #sentAt: number | null = null;
  #answeredMs: number | null = null;

  constructor(deps: BoardDeps) {
    this.#deps = deps;
  }

  start(lineState: (up: boolean, detail: string) => void): void {
    this.#running = true;
    this.#deps.carrier.open((bytes) => this.#heard(bytes), lineState);
  }

  stop(): void {
    this.#running = false;
    for (const { resolve } of this.#waiting) resolve({ outcome: 'refused', detail: '岗亭程序正在停止' });
    this.#waiting = [];
    this.#deps.carrier.close();
  }

  /** How long its last answer took; null: it never answered. */
  get answeredMs(): number | null {
    return this.#answeredMs;
  }

  /** So many frames in a row left and were not answered. */
  get unanswered(): number {
    return this.#unanswered;
  }

  /** What came in place of the last answer was no frame: the speed is another, or the two wires are swapped. */
  get garbled(): boolean {
    return this.#garbled;
  }

  /** Nothing was sent for so long, by the monotonic clock. */
  get quietMs(): number {
    return this.#sentAt === null ? Number.POSITIVE_INFINITY : this.#deps.clock.monotonic() - this.#sentAt;
  }

  /** `data` is asked for when its turn has come. Of two with the same `replaces` that wait, the older one is given up. */
  send(command: number, data: () => Uint8Array, replaces: string | null = null): Promise<CommandOutcome> {
    return this.#queue(command, data, replaces);
  }

  /** Frames as somebody typed them, in their turn; none that moves a relay. */
  raw(bytes: Uint8Array): Promise<CommandOutcome> {
    const refusal = rawRefusal(bytes);
    if (refusal !== null) return Promise.resolve({ outcome: 'refused', detail: refusal });
    return this.#queue(null, () => bytes, null);
  }

  #queue(command: number | null, data: () => Uint8Array, replaces: string | null): Promise<CommandOutcome> {
    if (!this.#running) return Promise.resolve({ outcome: 'refused', detail: '显示屏未投入使用' });
    return new Promise((resolve) => {
      const older = replaces === null ? undefined : this.#waiting.find((other) => other.replaces === replaces);
      older?.resolve({ outcome: 'refused', detail: '已被新内容取代' });
      this.#waiting = [...this.#waiting.filter((other) => other !== older), { command, data, replaces, resolve }];
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const since = this.#deps.clock.monotonic();
      const sentAt = this.#sentAt;
      const outcome = await this.#exchange(next).catch(
        (): CommandOutcome => ({ outcome: 'unknown', detail: '显示屏驱动异常' }),
      );
      if (outcome.outcome === 'done') this.#deps.link.took(this.#deps.clock.monotonic() - since);
      next.resolve(outcome);
      if (this.#sentAt !== sentAt) await this.#pause(this.#deps.settings.gapMs);
    }
    this.#busy = false;
  }

  async #exchange({ command, data }: Waiting): Promise<CommandOutcome> {
    const { carrier, settings, link, clock } = this.#deps;
    const frame = command === null ? data() : encodeFrame({ address: settings.address, command, data: data() });
    const expected = command !== null && settings.answers ? this.#expect(command) : null;
    let outcome: CommandOutcome | null = { outcome: 'refused', detail: '未发出' };
    this.#sent = frame;
    await carrier.send(frame, async (written, why) => {
      if (written === 'none') {
        outcome = { outcome: 'refused', detail: why };
        return;
      }
      this.#sentAt = clock.monotonic();
      link.exchanged('out', command === null ? '原始字节' : `指令 ${hex(command)}`, frame);
      outcome = written === 'some' ? { outcome: 'unknown', detail: '没有全部发出' } : null;
      await this.#hold(frame.byteLength, outcome === null ? expected : null);
    });
    const ended = outcome ?? (await this.#ending(command, expected, carrier.onWireMs(frame.byteLength)));
    this.#expected = null;
    return ended;
  }

  /** From now on the answer to `command` is listened for. */
  #expect(command: number): Expected {
    const { promise: answer, resolve: heard } = Promise.withResolvers<Answer>();
    this.#expected = { command, answer, heard };
    return this.#expected;
  }

  /** Keeps the line to itself until the frame is through and answered, or for a moment: what moves an arm may wait for it. */
  async #hold(bytes: number, expected: Expected | null): Promise<void> {
    const { carrier } = this.#deps;
    const onWireMs = carrier.onWireMs(bytes);
    const isThere = expected !== null && this.#unanswered === 0;
    this.#noise = [];
    this.#holding = true;
    await this.#within(expected?.answer, isThere ? onWireMs + HOLD_MS : Math.max(onWireMs, SHORT_HOLD_MS));
    await this.#pause(carrier.onWireMs(GAP_CHARACTERS));
    this.#holding = false;
  }

  /** What became of a frame that left. Its answer is still listened for when the line is others' again. */
  async #ending(command: number | null, expected: Expected | null, onWireMs: number): Promise<CommandOutcome> {
    const { settings, clock, state } = this.#deps;
    if (expected === null) {
      if (!settings.answers) state(true, '已发出');
      return { outcome: 'done', detail: command === null || settings.answers ? '已发出' : '已发出（该屏不应答）' };
    }
    const since = this.#sentAt ?? 0;
    const left = since + onWireMs + settings.answerMs - clock.monotonic();
    const answer = await this.#within(expected.answer, left);
    this.#garbled = answer === null && this.#noise.length > 0;
    if (answer === null) {
      this.#unanswered += 1;
      this.#traceNoise();
      if (this.#unanswered >= UNANSWERED) state(false, '屏没有应答');
      return { outcome: 'unknown', detail: '屏没有应答' };
    }
    this.#unanswered = 0;
    this.#answeredMs = answer.at - since;
    state(true, '屏有应答');
    return answer.error === 0
      ? { outcome: 'done', detail: '屏已确认' }
      : { outcome: 'refused', detail: `屏返回错误 ${hex(answer.error)}，请核对协议版本` };
  }

  #heard(bytes: Uint8Array): void {
    const { settings, link, clock } = this.#deps;
    const frames = this.#parser.push(bytes);
    if (frames.length === 0 && this.#holding) this.#noise = [...this.#noise, ...bytes].slice(0, MOST_NOISE);
    for (const frame of frames) {
      const whole = encodeFrame(frame);
      if (frame.address !== settings.address || Buffer.compare(whole, this.#sent) === 0) continue;
      link.exchanged('in', `应答 ${hex(frame.command)}`, whole);
      const [error] = frame.data;
      if (this.#expected?.command === frame.command && error !== undefined)
        this.#expected.heard({ error, at: clock.monotonic() });
    }
  }

  /** As it came: an installer sees by it that something is there, and speaks at another speed. */
  #traceNoise(): void {
    const { link, clock } = this.#deps;
    const now = clock.monotonic();
    if (this.#noise.length === 0 || now - this.#noiseTracedAt < NOISE_EVERY_MS) return;
    this.#noiseTracedAt = now;
    link.exchanged('in', '收到（不成帧）', Uint8Array.from(this.#noise));
  }

  #within<T>(awaited: Promise<T> | undefined, ms: number): Promise<T | null> {
    return new Promise((resolve) => {
      const cancel = this.#deps.clock.after(ms, () => resolve(null));
      void awaited?.then((value) => {
        cancel();
        resolve(value);
      });
    });
  }

  #pause(ms: number): Promise<void> {
    return ms === 0 ? Promise.resolve() : new Promise((resolve) => this.#deps.clock.after(ms, resolve));
  }
}
