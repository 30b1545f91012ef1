import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';
import type { KeptAttempt } from '../store/outbox-attempt-store.ts';
import type { Store } from '../store/store.ts';

const GROUP = 16;
const AT_LATEST_MS = 50;

/** A delivered message, and the stay whose next one it may hold back until it is written down. */
interface Taken {
  readonly key: string | null;
  readonly attempt: KeptAttempt;
}

/**
 * Writes deliveries down in groups, one commit for up to 16 of them or 50 ms: a commit each would cost the lanes more than it
 * is worth, since a delivery that is forgotten in a crash is only sent once more, under the same identity.
 */
export class Acknowledger {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #flushed: () => void;
  #taken = new Map<number, Taken>();
  #cancel: Cancel | undefined;
  #closed = false;

  constructor(deps: { readonly store: Store; readonly clock: Clock; readonly log: Log; readonly flushed: () => void }) {
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#log = deps.log;
    this.#flushed = deps.flushed;
  }

  /** Delivered, not yet written down: must not be sent again. */
  has(id: number): boolean {
    return this.#taken.has(id);
  }

  /** Whether `waits` is true of any: the next of that stay could go if only this were written down. */
  holdsBack(waits: (key: string, id: number) => boolean): boolean {
    for (const [id, { key }] of this.#taken) if (key !== null && waits(key, id)) return true;
    return false;
  }

  add(id: number, taken: Taken): void {
    this.#taken.set(id, taken);
    if (this.#taken.size >= GROUP) this.flush();
    else this.#cancel ??= this.#clock.after(AT_LATEST_MS, () => this.flush());
  }

  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const taken = this.#taken;
    if (taken.size === 0) return;
    try {
      this.#store.write((tx) => {
        for (const [id, { attempt }] of taken) {
          tx.outbox.markDelivered(id, this.#clock.now());
          tx.outboxAttempts.put(id, attempt);
        }
      });
      this.#taken = new Map();
    } catch (error) {
      // The disk is full or gone: they stay in memory, and are written with the next group.
      this.#log.error('deliveries could not be written down', { error: errorText(error) });
      if (!this.#closed) this.#cancel = this.#clock.after(1000, () => this.flush());
      return;
    }
    this.#flushed();
  }

  /** Writes down what is left, as far as the disk takes it; afterwards nothing keeps the program alive. */
  close(): void {
    this.#closed = true;
    this.flush();
  }
}
