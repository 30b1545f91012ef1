import { z } from 'zod';

/** A row on the disk that this version cannot read: which, and what is wrong with it, without what stands in it. */
interface Unreadable {
  readonly table: string;
  readonly id: string;
  readonly reason: string;
}

/**
 * Rows that searches passed over. One damaged row must not stop everything that happens to read its neighbours; yet nobody may
 * believe that it is not there, so each is told of once.
 */
export class UnreadableRows {
  readonly #found = new Map<string, Unreadable>();
  readonly #listeners = new Set<(row: Unreadable) => void>();

  add(row: Unreadable): void {
    const key = `${row.table}\n${row.id}`;
    if (this.#found.has(key)) return;
    this.#found.set(key, row);
    for (const listener of this.#listeners) listener(row);
  }

  /** Calls `listener` with what was found so far and with each one after it, wherever a read stands: it must not write at once. */
  onFound(listener: (row: Unreadable) => void): () => void {
    for (const row of this.#found.values()) listener(row);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** What is wrong with a body, by its paths; never a value of it. */
export const faultText = (error: unknown): string =>
  (error instanceof z.ZodError
    ? error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    : 'is no JSON'
  ).slice(0, 300);
