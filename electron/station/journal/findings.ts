/** Something that does not hold: the journal, the tables or the photos are not what they were. */
export interface Finding {
  readonly code:
    | 'gap'
    | 'broken-link'
    | 'unknown-kind'
    | 'unreadable-row'
    | 'time-reversed'
    | 'anchor-missing'
    | 'anchor-differs'
    | 'not-applicable'
    | 'guard-missing'
    | 'table-missing'
    | 'row-missing'
    | 'row-added'
    | 'row-differs'
    | 'photo-missing'
    | 'photo-differs'
    | 'photo-outside'
    | 'damaged';
  /** The row of the journal, where one can be named. */
  readonly seq: number | null;
  /** A sentence in Chinese. */
  readonly text: string;
}

/** Nothing wrong, but a reader of the evidence must know it: nobody was there, the clock was set. */
export interface Note {
  readonly code: 'started' | 'crashed' | 'clock-jumped' | 'clock-set-while-off' | 'clock-pending';
  readonly seq: number;
  readonly text: string;
}

/**
 * Keeps the first findings of each kind and counts them all: a journal of millions of rows whose every row is wrong must not
 * fill the memory.
 */
export class Collected<T extends { readonly code: string }> {
  readonly #limit: number;
  readonly #kept: T[] = [];
  readonly #counts = new Map<string, number>();
  #total = 0;

  constructor(limitPerCode: number) {
    this.#limit = limitPerCode;
  }

  add(...items: readonly T[]): void {
    for (const item of items) {
      const count = (this.#counts.get(item.code) ?? 0) + 1;
      this.#counts.set(item.code, count);
      this.#total += 1;
      if (count <= this.#limit) this.#kept.push(item);
    }
  }

  /** In the order in which they were found. */
  get kept(): readonly T[] {
    return this.#kept;
  }

  get total(): number {
    return this.#total;
  }
}
