import type { Clock } from '../../runtime/ports.ts';
import type { CommandOutcome, DeviceLink } from '../device.ts';
import type { Carrier } from './carrier.ts';
import { encodeFrame } from './frame.ts';
import { FrameParser } from './parser.ts';
import type { OlmSettings } from './settings.ts';

/** Unanswered in a row, and it counts as gone: one may have been lost to noise. */
const UNANSWERED = 2;

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

const hex = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0');

/** The talk with one board: one frame after the other, each with its pause and, where the board answers, its answer. */
export class Board {
  readonly #deps: BoardDeps;
  readonly #parser = new FrameParser();
  #waiting: Waiting[] = [];
  #busy = false;
  #running = false;
  #expecting: { readonly command: number; readonly heard: (error: number) => void } | null = null;
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

  /** Nothing was sent for so long, by the monotonic clock. */
  get quietMs(): number {
    return this.#sentAt === null ? Number.POSITIVE_INFINITY : this.#deps.clock.monotonic() - this.#sentAt;
  }

  /** `data` is asked for when its turn has come. Of two with the same `replaces` that wait, the older one is given up. */
  send(command: number, data: () => Uint8Array, replaces: string | null = null): Promise<CommandOutcome> {
    return this.#queue(command, data, replaces);
  }

  /** Bytes as they are, in their turn. */
  raw(bytes: Uint8Array): Promise<CommandOutcome> {
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
      const outcome = await this.#exchange(next).catch(
        (): CommandOutcome => ({ outcome: 'unknown', detail: '显示屏驱动异常' }),
      );
      if (outcome.outcome === 'done') this.#deps.link.took(this.#deps.clock.monotonic() - since);
      next.resolve(outcome);
    }
    this.#busy = false;
  }

  async #exchange({ command, data }: Waiting): Promise<CommandOutcome> {
    const { carrier, settings, link, clock } = this.#deps;
    const frame = command === null ? data() : encodeFrame({ address: settings.address, command, data: data() });
    const heard = command === null ? null : this.#answer(command);
    let outcome: CommandOutcome = { outcome: 'refused', detail: '未发出' };
    await carrier.send(frame, async (written, why) => {
      if (written === 'none') {
        outcome = { outcome: 'refused', detail: why };
        return;
      }
      this.#sentAt = clock.monotonic();
      link.exchanged('out', command === null ? '原始字节' : `指令 ${hex(command)}`, frame);
      if (written === 'some') outcome = { outcome: 'unknown', detail: '没有全部发出' };
      else outcome = heard === null ? { outcome: 'done', detail: '已发出' } : await this.#ending(heard());
      // The board needs a moment between frames, and so does what else hangs on its line.
      await this.#pause(settings.gapMs);
    });
    this.#expecting = null;
    return outcome;
  }

  /** From now on the answer to `command` is listened for; waited for once the returned function is called. */
  #answer(command: number): () => Promise<number | null> {
    let given: number | null = null;
    let tell: (error: number) => void = (error) => {
      given = error;
    };
    this.#expecting = { command, heard: (error) => tell(error) };
    return () =>
      new Promise((resolve) => {
        if (given !== null) {
          resolve(given);
          return;
        }
        const cancel = this.#deps.clock.after(this.#deps.settings.answerMs, () => resolve(null));
        tell = (error) => {
          cancel();
          resolve(error);
        };
      });
  }

  async #ending(answer: Promise<number | null>): Promise<CommandOutcome> {
    const { settings, clock, state } = this.#deps;
    if (!settings.answers) return { outcome: 'done', detail: '已发出（该屏不应答）' };
    const since = clock.monotonic();
    const error = await answer;
    if (error === null) {
      this.#unanswered += 1;
      if (this.#unanswered >= UNANSWERED) state(false, '屏没有应答');
      return { outcome: 'unknown', detail: '屏没有应答' };
    }
    this.#unanswered = 0;
    this.#answeredMs = clock.monotonic() - since;
    state(true, '屏有应答');
    return error === 0
      ? { outcome: 'done', detail: '屏已确认' }
      : { outcome: 'refused', detail: `屏返回错误 ${hex(error)}，请核对协议版本` };
  }

  #heard(bytes: Uint8Array): void {
    for (const frame of this.#parser.push(bytes)) {
      if (frame.address !== this.#deps.settings.address) continue;
      this.#deps.link.exchanged('in', `应答 ${hex(frame.command)}`, encodeFrame(frame));
      const [error] = frame.data;
      if (this.#expecting?.command === frame.command && error !== undefined) this.#expecting.heard(error);
    }
  }

  #pause(ms: number): Promise<void> {
    return ms === 0 ? Promise.resolve() : new Promise((resolve) => this.#deps.clock.after(ms, resolve));
  }
}
