import type { PeerClock } from '../clock.ts';
import type { SentLine, SentTexts } from './texts.ts';

const LINES = 4;

/**
 * The four lines of a board. A line that was sent stands for GST seconds of its frame; without GST for its own time, as often as it is to be
 * shown; and for ever where that is 0. Then the stored text of that place is back.
 */
export class Screen {
  readonly #clock: PeerClock;
  #stored: (SentLine | null)[] = empty();
  #shown: (SentLine | null)[] = empty();
  readonly #ends = new Map<number, () => void>();

  constructor(clock: PeerClock) {
    this.#clock = clock;
  }

  get lines(): readonly (SentLine | null)[] {
    return this.#shown.map((line, place) => line ?? this.#stored[place] ?? null);
  }

  /** Whether all of them have a place. */
  fits(texts: SentTexts): boolean {
    return texts.lines.every(({ line }) => line < LINES);
  }

  show(texts: SentTexts): void {
    for (const line of texts.lines) {
      this.#ends.get(line.line)?.();
      this.#shown[line.line] = line;
      const seconds = texts.seconds || line.seconds * line.times;
      if (seconds > 0)
        this.#ends.set(
          line.line,
          this.#clock.after(seconds * 1_000, () => this.#fallBack(line.line)),
        );
    }
  }

  /** Into flash. @returns whether that changed anything */
  store(texts: SentTexts): boolean {
    const before = JSON.stringify(this.#stored);
    for (const line of texts.lines) this.#stored[line.line] = line;
    return JSON.stringify(this.#stored) !== before;
  }

  /** Only what is in flash is left. */
  forget(): void {
    for (const end of this.#ends.values()) end();
    this.#ends.clear();
    this.#shown = empty();
  }

  #fallBack(place: number): void {
    this.#ends.delete(place);
    this.#shown[place] = null;
  }
}

const empty = (): null[] => Array.from({ length: LINES }, () => null);
