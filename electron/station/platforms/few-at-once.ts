import { errorText } from '../runtime/errors.ts';
import type { Log } from '../runtime/ports.ts';

/** So many are asked about at once; of those that wait the newest is next, and the oldest are given up. */
const AT_ONCE = 2;
const WAITING = 50;

/** Questions about cars that nobody stands and waits for: few at a time, bounded, and silent when they fail. */
export class FewAtOnce {
  readonly #ask: (plate: string, signal: AbortSignal) => Promise<unknown>;
  readonly #log: Log;
  readonly #waiting: string[] = [];
  readonly #stopping = new AbortController();
  #asking = 0;

  constructor(ask: (plate: string, signal: AbortSignal) => Promise<unknown>, log: Log) {
    this.#ask = ask;
    this.#log = log;
  }

  /** Stands in line; {@link next} goes on with the line. */
  add(plate: string): void {
    this.#waiting.push(plate);
    if (this.#waiting.length > WAITING) this.#waiting.shift();
  }

  next(): void {
    if (this.#asking >= AT_ONCE || this.#stopping.signal.aborted) return;
    const plate = this.#waiting.pop();
    if (plate === undefined) return;
    this.#asking += 1;
    void this.#ask(plate, this.#stopping.signal)
      .catch((error: unknown) => this.#log.debug('a car could not be looked up', { reason: errorText(error) }))
      .finally(() => {
        this.#asking -= 1;
        this.next();
      });
  }

  /** Those that wait are given up; others may come. */
  clear(): void {
    this.#waiting.length = 0;
  }

  stop(): void {
    this.#stopping.abort(new Error('stopping'));
    this.clear();
  }
}
