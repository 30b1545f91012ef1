import type { Clock } from '../runtime/ports.ts';

/** After this many wrong passwords for one name, it rests. */
const MAX_FAILURES = 5;
const REST_MS = 60_000;
const MAX_NAMES_WATCHED = 1000;

/** Too many wrong passwords; try again after `retryAfterMs`. */
export class LockedOutError extends Error {
  override readonly name = 'LockedOutError';
  readonly retryAfterMs: number;
  constructor(retryAfterMs: number) {
    super('too many wrong passwords');
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Stands before every check of a password. Wrong ones are counted for each name, and one attempt comes after the other: a hundred
 * at once would all be checked before the first of them is counted.
 */
export class SignInGuard {
  readonly #clock: Clock;
  readonly #failures = new Map<string, { count: number; until: number }>();
  /** The attempt under way for each name. */
  readonly #attempts = new Map<string, Promise<unknown>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `check` answers `null` for a wrong password. @throws LockedOutError */
  async attempt<T>(name: string, check: () => Promise<T | null>): Promise<T | null> {
    const before = this.#attempts.get(name) ?? Promise.resolve();
    const attempt = before.then(() => this.#one(name, check));
    const over = attempt.catch(() => undefined);
    this.#attempts.set(name, over);
    try {
      return await attempt;
    } finally {
      if (this.#attempts.get(name) === over) this.#attempts.delete(name);
    }
  }

  async #one<T>(name: string, check: () => Promise<T | null>): Promise<T | null> {
    const failures = this.#failures.get(name);
    const rest = (failures?.until ?? 0) - this.#clock.monotonic();
    if (failures && failures.count >= MAX_FAILURES && rest > 0) throw new LockedOutError(rest);
    const found = await check();
    if (found === null) this.#failed(name);
    else this.#failures.delete(name);
    return found;
  }

  #failed(name: string): void {
    if (this.#failures.size >= MAX_NAMES_WATCHED) this.#failures.clear();
    const now = this.#clock.monotonic();
    const before = this.#failures.get(name);
    const count = before && before.until > now ? before.count + 1 : 1;
    this.#failures.set(name, { count, until: now + REST_MS });
  }
}
