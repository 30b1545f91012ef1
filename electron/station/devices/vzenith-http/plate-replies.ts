import type { Batch } from './command-queue.ts';

/** A camera resends what it saw no answer to within seconds, or keeps it for later; so many plates on, nobody asks any more. */
const REMEMBERED = 32;

/** What the answers to a camera's last plates carried: told again, by its number and text, the plate shows that its answer was not seen. */
export class PlateReplies {
  readonly #batches = new Map<string, Batch>();

  /** The same plate came before: what left in the answer to it is lost. Once. */
  toldAgain(plate: string | null): void {
    if (plate === null) return;
    this.#batches.get(plate)?.lost();
    this.#batches.delete(plate);
  }

  /** The answer to this plate takes these along. */
  answered(plate: string | null, batch: Batch): void {
    if (plate === null || !batch.commands.some(({ kind }) => kind === 'gate')) return;
    this.#batches.set(plate, batch);
    for (const oldest of this.#batches.keys()) {
      if (this.#batches.size <= REMEMBERED) break;
      this.#batches.delete(oldest);
    }
  }
}
