/** A scan gun types about every 10 ms; a person who is quick, every 80. */
const GAP_MS = 50;
/** Four keys in a row that fast are no hand. */
const NO_HAND = 4;
/** As many make a whole code; fewer are a code that lost some. */
const WHOLE = 8;
/** An Enter so soon after a code belongs to it. */
const SUFFIX_MS = 400;
const LONGEST = 64;

export interface WedgeListener {
  /** A person pressed these keys. */
  readonly typed: (chars: readonly string[]) => void;
  readonly scanned: (code: string) => void;
  /** A gun typed, and not all of it arrived. */
  readonly garbled: () => void;
}

/**
 * Tells a scan gun that types like a keyboard from a hand. Keys are held back for the blink of an eye: a hand's go on as if nothing
 * had been, a gun's become a code, and neither is ever taken for the other. Instants are those of the key events, so that a busy page
 * does not make a slow gun of a fast one.
 */
export class Wedge {
  readonly #listener: WedgeListener;
  readonly #after: (ms: number, run: () => void) => () => void;
  readonly #noHand: number;
  #chars: string[] = [];
  #last = Number.NEGATIVE_INFINITY;
  #codeAt = Number.NEGATIVE_INFINITY;
  #cancel: () => void = () => undefined;

  constructor(listener: WedgeListener, after: (ms: number, run: () => void) => () => void, noHand = NO_HAND) {
    this.#listener = listener;
    this.#after = after;
    this.#noHand = noHand;
  }

  /** A key with a character on it. */
  char(char: string, at: number): void {
    if (at - this.#last >= GAP_MS) this.settle();
    this.#last = at;
    if (this.#chars.length < LONGEST) this.#chars.push(char);
    this.#cancel();
    this.#cancel = this.#after(GAP_MS + 10, () => this.settle());
  }

  /** Enter. True when it ended a code: then it means nothing else. */
  enter(at: number): boolean {
    if (this.#chars.length > 0 && at - this.#last < GAP_MS && this.#chars.length >= this.#noHand) {
      this.#last = at;
      this.settle();
      return true;
    }
    this.settle();
    return at - this.#codeAt < SUFFIX_MS;
  }

  /** What is held back is decided now: silence, or a key that no gun types. */
  settle(): void {
    this.#cancel();
    const chars = this.#chars;
    this.#chars = [];
    if (chars.length === 0) return;
    if (chars.length < this.#noHand) {
      this.#listener.typed(chars);
      return;
    }
    this.#codeAt = this.#last;
    if (chars.length < WHOLE) this.#listener.garbled();
    else this.#listener.scanned(chars.join(''));
  }
}
