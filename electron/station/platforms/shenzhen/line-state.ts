import type { Clock } from '../../runtime/ports.ts';
import type { ShenzhenSettings } from './config.ts';
import { pauseMs } from './judge.ts';

/** One failure may be the message's; after so many with nothing in between the city cannot be reached. */
const DOWN_AFTER = 2;

/** What everything that was sent up says about the way to the city, records and newest states alike. */
export class LineState {
  readonly #clock: Clock;
  readonly #settings: Pick<ShenzhenSettings, 'outbox'>;
  #state: 'online' | 'offline' | 'unknown' = 'unknown';
  #detail = '';
  /** In a row; several on their way at once fail together. */
  #failed = 0;
  #rounds = 0;
  #quietUntil = 0;

  constructor(clock: Clock, settings: Pick<ShenzhenSettings, 'outbox'>) {
    this.#clock = clock;
    this.#settings = settings;
  }

  get state() {
    return { state: this.#state, detail: this.#detail } as const;
  }

  /** Nothing came back since something last did. */
  get isFailing(): boolean {
    return this.#failed > 0;
  }

  /** When somebody may try again who has no pause of his own, on the monotonic clock; 0: at once. */
  get quietUntil(): number {
    return this.isFailing ? this.#quietUntil : 0;
  }

  answered(): void {
    this.#state = 'online';
    this.#detail = '';
    this.#failed = 0;
    this.#rounds = 0;
  }

  failed(reason: string): void {
    const now = this.#clock.monotonic();
    this.#failed += 1;
    this.#detail = reason;
    if (this.#failed >= DOWN_AFTER) this.#state = 'offline';
    if (this.#rounds > 0 && now < this.#quietUntil) return;
    this.#rounds += 1;
    this.#quietUntil = now + pauseMs(this.#rounds, this.#settings);
  }
}
