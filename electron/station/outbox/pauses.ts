import type { Clock } from '../runtime/ports.ts';

/** So many messages failed one after another that the platform as a whole was in trouble, not they. */
const MANY_TROUBLES = 3;
/** After so many it is asked like one that cannot be reached, or a whole backlog would be tried and rest message by message. */
const NOTHING_BUT_TROUBLES = 20;

/**
 * Which messages of one platform rest, until when, and whose fault their failures were. In memory and on the monotonic clock:
 * no change of the wall clock hides a message, and after a restart everything waiting is simply due.
 */
export class Pauses {
  readonly #clock: Clock;
  readonly #until = new Map<number, number>();
  /** Released before their time. One that fails again sits its next pause out: it would otherwise run with every success. */
  readonly #early = new Set<number>();
  /** How many successes there had been when a message last failed together with the link. */
  readonly #failedWithLink = new Map<number, number>();
  /** Messages in a row that the platform answered with a failure of its own. */
  #troubles = 0;
  #successes = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** When a message may be tried again; 0 when nothing holds it back. */
  until(id: number): number {
    return this.#until.get(id) ?? 0;
  }

  rest(id: number, ms: number): void {
    const before = this.#until.get(id);
    if (before !== undefined && before <= this.#clock.monotonic()) this.#early.delete(id);
    this.#until.set(id, this.#clock.monotonic() + ms);
  }

  /** A message failed by itself. @returns whether nothing but failures came back for so long that it speaks against the link. */
  trouble(id: number, ms: number): boolean {
    this.#troubles += 1;
    this.rest(id, ms);
    return this.#troubles >= NOTHING_BUT_TROUBLES;
  }

  /**
   * A message failed in a way that speaks against the link.
   *
   * @returns whether others got through since it last failed like this: then it is the message, and must not stop the rest.
   */
  failedAlone(id: number): boolean {
    const before = this.#failedWithLink.get(id);
    this.#failedWithLink.set(id, this.#successes);
    return before !== undefined && before < this.#successes;
  }

  /**
   * The platform took something. After it failed on one thing after another, their pauses have lost their reason.
   *
   * @returns whether messages were released.
   */
  succeeded(): boolean {
    const release = this.#troubles >= MANY_TROUBLES;
    this.#troubles = 0;
    this.#successes += 1;
    if (!release) return false;
    for (const id of this.#until.keys()) {
      if (this.#early.has(id)) continue;
      this.#until.delete(id);
      this.#early.add(id);
    }
    return true;
  }

  /** Lets a message go now. */
  release(id: number): void {
    this.#until.delete(id);
  }

  /** The message is done with, one way or the other. */
  forget(id: number): void {
    this.#until.delete(id);
    this.#early.delete(id);
    this.#failedWithLink.delete(id);
  }
}
