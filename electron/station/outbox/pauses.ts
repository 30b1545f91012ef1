import type { Delivery } from '../platforms/platform.ts';
import type { Clock } from '../runtime/ports.ts';
import type { OutgoingRow } from '../store/outbox-store.ts';

type Retry = Extract<Delivery, { readonly kind: 'retry' }>;
type Row = Pick<OutgoingRow, 'id' | 'message'>;

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
  readonly #resting = new Map<number, { readonly until: number; readonly message: string; readonly fixed: boolean }>();
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
    return this.#resting.get(id)?.until ?? 0;
  }

  /** @param fixed whether only time and whoever names it end the pause, not what happens to others */
  rest({ id, message }: Row, ms: number, fixed = false): void {
    const now = this.#clock.monotonic();
    const before = this.#resting.get(id);
    if (before !== undefined && before.until <= now) this.#early.delete(id);
    this.#resting.set(id, { until: now + ms, message, fixed });
  }

  /**
   * A message failed, and rests for `ms` where the platform's rules do not say how long.
   *
   * @returns what that says about the link; undefined: nothing
   */
  failed(row: Row, delivery: Retry, ms: number): 'up' | 'down' | undefined {
    if (delivery.againInMs !== undefined) {
      this.rest(row, delivery.againInMs, true);
      return undefined;
    }
    if (delivery.unsent === true) {
      this.rest(row, ms);
      return undefined;
    }
    if (delivery.scope === 'message') return this.#trouble(row, ms) ? 'down' : 'up';
    if (!this.#failedAlone(row.id)) return 'down';
    // The platform stumbles over this message and takes others: it must not stand in their way for ever.
    this.#trouble(row, ms);
    return undefined;
  }

  /** A message failed by itself. @returns whether nothing but failures came back for so long that it speaks against the link. */
  #trouble(row: Row, ms: number): boolean {
    this.#troubles += 1;
    this.rest(row, ms);
    return this.#troubles >= NOTHING_BUT_TROUBLES;
  }

  /**
   * A message failed in a way that speaks against the link.
   *
   * @returns whether others got through since it last failed like this: then it is the message, and must not stop the rest.
   */
  #failedAlone(id: number): boolean {
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
    for (const [id, { fixed }] of this.#resting) {
      if (fixed || this.#early.has(id)) continue;
      this.#resting.delete(id);
      this.#early.add(id);
    }
    return true;
  }

  /** Lets a message go now. */
  release(id: number): void {
    this.#resting.delete(id);
  }

  /** Lets all messages of this name go now. */
  releaseAll(message: string): void {
    for (const [id, resting] of this.#resting) if (resting.message === message) this.#resting.delete(id);
  }

  /** The message is done with, one way or the other. */
  forget(id: number): void {
    this.#resting.delete(id);
    this.#early.delete(id);
    this.#failedWithLink.delete(id);
  }
}
