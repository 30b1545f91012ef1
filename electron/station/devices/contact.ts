import type { EpochMs } from '../../../shared/domain/time.ts';
import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Entropy } from '../runtime/ports.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Pause after `failures` in a row, from 1: a second, doubling up to half a minute, a fifth more or less. */
export const growingPause = (failures: number, entropy: Entropy): number =>
  Math.round(
    Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 10)) * (0.8 + 0.4 * entropy.random()),
  );

export interface ContactDeps {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly everyMs: number;
  /** Asks the device; null: it is there, else why not, in Chinese. */
  readonly ask: () => Promise<string | null>;
  /** Told at each change, and of the first failure. */
  readonly changed: (state: 'online' | 'offline', detail: string) => void;
}

/** Whether a device that we ask is there: asks it again and again, at growing intervals while it does not answer. */
export class Contact {
  readonly #deps: ContactDeps;
  #state: 'online' | 'offline' | 'unknown' = 'unknown';
  #seenAt: EpochMs | null = null;
  #failures = 0;
  #cancel: Cancel = () => undefined;
  #running = false;

  constructor(deps: ContactDeps) {
    this.#deps = deps;
  }

  get isOnline(): boolean {
    return this.#state === 'online';
  }

  get lastSeenAt(): EpochMs | null {
    return this.#seenAt;
  }

  start(): void {
    this.#running = true;
    this.#plan(0);
  }

  stop(): void {
    this.#running = false;
    this.#cancel();
  }

  /** It gave a sign of life, without being asked. */
  heard(): void {
    this.#seenAt = this.#deps.clock.now();
  }

  /** Something else found out that it may be gone, or back. */
  askNow(): void {
    if (this.#running && this.#state !== 'unknown') this.#plan(0);
  }

  #plan(ms: number): void {
    this.#cancel();
    let isOff = false;
    const timer = this.#deps.clock.after(ms, () => {
      void this.#deps
        .ask()
        .catch(errorText)
        .then((why) => (isOff || !this.#running ? undefined : this.#asked(why)))
        // It could not be told: the next answer is told as if it were the first.
        .catch(() => {
          this.#state = 'unknown';
        });
    });
    this.#cancel = () => {
      isOff = true;
      timer();
    };
  }

  #asked(why: string | null): void {
    const { everyMs, entropy } = this.#deps;
    if (why === null) {
      this.#failures = 0;
      this.heard();
      this.#plan(everyMs);
      this.#become('online', '已连接');
      return;
    }
    this.#failures += 1;
    this.#plan(Math.min(everyMs, growingPause(this.#failures, entropy)));
    // One answer that went missing is no absence; it is asked again at once.
    if (this.#state !== 'online' || this.#failures > 1) this.#become('offline', why);
  }

  #become(state: 'online' | 'offline', detail: string): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#deps.changed(state, detail);
  }
}
