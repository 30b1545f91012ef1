import type { PeerClock } from '../clock.ts';

/** Something that was said, or that is waiting to be. */
export interface Utterance {
  readonly text: string;
  /** Epoch ms when it began. */
  readonly at: number;
  /** Something else broke it off. */
  readonly cut: boolean;
}

/** The loudspeaker with its queue. */
export class Voice {
  readonly spoken: Utterance[] = [];
  readonly #clock: PeerClock;
  readonly #msPerCharacter: number;
  #queue: string[] = [];
  #end: (() => void) | null = null;

  constructor(clock: PeerClock, msPerCharacter: number) {
    this.#clock = clock;
    this.#msPerCharacter = msPerCharacter;
  }

  get speaking(): boolean {
    return this.#end !== null;
  }

  get waiting(): readonly string[] {
    return this.#queue;
  }

  /** `option`: 0 after what waits, 1 now, 2 now and instead of all that waits. */
  say(text: string, option: number): void {
    if (option === 2) this.#queue = [];
    if (option === 0) this.#queue.push(text);
    else {
      this.#break();
      this.#queue.unshift(text);
    }
    if (!this.#end) this.#next();
  }

  /** Silence, and nothing waits. */
  stop(): void {
    this.#queue = [];
    this.#break();
  }

  #break(): void {
    if (!this.#end) return;
    this.#end();
    this.#end = null;
    const last = this.spoken.pop();
    if (last) this.spoken.push({ ...last, cut: true });
  }

  #next(): void {
    const text = this.#queue.shift();
    if (text === undefined) return;
    this.spoken.push({ text, at: this.#clock.now(), cut: false });
    const ms = text.length * this.#msPerCharacter;
    if (ms === 0) {
      this.#next();
      return;
    }
    this.#end = this.#clock.after(ms, () => {
      this.#end = null;
      this.#next();
    });
  }
}
