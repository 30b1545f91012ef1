import type { PeerClock } from '../clock.ts';
import type { Relays } from '../lane/index.ts';

/** The coils of a board, with the timers of their pulses, and what is wired to them. */
export class Coils {
  readonly #clock: PeerClock;
  readonly #wired: Relays | undefined;
  readonly #on: boolean[];
  readonly #ends = new Map<number, () => void>();

  constructor(count: number, clock: PeerClock, wired: Relays | undefined) {
    this.#on = Array.from({ length: count }, () => false);
    this.#clock = clock;
    this.#wired = wired;
  }

  get states(): readonly boolean[] {
    return this.#on;
  }

  set(coil: number, on: boolean, cause: string): void {
    this.#endPulse(coil);
    this.#on[coil] = on;
    this.#wired?.set(coil, on, cause);
  }

  /** On for `ms`, then off, also where it was on before. One that comes while another lasts is a pulse of its own for the lane. */
  pulse(coil: number, ms: number, cause: string): void {
    const kept = this.#on[coil] === true && !this.#ends.has(coil);
    this.#endPulse(coil);
    this.#on[coil] = true;
    if (!kept) this.#wired?.pulse(coil, ms, cause);
    const end = this.#clock.after(ms, () => {
      this.#ends.delete(coil);
      this.#on[coil] = false;
      if (kept) this.#wired?.set(coil, false, cause);
    });
    this.#ends.set(coil, end);
  }

  /** All relays fall. */
  release(cause: string): void {
    for (const [coil, on] of this.#on.entries()) if (on) this.set(coil, false, cause);
  }

  #endPulse(coil: number): void {
    this.#ends.get(coil)?.();
    this.#ends.delete(coil);
  }
}
