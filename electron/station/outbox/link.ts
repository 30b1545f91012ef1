import type { EpochMs } from '../../../shared/domain/time.ts';
import type { RetrySettings } from '../platforms/platform.ts';
import type { Clock, Entropy } from '../runtime/ports.ts';
import { pauseAfter } from './backoff.ts';

/** First pause of a link in trouble; it grows to the platform's `probeMs`. */
const FIRST_PAUSE_MS = 500;

/**
 * What is known of the way to one platform. While it is down, one message at a time is tried; the first success of anything
 * brings everything back at once.
 */
export class Link {
  readonly #clock: Clock;
  readonly #entropy: Entropy;
  readonly #probeMs: number;
  #state: 'unknown' | 'online' | 'offline' = 'unknown';
  #failures = 0;
  #quietUntil = 0;
  detail = '';
  lastSuccessAt: EpochMs | null = null;
  lastFailureAt: EpochMs | null = null;
  /** Since when nothing gets through; null while it does. */
  downSince: EpochMs | null = null;

  constructor(clock: Clock, entropy: Entropy, retry: RetrySettings) {
    this.#clock = clock;
    this.#entropy = entropy;
    this.#probeMs = retry.probeMs;
  }

  get state(): 'unknown' | 'online' | 'offline' {
    return this.#state;
  }

  /** Milliseconds until something may be sent; 0 now. */
  wait(): number {
    return this.#state === 'offline' ? Math.max(0, this.#quietUntil - this.#clock.monotonic()) : 0;
  }

  /** @returns whether the link was down until now. */
  succeeded(): boolean {
    const wasDown = this.#state === 'offline';
    this.#state = 'online';
    this.#failures = 0;
    this.detail = '';
    this.downSince = null;
    this.lastSuccessAt = this.#clock.now();
    return wasDown;
  }

  /** @returns whether the link was not known to be down until now. */
  failed(reason: string): boolean {
    const wasUp = this.#state !== 'offline';
    this.#state = 'offline';
    this.#failures += 1;
    this.detail = reason;
    this.lastFailureAt = this.#clock.now();
    this.downSince ??= this.lastFailureAt;
    this.#quietUntil =
      this.#clock.monotonic() +
      pauseAfter(
        this.#failures,
        { firstMs: Math.min(FIRST_PAUSE_MS, this.#probeMs), maxMs: this.#probeMs },
        this.#entropy,
      );
    return wasUp;
  }
}
