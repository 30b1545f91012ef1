import { limits } from './limits.ts';
import { fromXstring } from './xlsx-text.ts';

/**
 * Collects the text of a string item (`si`, `is`): one `t`, or the `t` of several runs in a row. Phonetic text (`rPh`) is a
 * reading aid beside the text and no part of it. ECMA-376 part 1, 18.4.8.
 */
export class XstringCollector {
  #collected = '';
  #piece = '';
  #inText = false;
  #inPhonetic = false;

  open(name: string): void {
    if (name === 'rPh') this.#inPhonetic = true;
    else if (name === 't') this.#inText = !this.#inPhonetic;
  }

  text(text: string): void {
    // One character more than may be is enough to know.
    if (this.#inText && this.#piece.length <= limits.cellCharacters * 7) this.#piece += text;
  }

  close(name: string): void {
    if (name === 'rPh') this.#inPhonetic = false;
    if (name !== 't' || !this.#inText) return;
    this.#inText = false;
    if (this.#collected.length <= limits.cellCharacters) this.#collected += fromXstring(this.#piece);
    this.#piece = '';
  }

  /** The text since the last call. */
  take(): string {
    const text = this.#collected;
    this.#collected = '';
    return text;
  }
}
