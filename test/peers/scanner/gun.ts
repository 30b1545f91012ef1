import { type PeerClock, realClock } from '../clock.ts';
import type { Wire } from '../wire.ts';

/** What a gun sends after a code. */
export type Suffix = 'cr' | 'lf' | 'crlf' | 'none';

export interface GunOptions {
  /** Default: `cr`. */
  readonly suffix?: Suffix;
  /** Between two characters; 0 sends a code in one go. Default: 0. */
  readonly msPerCharacter?: number;
  readonly clock?: PeerClock;
}

export interface ScanOptions extends Omit<GunOptions, 'clock'> {
  /** Sent with the code, as a line with interference does. */
  readonly before?: Uint8Array;
  readonly after?: Uint8Array;
}

const SUFFIXES: Readonly<Record<Suffix, string>> = { cr: '\r', lf: '\n', crlf: '\r\n', none: '' };

/** A scan gun that is a serial port: it sends what it reads, and hears nothing. */
export class ScanGun {
  readonly #wire: Wire;
  readonly #options: GunOptions;
  readonly #clock: PeerClock;
  #last: Promise<void> = Promise.resolve();

  constructor(wire: Wire, options: GunOptions = {}) {
    this.#wire = wire;
    this.#options = options;
    this.#clock = options.clock ?? realClock;
  }

  /** Sends a code; one after the other where they come faster than they are sent. Resolves when its last byte has left. */
  scan(code: string, options: ScanOptions = {}): Promise<void> {
    const {
      suffix = 'cr',
      msPerCharacter = 0,
      before = Buffer.alloc(0),
      after = Buffer.alloc(0),
    } = {
      ...this.#options,
      ...options,
    };
    const bytes = Buffer.concat([before, Buffer.from(code + SUFFIXES[suffix], 'latin1'), after]);
    this.#last = this.#last.then(() => this.#send(bytes, msPerCharacter));
    return this.#last;
  }

  /** The trigger was pulled twice, or the gun reads what it has just read. */
  async scanTwice(code: string, apartMs = 0, options: ScanOptions = {}): Promise<void> {
    await this.scan(code, options);
    await this.#pause(apartMs);
    await this.scan(code, options);
  }

  /** Bytes that are no code: interference, or a plug being pushed in. */
  noise(bytes: Uint8Array): void {
    this.#wire.write(bytes);
  }

  async #send(bytes: Buffer, msPerCharacter: number): Promise<void> {
    if (msPerCharacter === 0) {
      this.#wire.write(bytes);
      return;
    }
    for (const [at, byte] of bytes.entries()) {
      if (at > 0) await this.#pause(msPerCharacter);
      this.#wire.write(Buffer.of(byte));
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (ms <= 0) resolve();
      else this.#clock.after(ms, resolve);
    });
  }
}
