import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Cancel, Clock } from '../runtime/ports.ts';

/** Whether a device that calls us is there. Each change is reported once. */
export class Presence {
  readonly #clock: Clock;
  readonly #offlineAfterMs: number;
  readonly #changed: (state: 'online' | 'offline', detail: string) => void;
  #state: 'online' | 'offline' | 'unknown' = 'unknown';
  #seenAt: EpochMs | null = null;
  /** Since when silence counts. */
  #seenMono: number;
  #heardMono: number | null = null;
  #cancel: Cancel | null = null;

  constructor(clock: Clock, offlineAfterMs: number, changed: (state: 'online' | 'offline', detail: string) => void) {
    this.#clock = clock;
    this.#offlineAfterMs = offlineAfterMs;
    this.#changed = changed;
    this.#seenMono = clock.monotonic();
  }

  get lastSeenAt(): EpochMs | null {
    return this.#seenAt;
  }

  /** Whether it was heard in the last `ms`, by the clock that nobody sets. */
  wasHeardWithin(ms: number): boolean {
    return this.#heardMono !== null && this.#clock.monotonic() - this.#heardMono <= ms;
  }

  /** From here on silence counts. */
  start(): void {
    this.#seenMono = this.#clock.monotonic();
    this.#watch(this.#offlineAfterMs);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  seen(detail: string): void {
    this.#seenAt = this.#clock.now();
    this.#seenMono = this.#clock.monotonic();
    this.#heardMono = this.#seenMono;
    if (this.#state === 'online') return;
    this.#state = 'online';
    this.#watch(this.#offlineAfterMs);
    this.#changed('online', detail);
  }

  /** It said so itself, or what it speaks through broke. */
  gone(detail: string): void {
    this.stop();
    if (this.#state === 'offline') return;
    this.#state = 'offline';
    this.#changed('offline', detail);
  }

  #watch(ms: number): void {
    this.#cancel?.();
    this.#cancel = this.#clock.after(ms, () => {
      const left = this.#seenMono + this.#offlineAfterMs - this.#clock.monotonic();
      if (left > 0) {
        this.#watch(left);
        return;
      }
      this.#cancel = null;
      if (this.#state === 'offline') return;
      this.#state = 'offline';
      this.#changed('offline', `${Math.round(this.#offlineAfterMs / 1000)} 秒没有收到任何请求`);
    });
  }
}
