import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';
import type { KeptAttempt } from '../store/outbox-attempt-store.ts';
import type { Store } from '../store/store.ts';

const GROUP = 16;
const AT_LATEST_MS = 50;

/**
 * Writes deliveries down in groups, one commit for up to 16 of them or 50 ms: a commit each would cost the lanes more than it
 * is worth, since a delivery that is forgotten in a crash is only sent once more, under the same identity.
 */
export class Acknowledger {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #flushed: () => void;
  #taken: { readonly id: number; readonly attempt: KeptAttempt }[] = [];
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
    return this.#taken.some((each) => each.id === id);
  }

  add(id: number, attempt: KeptAttempt, lastOnItsWay: boolean): void {
    this.#taken.push({ id, attempt });
    if (this.#taken.length >= GROUP || lastOnItsWay) this.flush();
    else this.#cancel ??= this.#clock.after(AT_LATEST_MS, () => this.flush());
  }

  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const taken = this.#taken;
    if (taken.length === 0) return;
    try {
      this.#store.write((tx) => {
        for (const { id, attempt } of taken) {
          tx.outbox.markDelivered(id, this.#clock.now());
          tx.outboxAttempts.put(id, attempt);
        }
      });
      this.#taken = [];
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
