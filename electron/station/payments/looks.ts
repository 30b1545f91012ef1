import { laterPause, type Patience } from './patience.ts';

/** When one attempt is looked after next: at instants counted from where it came to be as it is, then less and less often. */
export class Looks {
  readonly #since: number;
  readonly #soonMs: readonly number[];
  readonly #later: (tries: number) => number;
  #soonDone = 0;
  #laterDone = 0;
  #due: number | undefined;

  /** @param since of the monotonic clock · @param later the pause before look number n of those that come after the instants */
  constructor(since: number, soonMs: readonly number[], later: (tries: number) => number) {
    this.#since = since;
    this.#soonMs = soonMs;
    this.#later = later;
  }

  /** Whether the last of the instants is behind us. One that passed while an answer was awaited is not made up for. */
  spent(now: number): boolean {
    while ((this.#soonMs[this.#soonDone] ?? Number.POSITIVE_INFINITY) <= now - this.#since) this.#soonDone += 1;
    return this.#soonDone >= this.#soonMs.length;
  }

  /** How long from now to the next look. */
  pause(now: number): number {
    const passed = now - this.#since;
    this.spent(now);
    this.#due = this.#soonMs[this.#soonDone];
    return this.#due === undefined ? this.#later(this.#laterDone) : this.#due - passed;
  }

  /** The look that was due takes place. */
  begun(): void {
    if (this.#due === undefined) this.#laterDone += 1;
    else this.#soonDone += 1;
    this.#due = undefined;
  }
}

/** Somebody stands there with a phone in hand: never asked more seldom than at the end of the first looks. */
export const whileShown = (since: number, { soonMs, firstLaterMs }: Patience): Looks =>
  new Looks(since, soonMs, () => soonMs.at(-1) ?? firstLaterMs);

/** Nobody knows what became of it. `askAtMs`: when its channel wants to be asked. */
export const whileUnknown = (since: number, patience: Patience, askAtMs: readonly number[] | undefined): Looks =>
  new Looks(since, askAtMs ?? patience.soonMs, (tries) => laterPause(tries, patience));
