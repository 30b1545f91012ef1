import type { Cancel, Clock } from '../../runtime/ports.ts';
import type { Received } from './frame.ts';
import { FrameParser } from './parser.ts';

/** A frame of which nothing more came for so long does not come whole. */
const SILENT_MS = 5_000;
/** Nor does one that is not whole so long after its head, however its bytes trickle in: a megabyte takes a second or two. */
const WHOLE_MS = 10_000;

/** The frames of one connection, as they come. What looks like the head of a frame and is none holds up those behind it for ten seconds at most. */
export class FrameEar {
  readonly #clock: Clock;
  readonly #heard: (frames: readonly Received[]) => void;
  readonly #parser = new FrameParser();
  #cancel: Cancel = () => undefined;
  /** Which frame has begun, and when it must be whole. */
  #begun: number | null = null;
  #wholeBy = 0;

  constructor(clock: Clock, heard: (frames: readonly Received[]) => void) {
    this.#clock = clock;
    this.#heard = heard;
  }

  push(bytes: Uint8Array): void {
    this.#took(this.#parser.push(bytes));
  }

  /** A new connection, or none. */
  reset(): void {
    this.#cancel();
    this.#parser.reset();
    this.#begun = null;
  }

  #took(frames: readonly Received[]): void {
    this.#cancel();
    const { begun } = this.#parser;
    const now = this.#clock.monotonic();
    if (begun !== this.#begun) this.#wholeBy = now + WHOLE_MS;
    this.#begun = begun;
    if (begun !== null)
      this.#cancel = this.#clock.after(Math.max(0, Math.min(SILENT_MS, this.#wholeBy - now)), () =>
        this.#took(this.#parser.skip()),
      );
    this.#heard(frames);
  }
}
