import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Cancel, Clock } from '../runtime/ports.ts';

/** Looks at a berth again when time alone will have brought something about: one timer a berth at most. */
export class Awaiting {
  readonly #clock: Clock;
  readonly #look: (berthId: string) => void;
  readonly #timers = new Map<string, Cancel>();
  #stopped = false;

  constructor(clock: Clock, look: (berthId: string) => void) {
    this.#clock = clock;
    this.#look = look;
  }

  /** @param at null: nothing is awaited any more */
  until(berthId: string, at: EpochMs | null): void {
    this.#timers.get(berthId)?.();
    this.#timers.delete(berthId);
    if (at === null || this.#stopped) return;
    const cancel = this.#clock.after(Math.max(0, at - this.#clock.now()), () => {
      this.#timers.delete(berthId);
      this.#look(berthId);
    });
    this.#timers.set(berthId, cancel);
  }

  /** Once whoever is writing has come to an end. */
  soon(berthId: string): void {
    this.until(berthId, this.#clock.now());
  }

  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }
}
