import { type PeerClock, realClock } from '../clock.ts';
import { TcpDevice } from '../tcp-device.ts';
import type { Wire } from '../wire.ts';

export type SignColour = 'green' | 'yellow' | 'red';

/** What it shows. */
export interface Shown {
  readonly count: number;
  readonly colour: SignColour;
}

export interface SignOptions {
  /** Digits that it has: a larger number is a complaint, and is not shown. Default: 4. */
  readonly digits?: number;
  /** Silence after which a frame that began is given up. Default: 100. */
  readonly silenceMs?: number;
  readonly clock?: PeerClock;
}

const START = 0x3a;
const END = 0x0a;
const LENGTH = 7;
const COLOURS = ['green', 'yellow', 'red'] as const;

/** A sign of free spaces (讯鹏): seven bytes in, a number in a colour. It answers nothing. */
export class FreeSpaceSign {
  /** All that it ever showed, the last last. */
  readonly history: Shown[] = [];
  readonly complaints: string[] = [];
  readonly #options: SignOptions;
  readonly #clock: PeerClock;
  readonly #tcp: TcpDevice;
  #bytes: Buffer = Buffer.alloc(0);
  #shown: Shown | null = null;

  constructor(options: SignOptions = {}) {
    this.#options = options;
    this.#clock = options.clock ?? realClock;
    this.#tcp = new TcpDevice((wire) => this.plug(wire));
  }

  /** `null`: dark, because nobody has told it anything yet. */
  get shown(): Shown | null {
    return this.#shown;
  }

  /** Bytes from its line, torn or merged; it looks for the next start byte where a frame is wrong. */
  receive(bytes: Uint8Array): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    for (;;) {
      const start = this.#bytes.indexOf(START);
      this.#bytes = start === -1 ? Buffer.alloc(0) : this.#bytes.subarray(start);
      if (this.#bytes.length < LENGTH) return;
      const taken = this.#take(this.#bytes.subarray(0, LENGTH));
      this.#bytes = this.#bytes.subarray(taken ? LENGTH : 1);
    }
  }

  /** @returns unplugs it */
  plug(wire: Wire): () => void {
    let silence: () => void = () => undefined;
    const unplug = wire.onBytes((bytes) => {
      silence();
      this.receive(bytes);
      silence = this.#clock.after(this.#options.silenceMs ?? 100, () => {
        this.#bytes = Buffer.alloc(0);
      });
    });
    return () => {
      silence();
      unplug();
    };
  }

  /** Behind a serial server. Resolves with the port. */
  listen(port?: number): Promise<number> {
    return this.#tcp.listen(port);
  }

  /** Resets its connections. */
  cut(): void {
    this.#tcp.cut();
  }

  /** Dark until it is told anew. */
  powerLoss(): void {
    this.#shown = null;
    this.#bytes = Buffer.alloc(0);
  }

  async stop(): Promise<void> {
    await this.#tcp.stop();
  }

  /** @returns whether it was a frame */
  #take(frame: Buffer): boolean {
    const sum = frame.subarray(0, 5).reduce((total, byte) => total + byte, 0) & 0xff;
    if (frame[6] !== END || frame[5] !== sum) {
      this.complaints.push(`no frame: ${frame.toString('hex')}`);
      return false;
    }
    const colour = COLOURS[frame[1] ?? 0];
    const count = frame.readUInt16LE(2);
    if (!colour) this.complaints.push(`colour ${frame[1]}`);
    else if (count >= 10 ** (this.#options.digits ?? 4)) this.complaints.push(`a number of too many digits: ${count}`);
    else {
      this.#shown = { count, colour };
      this.history.push(this.#shown);
    }
    return true;
  }
}
