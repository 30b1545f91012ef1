import { type PeerClock, realClock } from '../clock.ts';
import type { Relays } from '../lane/index.ts';
import { TcpDevice } from '../tcp-device.ts';
import type { Through, Wire } from '../wire.ts';
import { type CommandOutcome, type CommandTable, commandsOf, type Settings } from './commands.ts';
import { type OlmFrame, OlmStream, reply } from './frame.ts';
import { Screen } from './screen.ts';
import type { SentLine } from './texts.ts';
import { type Utterance, Voice } from './voice.ts';

export interface OlmOptions {
  /** `2.0` knows 6F, `old` 6E; each answers the other with an error. */
  readonly version?: '2.0' | 'old';
  readonly address?: number;
  /** Its relays by channel: 0 lamp, 1 open, 2 close. */
  readonly relays?: Relays;
  /** Frames nearer to each other are complained of; a fifth less is let pass, because lines jitter. Default: 50; 0 never. */
  readonly pacingMs?: number;
  /** How long its speech takes. Default: no time, so that everything is spoken at once. */
  readonly msPerCharacter?: number;
  /** Before its answer leaves, on plugged wires. Default: at once. */
  readonly answerAfterMs?: number;
  /** Silence after which a frame that began is given up. Default: 200. */
  readonly silenceMs?: number;
  /** For its connections: faults of the line. */
  readonly through?: Through;
  readonly clock?: PeerClock;
}

/** What goes wrong with the answer to one frame that was carried out. */
export type OlmFault =
  | { readonly kind: 'lose-answer' }
  | { readonly kind: 'corrupt-answer' }
  /** Not carried out; the answer is this status. */
  | { readonly kind: 'error'; readonly status: number };

/** A frame that came in whole. */
export interface OlmReceived {
  /** Epoch ms. */
  readonly at: number;
  readonly command: number;
  readonly data: Buffer;
  /** 0 done, else an error; `null`: not answered. */
  readonly status: number | null;
}

/** A LED and voice board: a screen of four lines, a loudspeaker, two relays and a clock, behind any number of wires. */
export class OlmBoard {
  readonly received: OlmReceived[] = [];
  /** What a strict board, or its document, objects to. */
  readonly complaints: string[] = [];
  readonly #options: OlmOptions;
  readonly #clock: PeerClock;
  readonly #screen: Screen;
  readonly #voice: Voice;
  readonly #tcp: TcpDevice;
  readonly #commands: CommandTable;
  readonly #faults: OlmFault[] = [];
  #settings: Settings = settings();
  /** For `receive`, where all bytes come from one line. */
  readonly #line = new OlmStream();
  #lastFrame = Number.NEGATIVE_INFINITY;
  #powered = true;

  constructor(options: OlmOptions = {}) {
    this.#options = options;
    this.#clock = options.clock ?? realClock;
    this.#screen = new Screen(this.#clock);
    this.#voice = new Voice(this.#clock, options.msPerCharacter ?? 0);
    this.#tcp = new TcpDevice((wire) => this.plug(wire), options.through);
    this.#commands = commandsOf({
      ...{ version: options.version ?? '2.0', screen: this.#screen, voice: this.#voice, relays: options.relays },
      settings: () => this.#settings,
    });
  }

  /** The texts of the four lines; an empty one is ''. */
  get screen(): readonly string[] {
    return this.lines.map((line) => line?.text ?? '');
  }

  get lines(): readonly (SentLine | null)[] {
    return this.#powered ? this.#screen.lines : this.#screen.lines.map(() => null);
  }

  /** Everything that was said, the last last. */
  get spoken(): readonly Utterance[] {
    return this.#voice.spoken;
  }

  /** Texts that wait to be said. */
  get waiting(): readonly string[] {
    return this.#voice.waiting;
  }

  get settings(): Readonly<Settings> {
    return this.#settings;
  }

  /** Orders a fault for a frame to come; they are used up in order. */
  fault(fault: OlmFault, times = 1): void {
    for (let left = times; left > 0; left -= 1) this.#faults.push(fault);
  }

  /** Bytes from its line, torn or merged. @returns its answers */
  receive(bytes: Uint8Array): Buffer[] {
    return this.#powered ? this.#take(this.#line, bytes) : [];
  }

  /** Puts it on a line. @returns unplugs it */
  plug(wire: Wire): () => void {
    const stream = new OlmStream();
    let silence: () => void = () => undefined;
    const unplug = wire.onBytes((bytes) => {
      silence();
      if (!this.#powered) return;
      for (const answer of this.#take(stream, bytes)) this.#answer(wire, answer);
      silence = this.#clock.after(this.#options.silenceMs ?? 200, () => stream.silence());
    });
    return () => {
      silence();
      unplug();
    };
  }

  /** On a TCP port of its own. Resolves with the port. */
  listen(port?: number): Promise<number> {
    return this.#tcp.listen(port);
  }

  /** Resets its connections. */
  cut(): void {
    this.#tcp.cut();
  }

  /** Its power fails and comes back: texts, speech and settings are forgotten, save what is in flash. */
  powerLoss(): void {
    this.powerOff();
    this.#powered = true;
  }

  /** Dark and deaf, until {@link powerLoss}. */
  powerOff(): void {
    this.#powered = false;
    this.#screen.forget();
    this.#voice.stop();
    this.#line.silence();
    this.#settings = settings();
    this.#tcp.cut();
  }

  async stop(): Promise<void> {
    this.powerOff();
    await this.#tcp.stop();
  }

  #answer(wire: Wire, bytes: Buffer): void {
    const { answerAfterMs = 0 } = this.#options;
    if (answerAfterMs === 0) wire.write(bytes);
    else this.#clock.after(answerAfterMs, () => wire.write(bytes));
  }

  #take(stream: OlmStream, bytes: Uint8Array): Buffer[] {
    const answers: Buffer[] = [];
    for (const frame of stream.take(bytes)) {
      if (frame.address !== (this.#options.address ?? 0)) continue;
      const answer = this.#carryOut(frame);
      if (answer) answers.push(answer);
    }
    return answers;
  }

  #carryOut(frame: OlmFrame): Buffer | null {
    this.#pace();
    const fault = this.#faults.shift();
    const silent = this.#settings.noReply;
    const outcome: CommandOutcome =
      fault?.kind === 'error'
        ? { status: fault.status, complaints: [] }
        : (this.#commands[frame.command]?.(frame.data) ?? { status: 1, complaints: ['unknown command'] });
    const name = frame.command.toString(16).toUpperCase().padStart(2, '0');
    for (const complaint of outcome.complaints) this.complaints.push(`${name}: ${complaint}`);
    const lost = silent || this.#settings.noReply || fault?.kind === 'lose-answer';
    const { command, data } = frame;
    this.received.push({ at: this.#clock.now(), command, data, status: lost ? null : outcome.status });
    if (lost) return null;
    const answer = reply(frame, outcome.status);
    const last = answer.length - 1;
    if (fault?.kind === 'corrupt-answer') answer[last] = (answer[last] ?? 0) ^ 0xff;
    return answer;
  }

  #pace(): void {
    const now = this.#clock.monotonic();
    const apart = now - this.#lastFrame;
    const { pacingMs = 50 } = this.#options;
    if (apart < pacingMs * 0.8) this.complaints.push(`a frame ${Math.round(apart)} ms after another`);
    this.#lastFrame = now;
  }
}

const settings = (): Settings => ({ noReply: false, brightness: null, volume: null, clock: null, flashWrites: 0 });
