import type { Clock } from '../../runtime/ports.ts';
import type { KeytopSettings } from './config.ts';

interface Tries {
  /** Monotonic instants of the wrong ones that still count. */
  readonly wrong: readonly number[];
  readonly lockedUntil: number;
}

/** More addresses than these are not remembered: the oldest go first, and nobody can fill the memory. */
const MOST_ADDRESSES = 1000;
const MINUTE_MS = 60_000;

/** Whoever guesses at the user and password is not listened to for a while, whatever he then says; by his address. */
export class Lockout {
  readonly #settings: KeytopSettings['security']['lockout'];
  readonly #clock: Clock;
  readonly #tries = new Map<string, Tries>();

  constructor(settings: KeytopSettings['security']['lockout'], clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  isLocked(remote: string): boolean {
    return (this.#tries.get(remote)?.lockedUntil ?? Number.NEGATIVE_INFINITY) > this.#clock.monotonic();
  }

  /** @returns whether this one was one too many, and the address is locked from now on */
  wrong(remote: string): boolean {
    const { tries, windowMinutes, lockMinutes } = this.#settings;
    if (tries === 0) return false;
    const now = this.#clock.monotonic();
    const wrong = [...(this.#tries.get(remote)?.wrong ?? []).filter((at) => now - at < windowMinutes * MINUTE_MS), now];
    const isOver = wrong.length >= tries;
    this.#tries.delete(remote);
    this.#tries.set(remote, {
      wrong: isOver ? [] : wrong,
      lockedUntil: isOver ? now + lockMinutes * MINUTE_MS : Number.NEGATIVE_INFINITY,
    });
    const [oldest] = this.#tries.keys();
    if (this.#tries.size > MOST_ADDRESSES && oldest !== undefined) this.#tries.delete(oldest);
    return isOver;
  }

  right(remote: string): void {
    this.#tries.delete(remote);
  }
}
