import type { Cancel, Clock } from '../../runtime/ports.ts';

/** Guns that send nothing after a code: so much silence ends it. */
const SILENCE_MS = 50;
/** Of a gun that ends its codes with CR or LF, what has been without one for so long has lost its rest. */
const LOST_MS = 500;
/** Where the whole program stood still, timers come before bytes that have long been there: those have a turn first. */
const TURN_MS = 10;
/** No code that we know is longer. */
const MOST_CHARACTERS = 64;

const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;
const isPrintable = (byte: number): boolean => byte > 0x20 && byte < 0x7f;
/** What some guns are set to send around a code (STX, ETX, tab, zero bytes), and blanks. */
const isFrame = (byte: number): boolean => byte <= 0x20 || byte === 0x7f;

/** What ended a code: CR or LF, or that no more came. */
export type CodeEnd = 'mark' | 'silence';

/**
 * The bytes of a scan gun as codes, however they were split or merged. A code with a byte in it that no code has was damaged on its way,
 * and so was one without an end: that is told as `null` and never guessed at. Silence ends a code only for a gun that has never ended one
 * with CR or LF.
 */
export class ScanParser {
  readonly #clock: Clock;
  readonly #read: (code: string | null, end: CodeEnd) => void;
  #bytes: number[] = [];
  #tooLong = false;
  #hasMarks = false;
  #cancel: Cancel = () => undefined;

  constructor(clock: Clock, read: (code: string | null, end: CodeEnd) => void) {
    this.#clock = clock;
    this.#read = read;
  }

  push(bytes: Uint8Array): void {
    for (const byte of bytes)
      if (byte === CARRIAGE_RETURN || byte === LINE_FEED) this.#end('mark');
      else if (this.#bytes.length < MOST_CHARACTERS * 2) this.#bytes.push(byte);
      else this.#tooLong = true;
    this.#cancel();
    if (this.#bytes.length === 0) return;
    this.#cancel = this.#clock.after(this.#hasMarks ? LOST_MS : SILENCE_MS, () => this.#silent());
  }

  /** Forgets what has come of a code, and what kind of gun it was: the line broke. */
  clear(): void {
    this.#empty();
    this.#hasMarks = false;
  }

  /** It was silent for long enough, unless bytes that are there already could not be told yet. */
  #silent(): void {
    const since = this.#clock.monotonic();
    this.#cancel = this.#clock.after(TURN_MS, () => {
      const stoodStill = this.#clock.monotonic() - since > 2 * TURN_MS;
      if (stoodStill) this.#silent();
      else this.#end('silence');
    });
  }

  #end(end: CodeEnd): void {
    const from = this.#bytes.findIndex((byte) => !isFrame(byte));
    const code = from < 0 ? [] : this.#bytes.slice(from, this.#bytes.findLastIndex((byte) => !isFrame(byte)) + 1);
    const whole = !this.#tooLong && code.length <= MOST_CHARACTERS && code.every(isPrintable);
    const isLost = end === 'silence' && this.#hasMarks;
    this.#empty();
    if (code.length === 0) return;
    // Not for a mark in noise: a gun without marks would never be understood again.
    if (end === 'mark' && whole) this.#hasMarks = true;
    this.#read(whole && !isLost ? String.fromCharCode(...code) : null, end);
  }

  #empty(): void {
    this.#cancel();
    this.#bytes = [];
    this.#tooLong = false;
  }
}
