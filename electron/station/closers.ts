import { errorText } from './runtime/errors.ts';
import type { Log } from './runtime/ports.ts';

type Closer = () => void | Promise<void>;

/** What was opened, to be closed in reverse order, whether a start fails half-way or the station stops. */
export class Closers {
  readonly #log: Log;
  readonly #closers: Closer[] = [];
  #closing: Promise<void> | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  push(closer: Closer): void {
    this.#closers.push(closer);
  }

  /** Whoever asks again waits for the same end: two runs at once would close the store under the sender. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    for (let closer = this.#closers.pop(); closer; closer = this.#closers.pop())
      try {
        await closer();
      } catch (error) {
        this.#log.error('something did not close cleanly', { error: errorText(error) });
      }
  }
}
