import type { Platform } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';

/** Events read in one transaction: small enough that the lane's thread is never held for long. */
const BATCH = 100;

/**
 * Turns journal events into messages of one platform. Messages and the cursor move in one transaction, so each event is turned
 * into its messages exactly once, whatever happens in between.
 *
 * A platform that has no cursor yet starts at the journal's present end: connecting it does not upload history by itself.
 */
export class Projector {
  readonly #store: Store;
  readonly #platform: Platform;

  constructor(store: Store, platform: Platform) {
    this.#store = store;
    this.#platform = platform;
    if (store.read.outbox.cursor(platform.id) === undefined)
      store.write((tx) => tx.outbox.moveCursor(platform.id, tx.journal.last().seq));
  }

  /** Reads one batch. @returns whether there may be more. */
  run(): boolean {
    const from = this.#store.read.outbox.cursor(this.#platform.id) ?? 0;
    const events = this.#store.read.journal.after(from, BATCH);
    const last = events.at(-1);
    if (!last) return false;
    const drafts = events.flatMap((event) => this.#platform.project(event).map((draft) => ({ draft, event })));
    this.#store.write((tx) => {
      for (const { draft, event } of drafts) tx.outbox.insert(this.#platform.id, draft, event.seq, event.at);
      tx.outbox.moveCursor(this.#platform.id, last.seq);
    });
    return events.length === BATCH;
  }
}
