/** The same code read again so soon after it was used is the same presentation of the phone. */
const SAME_MS = 3_000;
/** A payment code is good for about so long, and for one car. */
const SPENT_MS = 60_000;

interface Use {
  readonly at: number;
  readonly car: string;
}

/**
 * The codes that were used, as long as their phones may still lie before a gun. What came of nothing is not among them: it is looked at anew with the next
 * read, so that a bill that was too young is paid as soon as it is old enough. Instants in ms, of a clock that only goes forward.
 */
export class PresentedCodes {
  #uses = new Map<string, Use>();

  /** It was used a moment ago: nothing is to be done, and nothing said. */
  isSame(code: string, now: number): boolean {
    const use = this.#uses.get(code);
    return use !== undefined && now - use.at < SAME_MS;
  }

  /** The car for which it was used while it was good; null: for none. */
  carOf(code: string, now: number): string | null {
    const use = this.#uses.get(code);
    return use !== undefined && now - use.at < SPENT_MS ? use.car : null;
  }

  /** Something begins with it. @returns takes that back: it was refused */
  use(code: string, now: number, car: string): () => void {
    const before = this.#uses.get(code);
    const use = { at: now, car };
    this.#uses = new Map([...this.#uses].filter(([, { at }]) => now - at < SPENT_MS)).set(code, use);
    return () => {
      if (this.#uses.get(code) !== use) return;
      if (before) this.#uses.set(code, before);
      else this.#uses.delete(code);
    };
  }
}
