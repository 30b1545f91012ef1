import type { Cancel, Clock } from '../runtime/ports.ts';

/** So long a picture that was begun, or the first one, may keep a car waiting. */
const IDLE_MS = 300;
/** How long after a picture another one is thought to come, where nobody says how many there are. */
const NEXT_MS = 60;
const MOST_MS = 1_500;

/** The whole scene is larger than what was cut out of it; null: there is none. */
export const largestOf = (pictures: readonly Uint8Array[]): Uint8Array | null =>
  pictures.reduce<Uint8Array | null>((best, next) => (best && best.length >= next.length ? best : next), null);

/**
 * Puts what a device tells of a car together with the pictures that come behind it. A car does not wait long for its picture: what was told is
 * passed on as soon as all pictures are there, when no more come, or when the next thing is told.
 */
export class PictureWait<T> {
  readonly #clock: Clock;
  readonly #deliver: (told: T, pictures: readonly Uint8Array[]) => void;
  #waiting: { readonly told: T; readonly expected: number | null; readonly since: number } | null = null;
  #pictures: Uint8Array[] = [];
  #cancel: Cancel = () => undefined;

  constructor(clock: Clock, deliver: (told: T, pictures: readonly Uint8Array[]) => void) {
    this.#clock = clock;
    this.#deliver = deliver;
  }

  /** `expected`: how many pictures will come; null: it does not say. */
  begin(told: T, expected: number | null): void {
    this.flush();
    this.#waiting = { told, expected, since: this.#clock.monotonic() };
    if (expected === 0) this.flush();
    else this.#wait(IDLE_MS);
  }

  /** @returns whether somebody waited for it */
  picture(jpeg: Uint8Array): boolean {
    if (!this.#waiting) return false;
    const { expected } = this.#waiting;
    this.#pictures.push(jpeg);
    if (expected !== null && this.#pictures.length >= expected) this.flush();
    else this.#wait(expected === null ? NEXT_MS : IDLE_MS);
    return true;
  }

  /** Some bytes of a picture came that is not whole yet. */
  moving(): void {
    if (this.#waiting) this.#wait(IDLE_MS);
  }

  /** Passes on what there is. */
  flush(): void {
    this.#cancel();
    const [waiting, pictures] = [this.#waiting, this.#pictures];
    this.#waiting = null;
    this.#pictures = [];
    if (waiting) this.#deliver(waiting.told, pictures);
  }

  #wait(ms: number): void {
    this.#cancel();
    const gone = this.#clock.monotonic() - (this.#waiting?.since ?? 0);
    this.#cancel = this.#clock.after(Math.max(0, Math.min(ms, MOST_MS - gone)), () => this.flush());
  }
}
