import type { Clock } from '../../runtime/ports.ts';
import type { Answer } from './answer.ts';

/** What is known of the way to the platform, from the ends of all pushes. */
export class Network {
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #state: 'online' | 'offline' | 'unknown' = 'unknown';
  #detail = '';

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get state(): { readonly state: 'online' | 'offline' | 'unknown'; readonly detail: string } {
    return { state: this.#state, detail: this.#detail };
  }

  /** Calls `listener` when the way is open again after something failed. */
  onRecovered(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  heard(answer: Answer): void {
    if (answer.kind === 'answered') {
      this.recovered();
      this.#state = 'online';
    } else {
      this.#state = 'offline';
      this.#detail = answer.reason;
    }
  }

  /** The platform spoke to us: then it can be reached, too. */
  recovered(): void {
    if (this.#state !== 'offline') return;
    this.#state = 'unknown';
    this.#detail = '';
    // After the turn of whoever noticed: nothing of ours may run inside a request of somebody else's.
    this.#clock.after(0, () => {
      for (const listener of this.#listeners) listener();
    });
  }
}
