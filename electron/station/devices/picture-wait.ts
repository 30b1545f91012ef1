import type { Cancel, Clock } from '../runtime/ports.ts';

/** So long after what was told, or after the picture before it, a picture is thought to belong to it. */
const PICTURE_MS = 5_000;
/** How long after a picture another one is thought to come, where nobody says how many there are. */
const NEXT_MS = 750;

/** The whole scene is larger than what was cut out of it; null: there is none. */
export const largestOf = (pictures: readonly Uint8Array[]): Uint8Array | null =>
  pictures.reduce<Uint8Array | null>((best, next) => (best && best.length >= next.length ? best : next), null);

/**
 * Puts what a device tells of a car together with the pictures that come behind it. What is told is passed on at once, for the car does not wait
 * for its picture; and once more with its pictures when all of them are there, when no more come, or when the next thing is told.
 */
export class PictureWait<T> {
  readonly #clock: Clock;
  readonly #deliver: (told: T, pictures: readonly Uint8Array[]) => void;
  #waiting: { readonly told: T; readonly expected: number | null } | null = null;
  #pictures: Uint8Array[] = [];
  #cancel: Cancel = () => undefined;

  constructor(clock: Clock, deliver: (told: T, pictures: readonly Uint8Array[]) => void) {
    this.#clock = clock;
    this.#deliver = deliver;
  }

  /** `expected`: how many pictures will come; null: it does not say. */
  begin(told: T, expected: number | null): void {
    this.flush();
    this.#deliver(told, []);
    if (expected === 0) return;
    this.#waiting = { told, expected };
    this.#wait(PICTURE_MS);
  }

  /** A picture that follows nothing is nobody's. */
  picture(jpeg: Uint8Array): void {
    if (!this.#waiting) return;
    const { expected } = this.#waiting;
    this.#pictures.push(jpeg);
    if (expected !== null && this.#pictures.length >= expected) this.flush();
    else this.#wait(expected === null ? NEXT_MS : PICTURE_MS);
  }

  /** Passes on the pictures that there are; none come any more. */
  flush(): void {
    this.#cancel();
    const [waiting, pictures] = [this.#waiting, this.#pictures];
    this.#waiting = null;
    this.#pictures = [];
    if (waiting && pictures.length > 0) this.#deliver(waiting.told, pictures);
  }

  #wait(ms: number): void {
    this.#cancel();
    this.#cancel = this.#clock.after(ms, () => this.flush());
  }
}
