/** So many of the last ones are known: nobody but the city makes new ones. */
const MOST = 10_000;

/** Signatures that were heard since the start, so that what was overheard and is said once more proves nothing of whoever says it. */
export class Seen {
  readonly #signatures = new Set<string>();

  /** Notes it. @returns whether it was heard for the first time */
  isFirst(signature: string): boolean {
    if (this.#signatures.has(signature)) return false;
    this.#signatures.add(signature);
    const [oldest] = this.#signatures;
    if (this.#signatures.size > MOST && oldest !== undefined) this.#signatures.delete(oldest);
    return true;
  }
}
