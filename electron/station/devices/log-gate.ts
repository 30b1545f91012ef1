import type { Clock } from '../runtime/ports.ts';

/** How many strangers are remembered for the log; their number is up to whoever sends. */
const MAX_REMEMBERED = 200;

/** Says whether a key may be logged: once, or once per interval. Bounded. */
export class LogGate {
  readonly #seen = new Map<string, number>();
  readonly #clock: Clock;
  readonly #againAfterMs: number;

  constructor(clock: Clock, againAfterMs: number) {
    this.#clock = clock;
    this.#againAfterMs = againAfterMs;
  }

  opens(key: string): boolean {
    const now = this.#clock.monotonic();
    const last = this.#seen.get(key);
    if (last !== undefined && now - last < this.#againAfterMs) return false;
    if (last === undefined && this.#seen.size >= MAX_REMEMBERED) return false;
    this.#seen.set(key, now);
    return true;
  }

  /** Forgets keys whose interval is over. */
  sweep(): void {
    const now = this.#clock.monotonic();
    for (const [key, at] of this.#seen) if (now - at >= this.#againAfterMs) this.#seen.delete(key);
  }
}
