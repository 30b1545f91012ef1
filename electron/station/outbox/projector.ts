import type { OutboxDraft, Platform } from '../platforms/platform.ts';
import type { JournalRow } from '../store/journal-store.ts';
import type { Store } from '../store/store.ts';

/** Events read in one transaction: small enough that the lane's thread is never held for long. */
const BATCH = 64;

/**
 * Turns journal events into messages of one platform. Messages and the cursor move in one transaction, so each event is turned
 * into its messages exactly once, whatever happens in between.
 *
 * A row that this version cannot read is set aside, for everything after it would wait for ever: the store tells of it, and a comparison
 * lists it.
 *
 * A platform that has no cursor yet starts at the journal's present end: connecting it does not upload history by itself.
 */
export class Projector {
  readonly #store: Store;
  readonly #platform: Platform;
  /** As on the disk: nobody else moves it. */
  #cursor: number;

  constructor(store: Store, platform: Platform) {
    this.#store = store;
    this.#platform = platform;
    this.#cursor =
      store.read.outbox.cursor(platform.id) ??
      store.write((tx) => {
        const { seq } = tx.journal.last();
        tx.outbox.moveCursor(platform.id, seq);
        return seq;
      });
  }

  /**
   * Reads one batch. @returns whether there may be more.
   *
   * Throws what the platform throws, at the event that it cannot project; everything before that event is stored.
   */
  run(): boolean {
    const rows = this.#store.read.journal.rowsAfter(this.#cursor, BATCH);
    const projected: { readonly row: JournalRow; readonly drafts: readonly OutboxDraft[] }[] = [];
    let fault: { readonly error: unknown } | undefined;
    for (const row of rows)
      try {
        projected.push({ row, drafts: row.event === null ? [] : this.#platform.project(row.event) });
      } catch (error) {
        fault = { error };
        break;
      }
    const last = projected.at(-1)?.row;
    if (last) {
      this.#store.write((tx) => {
        for (const { row, drafts } of projected)
          for (const draft of drafts) tx.outbox.insert(this.#platform.id, draft, row.seq, row.at);
        tx.outbox.moveCursor(this.#platform.id, last.seq);
      });
      this.#cursor = last.seq;
    }
    if (fault) throw fault.error;
    return rows.length === BATCH;
  }
}
