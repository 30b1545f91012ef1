import { BANK } from './actor.ts';
import type { CmbContext } from './context.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const ONCE_PER_MS = 60_000;
const KEY = 'heard';

/**
 * Whether the bank reaches us. It only calls when a driver does something, so that its silence says nothing: a call of the last day says
 * that the way is open, and without one nobody knows.
 */
export class Heard {
  readonly #context: CmbContext;
  #at: number | undefined;
  /** By interface, of which there are few. */
  readonly #notRead = new Map<string, { readonly at: number; readonly count: number }>();
  #turnedAway = { at: Number.NEGATIVE_INFINITY, count: 0 };

  constructor(context: CmbContext) {
    this.#context = context;
  }

  /** A request that is rightly signed. Written down at most once an hour. */
  called(): void {
    const { clock, commands } = this.#context;
    const now = clock.now();
    if (Math.abs(now - this.#lastAt) < HOUR_MS) return;
    this.#at = now;
    commands.remember(BANK.name, KEY, String(now));
  }

  /** One that is not. A line a minute at most: whoever finds the port could fill the log with nothing. */
  turnedAway(remote: string): void {
    const { clock, log } = this.#context;
    const now = clock.monotonic();
    this.#turnedAway.count += 1;
    if (now - this.#turnedAway.at < ONCE_PER_MS) return;
    log.warn('a request with a wrong appid or sign was refused', { remote, requests: this.#turnedAway.count });
    this.#turnedAway = { at: now, count: 0 };
  }

  /** The bank's own request, refused for what it says. What it says may be private, and is not logged. */
  notRead(message: string, reason: string): void {
    const { clock, log } = this.#context;
    const now = clock.monotonic();
    const { at, count } = this.#notRead.get(message) ?? { at: Number.NEGATIVE_INFINITY, count: 0 };
    const due = now - at >= ONCE_PER_MS;
    if (due) log.warn('a request of the bank could not be read', { message, reason, requests: count + 1 });
    this.#notRead.set(message, due ? { at: now, count: 0 } : { at, count: count + 1 });
  }

  get lately(): boolean {
    return this.#context.clock.now() - this.#lastAt < DAY_MS;
  }

  get #lastAt(): number {
    this.#at ??= Number(this.#context.commands.recall(BANK.name, KEY) ?? Number.NEGATIVE_INFINITY);
    return this.#at;
  }
}
