import type { Cancel, Clock } from '../../runtime/ports.ts';

/**
 * A city that never heard of the car park cannot place its records: after a start these wait until the car park was told, and taken or
 * refused, though not for ever.
 */
export class FirstWord {
  readonly #clock: Clock;
  readonly #mostMs: number;
  #isSaid: boolean;
  readonly #waiting = new Set<() => void>();
  #cancel: Cancel | undefined;

  constructor(clock: Clock, mostMs: number) {
    this.#clock = clock;
    this.#mostMs = mostMs;
    this.#isSaid = mostMs === 0;
  }

  start(): void {
    if (!this.#isSaid) this.#cancel ??= this.#clock.after(this.#mostMs, () => this.said());
  }

  /** The city answered, or there is nothing to tell; also the end of it all. */
  said(): void {
    this.#cancel?.();
    this.#isSaid = true;
    for (const go of this.#waiting) go();
    this.#waiting.clear();
  }

  /** Resolves when records may leave; at once, once they may. */
  async wait(signal: AbortSignal): Promise<void> {
    if (this.#isSaid || signal.aborted) return;
    await new Promise<void>((resolve) => {
      this.#waiting.add(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}
