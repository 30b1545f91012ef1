import type { PeerClock } from '../clock.ts';
import type { ArmState } from './ports.ts';

type End = 0 | 1;

/** The boom and its motor: it travels, and stands. Who may move it is the controller's business. */
export class Arm {
  /** How often it began to rise from being shut. */
  risings = 0;
  readonly #clock: PeerClock;
  readonly #changed: () => void;
  readonly #travelMs: number;
  /** How many times slower than it should be. */
  #slowness = 1;
  #jammed = false;
  #to: End | null = null;
  /** Height at `#since`, when it last changed its movement. */
  #from = 0;
  #since = 0;
  #said: ArmState = 'closed';
  #cancel: () => void = () => undefined;

  constructor(clock: PeerClock, travelMs: number, changed: () => void) {
    this.#clock = clock;
    this.#travelMs = travelMs;
    this.#changed = changed;
  }

  /** 0 shut … 1 upright. */
  get height(): number {
    if (this.#to === null) return this.#from;
    const travel = this.#travelMs * this.#slowness;
    const moved = travel === 0 ? 1 : (this.#clock.monotonic() - this.#since) / travel;
    return this.#to === 1 ? Math.min(1, this.#from + moved) : Math.max(0, this.#from - moved);
  }

  get state(): ArmState {
    if (this.#jammed) return 'jammed';
    if (this.#to !== null) return this.#to === 1 ? 'opening' : 'closing';
    if (this.#from === 1) return 'open';
    return this.#from === 0 ? 'closed' : 'stopped';
  }

  /** Ms until it has fallen to `height`; `null` when it does not fall, or is below. */
  fallsTo(height: number): number | null {
    const above = this.height - height;
    return this.#to === 0 && above >= 0 ? above * this.#travelMs * this.#slowness : null;
  }

  /** Nothing happens while it is jammed. */
  move(to: End): void {
    if (this.#jammed || this.#to === to || (this.#to === null && this.#from === to)) return;
    if (to === 1 && this.height === 0) this.risings += 1;
    this.#set(this.height, to);
  }

  /** It stands where it is, or at `height`. */
  halt(height = this.height): void {
    if (this.#to !== null) this.#set(height, null);
  }

  jam(on: boolean): void {
    this.#jammed = on;
    this.#set(this.height, null);
  }

  /** Takes `times` as long as before, from now on. */
  slow(times: number): void {
    const { height } = this;
    this.#slowness = times;
    this.#set(height, this.#to);
  }

  #set(from: number, to: End | null): void {
    this.#cancel();
    this.#from = from;
    this.#since = this.#clock.monotonic();
    this.#to = to;
    if (to !== null) {
      const left = Math.abs(to - from) * this.#travelMs * this.#slowness;
      if (left === 0) this.#arrive(to);
      else this.#cancel = this.#clock.after(left, () => this.#arrive(to));
    }
    this.#say();
  }

  #arrive(to: End): void {
    this.#from = to;
    this.#to = null;
    this.#say();
  }

  #say(): void {
    if (this.state === this.#said) return;
    this.#said = this.state;
    this.#changed();
  }
}
