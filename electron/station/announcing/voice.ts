import type { Told } from './tell.ts';

/** What a lane tells right now. */
export interface Telling {
  readonly told: Told;
  /** Since when, by the monotonic clock. */
  readonly since: number;
  /** It was not spoken yet. */
  readonly unspoken: boolean;
}

/** What one lane tells: once to each car, and until its time is over. */
export class LaneVoice {
  #told: Told | null = null;
  #since = 0;
  /** When it is over, by the monotonic clock; null: when the car no longer waits. */
  #until: number | null = null;
  #spoken = new Set<string>();

  /** @param holdMs how long this stays once the car was let through */
  follow(told: Told | null, now: number, holdMs: (told: Told) => number): Telling | null {
    if (told === null) {
      // Who was let through may have gone: what it was told stays for its time.
      if (this.#until === null) this.#told = null;
    } else {
      if (told.passageId !== this.#told?.passageId) this.#spoken = new Set();
      if (told.key !== this.#told?.key) {
        this.#since = now;
        this.#until = told.stays ? null : now + holdMs(told);
      }
      this.#told = told;
    }
    const over = this.#until !== null && now >= this.#until;
    if (!this.#told || over) return null;
    return { told: this.#told, since: this.#since, unspoken: !this.#spoken.has(this.#told.key) };
  }

  /** It was said aloud, or left unsaid for good. */
  spoke(told: Told): void {
    if (told.passageId === this.#told?.passageId) this.#spoken.add(told.key);
  }

  /** What stood there when the station started was told before; who was let through has gone. */
  resume(told: Told | null, now: number): void {
    this.follow(told, now, () => 0);
    if (told) this.spoke(told);
  }

  /** When it is over by itself. */
  get until(): number | null {
    return this.#told ? this.#until : null;
  }
}
