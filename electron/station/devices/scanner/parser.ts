import type { Cancel, Clock } from '../../runtime/ports.ts';

/** Guns that send nothing after a code: so much silence ends it. */
const SILENCE_MS = 50;
/** No code that we know is longer. */
const MOST_CHARACTERS = 64;

const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;
const isPrintable = (byte: number): boolean => byte > 0x20 && byte < 0x7f;
/** What some guns are set to send around a code (STX, ETX, tab, zero bytes), and blanks. */
const isFrame = (byte: number): boolean => byte <= 0x20 || byte === 0x7f;

/**
 * The bytes of a scan gun as codes, however they were split or merged. A code with a byte in it that no code has was damaged on its way,
 * and so was one without an end: that is told as `null` and never guessed at.
 */
export class ScanParser {
  readonly #clock: Clock;
  readonly #read: (code: string | null) => void;
  #bytes: number[] = [];
  #tooLong = false;
  #cancel: Cancel = () => undefined;

  constructor(clock: Clock, read: (code: string | null) => void) {
    this.#clock = clock;
    this.#read = read;
  }

  push(bytes: Uint8Array): void {
    for (const byte of bytes)
      if (byte === CARRIAGE_RETURN || byte === LINE_FEED) this.#end();
      else if (this.#bytes.length < MOST_CHARACTERS * 2) this.#bytes.push(byte);
      else this.#tooLong = true;
    this.#cancel();
    if (this.#bytes.length > 0) this.#cancel = this.#clock.after(SILENCE_MS, () => this.#end());
  }

  /** Forgets what has come of a code: the line broke. */
  clear(): void {
    this.#cancel();
    this.#bytes = [];
    this.#tooLong = false;
  }

  #end(): void {
    const from = this.#bytes.findIndex((byte) => !isFrame(byte));
    const code = from < 0 ? [] : this.#bytes.slice(from, this.#bytes.findLastIndex((byte) => !isFrame(byte)) + 1);
    const whole = !this.#tooLong && code.length <= MOST_CHARACTERS && code.every(isPrintable);
    this.clear();
    if (code.length > 0) this.#read(whole ? String.fromCharCode(...code) : null);
  }
}
