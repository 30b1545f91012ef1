import type { CommandOutcome } from '../devices/device.ts';
import type { Told } from './tell.ts';

/** What a display did not confirm is shown once more after this time, a few times; then it is told anew with everything else. */
const AGAIN_MS = 5_000;
const TRIES = 3;
/** Older than this nothing is said any more: the driver has gone, or has read it. */
const SAID_WITHIN_MS = 15_000;

type Key = Pick<Told, 'key' | 'passageId'>;

const isSame = (one: Key | null, other: Key | null): boolean =>
  one !== null && one.key === other?.key && one.passageId === other.passageId;

/**
 * What a display was told of the car that stands there and did not confirm: it may have lost its power just then. It is shown again; and said,
 * if it was not, once, as soon as the display is known to be there. Times are those of the monotonic clock.
 */
export class Missed {
  #about: Key | null = null;
  #tries = 0;
  #showAt: number | null = null;
  /** When it was to be said; null: it was, or there was nothing to say. */
  #unsaidAt: number | null = null;
  #isThere = false;

  /** How a message about a car ended. @param saidAt when it left, if something was to be said with it */
  ended(about: Key, { outcome }: CommandOutcome, now: number, saidAt: number | null): void {
    if (outcome === 'done') {
      this.#showAt = null;
      this.#isThere = true;
      if (saidAt !== null || !isSame(about, this.#about)) this.#unsaidAt = null;
      return;
    }
    if (!isSame(about, this.#about)) {
      this.#about = about;
      this.#tries = 0;
      this.#unsaidAt = null;
    }
    this.#isThere = false;
    this.#unsaidAt ??= saidAt;
    this.#showAt = ++this.#tries > TRIES ? null : now + AGAIN_MS;
  }

  /** The display came back. */
  isBack(): void {
    this.#isThere = true;
  }

  /** Whether this is to be said although it was given before. Then it counts as said: what is lost twice is lost. */
  saysAgain(about: Key | null, now: number): boolean {
    const isYoung = this.#unsaidAt !== null && now - this.#unsaidAt <= SAID_WITHIN_MS;
    if (!this.#isThere || !isYoung || !isSame(this.#about, about)) return false;
    this.#unsaidAt = null;
    return true;
  }

  /** Whether this is to be shown again now. */
  showsAgain(about: Key | null, now: number): boolean {
    return this.#showAt !== null && now >= this.#showAt && isSame(this.#about, about);
  }

  /** When it is to be looked at again; null: not because of this. */
  get wakeAt(): number | null {
    return this.#showAt;
  }
}
