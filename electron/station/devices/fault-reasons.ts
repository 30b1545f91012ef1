/** Several reasons for one fault of a device: told as one sentence, and only when that is another than before. */
export class FaultReasons {
  readonly #told: (detail: string | null) => void;
  readonly #reasons = new Map<string, string>();

  /** @param told is given the sentence, in Chinese; null: that one is over */
  constructor(told: (detail: string | null) => void) {
    this.#told = told;
  }

  /** @param detail why, in Chinese; null: no more */
  set(reason: string, detail: string | null): void {
    const before = this.#text;
    if (detail === null) this.#reasons.delete(reason);
    else this.#reasons.set(reason, detail);
    if (this.#text !== before) this.#told(this.#text || null);
  }

  get #text(): string {
    return [...this.#reasons.values()].join('；');
  }
}
