import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { DisplayLine } from '../../../../shared/domain/display.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { Cancel } from '../../runtime/ports.ts';
import type { CommandOutcome, DeviceDeps, DeviceFacts, Display } from '../device.ts';
import { Board } from './board.ts';
import type { Carrier } from './carrier.ts';
import { COMMANDS, clockData, pageData, speakData, volumeData } from './messages.ts';
import { selfTest } from './self-test.ts';
import type { OlmSettings } from './settings.ts';
import { fitText, pageOf } from './text.ts';

/** A board that nothing was said to for so long is asked whether it is there, by setting its clock. */
const ASK_AFTER_MS = 30_000;
const CLOCK_EVERY_MS = 3_600_000;
/** The camera took so many frames in a row, and the board behind it answered none. */
const SILENT_FRAMES = 3;

/** One display with its voice. What it shows is told anew by the station from time to time: a board that lost its power forgot it. */
export class OlmDisplay implements Display {
  readonly id: string;
  readonly kind = 'display';
  readonly driver: string;
  readonly speaks: boolean;
  readonly #settings: OlmSettings;
  readonly #carrier: Carrier;
  readonly #deps: DeviceDeps;
  readonly #board: Board;
  #state: 'online' | 'offline' | 'unknown' = 'unknown';
  #seenAt: EpochMs | null = null;
  #showing: readonly DisplayLine[] | null = null;
  /** null: as it is set at the board. */
  #volume: number | null = null;
  #clockAt: number | null = null;
  #isSilent = false;
  /** Why the line is not open. */
  #lineFault = '未连接';
  #cancel: Cancel = () => undefined;

  constructor(id: string, driver: string, settings: OlmSettings, carrier: Carrier, deps: DeviceDeps) {
    this.id = id;
    this.driver = driver;
    this.speaks = settings.voice;
    this.#settings = settings;
    this.#carrier = carrier;
    this.#deps = deps;
    this.#board = new Board({
      ...{ carrier, settings, clock: deps.clock, link: deps.link },
      state: (there, detail) => this.#is(there, detail),
    });
  }

  async start(): Promise<void> {
    this.#board.start((up, detail) => {
      if (!up) this.#lineFault = detail;
      // Of a board that answers an open line says nothing yet.
      if (!up || !this.#settings.answers) this.#is(up, detail);
      if (up) this.#greet();
    });
    if (this.#carrier.via !== undefined) this.#greet();
    this.#watch();
  }

  async stop(): Promise<void> {
    this.#cancel();
    this.#board.stop();
  }

  lastSeenAt(): EpochMs | null {
    return this.#seenAt;
  }

  facts(): DeviceFacts {
    return { address: this.#carrier.via === undefined ? this.#carrier.place : undefined, via: this.#carrier.via };
  }

  showing(): readonly DisplayLine[] | null {
    return this.#showing;
  }

  async selfTest(): Promise<readonly SelfTestStep[]> {
    return selfTest({
      isUp: this.#carrier.isUp,
      lineFault: this.#lineFault,
      via: this.#carrier.via,
      place: this.#carrier.place,
      answers: this.#settings.answers,
      ask: () => this.#board.send(COMMANDS.clock, () => clockData(this.#deps.clock.now())),
      answeredMs: () => this.#board.answeredMs,
      garbled: () => this.#board.garbled,
    });
  }

  async show(lines: readonly DisplayLine[], speech = ''): Promise<CommandOutcome> {
    const { variant } = this.#settings;
    const said = this.speaks && this.#volume !== 0 ? speech : '';
    const { page, lost } = pageOf(lines, said, this.#settings);
    if (lost !== '') this.#deps.log.warn('characters that the display does not have', { device: this.id, lost });
    if (page.lines.length === 0) return this.#speak(said);
    const command = variant === 'v2' ? COMMANDS.lines : COMMANDS.linesOld;
    const ended = await this.#board.send(command, () => pageData(page, variant), 'page');
    if (ended.outcome !== 'refused') this.#showing = lines.slice(0, this.#settings.rows);
    return ended;
  }

  async setVolume(percent: number): Promise<CommandOutcome> {
    this.#volume = percent;
    // Below its least the board cannot go: then it is not given anything to say.
    if (percent === 0) return { outcome: 'done', detail: '已静音' };
    return this.#board.send(COMMANDS.volume, () => volumeData(percent), 'volume');
  }

  raw(bytes: Uint8Array): Promise<CommandOutcome> {
    return this.#board.raw(bytes);
  }

  #speak(text: string): Promise<CommandOutcome> {
    if (text === '') return Promise.resolve({ outcome: 'done', detail: '没有内容' });
    return this.#board.send(COMMANDS.speak, () => speakData(fitText(text, 254).bytes), 'page');
  }

  /** What it needs to know after it was away. */
  #greet(): void {
    const { clock } = this.#deps;
    this.#clockAt = clock.monotonic();
    void this.#board.send(COMMANDS.clock, () => clockData(clock.now()), 'clock');
    const volume = this.#volume;
    if (volume !== null && volume > 0) void this.#board.send(COMMANDS.volume, () => volumeData(volume), 'volume');
  }

  #watch(): void {
    this.#cancel = this.#deps.clock.after(ASK_AFTER_MS, () => {
      const { clock } = this.#deps;
      const asks = this.#settings.answers && this.#board.quietMs >= ASK_AFTER_MS;
      const late = this.#clockAt === null || clock.monotonic() - this.#clockAt >= CLOCK_EVERY_MS;
      // Whether a camera is back shows only when it is given something.
      const reachable = this.#carrier.isUp() || this.#carrier.via !== undefined;
      if (reachable && late) this.#greet();
      else if (reachable && asks) void this.#board.send(COMMANDS.clock, () => clockData(clock.now()), 'clock');
      this.#watch();
    });
  }

  #is(there: boolean, detail: string): void {
    if (there) this.#seenAt = this.#deps.clock.now();
    if (this.#carrier.via !== undefined) this.#tellSilence(there);
    const state = there ? 'online' : 'offline';
    if (state === this.#state) return;
    const wasAway = this.#state === 'offline';
    this.#state = state;
    // What hangs on a camera shares its fate: the page says so, and that it is away would be the second alarm for one fault.
    if (this.#carrier.via === undefined) this.#deps.events.state(this.id, state, detail);
    if (there && wasAway && this.#settings.answers) this.#greet();
  }

  /** A camera may be well, and what hangs on it dead. */
  #tellSilence(there: boolean): void {
    const isSilent = there ? false : this.#isSilent || this.#board.unanswered >= SILENT_FRAMES;
    if (isSilent === this.#isSilent) return;
    this.#isSilent = isSilent;
    const detail = '相机收下了内容，屏连续三次没有应答';
    this.#deps.events.fault(this.id, 'no-answer', isSilent ? detail : null);
  }
}
