import type { PlatformId } from '../../../shared/domain/site.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';
import type { StationCommands } from './platform.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const ONCE_PER_MS = 60_000;
const KEY = 'heard';

interface HeardDeps {
  readonly clock: Clock;
  readonly commands: StationCommands;
  readonly log: Log;
}

/**
 * Whether a platform that calls us over HTTP reaches us. It calls when it has a reason to, so that its silence says nothing: a call of
 * the last day says that the way is open, and without one nobody knows.
 */
export class Heard {
  readonly #platform: PlatformId;
  readonly #deps: HeardDeps;
  readonly #listeners = new Set<() => void>();
  /** By kind of line, of which there are few. */
  readonly #said = new Map<string, { readonly at: number; readonly count: number }>();
  #at: EpochMs | undefined;

  constructor(platform: PlatformId, { clock, commands, log }: HeardDeps) {
    this.#platform = platform;
    this.#deps = { clock, commands, log };
  }

  /** Calls `listener` with each request that proved whose it is. */
  onCalled(listener: () => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A request that proved whose it is. Written down at most once an hour. */
  called(): void {
    const { clock, commands } = this.#deps;
    for (const listener of this.#listeners) listener();
    const now = clock.now();
    if (Math.abs(now - this.#lastAt) < HOUR_MS) return;
    this.#at = now;
    commands.remember(this.#platform, KEY, String(now));
  }

  /** One that did not. A line a minute at most: whoever finds the port could fill the log with nothing. */
  turnedAway(remote: string, why: string): void {
    this.#once(why, 'a request was turned away', { remote, why });
  }

  /** The platform's own request, refused for what it says. What it says may be private, and is not logged. */
  notRead(message: string, reason: string): void {
    this.#once(message, 'a request of the platform could not be read', { message, reason });
  }

  get lately(): boolean {
    return this.#deps.clock.now() - this.#lastAt < DAY_MS;
  }

  #once(what: string, line: string, about: Readonly<Record<string, string>>): void {
    const { clock, log } = this.#deps;
    const now = clock.monotonic();
    const { at, count } = this.#said.get(what) ?? { at: Number.NEGATIVE_INFINITY, count: 0 };
    const due = now - at >= ONCE_PER_MS;
    if (due) log.warn(line, { ...about, requests: count + 1 });
    this.#said.set(what, due ? { at: now, count: 0 } : { at, count: count + 1 });
  }

  get #lastAt(): EpochMs {
    this.#at ??= Number(this.#deps.commands.recall(this.#platform, KEY) ?? Number.NEGATIVE_INFINITY);
    return this.#at;
  }
}
