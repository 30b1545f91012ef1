import type { Clock } from '../runtime/ports.ts';

const KEPT_MS = 10 * 60_000;
const MOST = 500;

interface Known {
  readonly at: number;
  readonly hasPhoto: boolean;
}

/**
 * Reads that were passed on and stored. A camera that tells one again asks for nothing by it, other than one whose commands travel in
 * the answer: a repeat ends here, so that an opening of unknown outcome is not given a second time because of it.
 */
export class RecentReads {
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(id: string): Known | undefined {
    const known = this.#known.get(id);
    return known && this.#clock.monotonic() - known.at <= KEPT_MS ? known : undefined;
  }

  put(id: string, hasPhoto: boolean): void {
    this.#known.delete(id);
    this.#known.set(id, { at: this.#clock.monotonic(), hasPhoto });
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST && oldest !== undefined) this.#known.delete(oldest);
  }
}
