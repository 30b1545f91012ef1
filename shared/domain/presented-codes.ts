/** The same code read again so soon after it was used is the same presentation of the phone. */
const SAME_MS = 3_000;
/** A payment code is good for about so long, and for one car. */
const SPENT_MS = 60_000;
/** A code that was not read for so long was taken away. */
const GONE_MS = 10_000;
/** What came to nothing so often with a code that was never taken away comes to nothing again. */
const ENOUGH = 3;
/** The same is told of a code that lies there no more often than this. */
const TOLD_AGAIN_MS = 3_000;

interface Use {
  readonly at: number;
  readonly car: string;
}

/** A code for as long as it lies before the gun. */
interface Lying {
  readAt: number;
  /** How often it was used, by what it was to pay for. */
  readonly uses: Map<string, number>;
  readonly told: Map<string, { readonly times: number; readonly at: number }>;
  saidToLie: boolean;
}

/**
 * The codes that were used, as long as their phones may still lie before a gun. What came of nothing is not among them: it is looked at anew with the next
 * read, so that a bill that was too young is paid as soon as it is old enough. Instants in ms, of a clock that only goes forward.
 */
export class PresentedCodes {
  #uses = new Map<string, Use>();
  #lying = new Map<string, Lying>();

  /** It was read, whatever comes of it. To be told of each read, before anything else. */
  read(code: string, now: number): void {
    this.#lying = new Map([...this.#lying].filter(([, { readAt }]) => now - readAt < GONE_MS));
    this.#lyingOf(code, now).readAt = now;
  }

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

  /** It was used for this three times without a pause, and lies there still: nobody is asked about it again before it was taken away. */
  isWornOut(code: string, forWhat: string): boolean {
    return (this.#lying.get(code)?.uses.get(forWhat) ?? 0) >= ENOUGH;
  }

  /**
   * What is to be told of a code that comes to nothing: the same three times, then that it lies there ({@link lies}: once), and then nothing until it was
   * taken away.
   */
  telling(code: string, what: string, now: number): 'what' | 'lies' | 'nothing' {
    const lying = this.#lyingOf(code, now);
    const told = lying.told.get(what) ?? { times: 0, at: Number.NEGATIVE_INFINITY };
    if (now - told.at < TOLD_AGAIN_MS) return 'nothing';
    if (told.times >= ENOUGH) return 'lies';
    lying.told.set(what, { times: told.times + 1, at: now });
    return 'what';
  }

  /** Whether it is to be told that it lies there: once. */
  lies(code: string, now: number): boolean {
    const lying = this.#lyingOf(code, now);
    const isNew = !lying.saidToLie;
    lying.saidToLie = true;
    return isNew;
  }

  /** Something begins with it: for a car, and what that has to pay. @returns takes that back: it was refused */
  use(code: string, now: number, car: string, forWhat = car): () => void {
    const before = this.#uses.get(code);
    const use = { at: now, car };
    this.#uses = new Map([...this.#uses].filter(([, { at }]) => now - at < SPENT_MS)).set(code, use);
    const { uses } = this.#lyingOf(code, now);
    uses.set(forWhat, (uses.get(forWhat) ?? 0) + 1);
    return () => {
      uses.set(forWhat, (uses.get(forWhat) ?? 1) - 1);
      if (this.#uses.get(code) !== use) return;
      if (before) this.#uses.set(code, before);
      else this.#uses.delete(code);
    };
  }

  #lyingOf(code: string, now: number): Lying {
    const known = this.#lying.get(code);
    if (known) return known;
    const lying: Lying = { readAt: now, uses: new Map(), told: new Map(), saidToLie: false };
    this.#lying.set(code, lying);
    return lying;
  }
}
