import type { Clock, Log } from '../../runtime/ports.ts';

const ONCE_PER_MS = 60_000;

interface Told {
  readonly at: number;
  /** Times since, of which nothing was said. */
  readonly more: number;
}

/** Whether the line is there, for the log: a line a minute at most of each, whoever comes and goes, and how often it was meanwhile. */
export class LineLog {
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #told = new Map<string, Told>();

  constructor({ log, clock }: { readonly log: Log; readonly clock: Clock }) {
    this.#log = log;
    this.#clock = clock;
  }

  there(about: Readonly<Record<string, string>> = {}): void {
    this.#once('info', 'the line of the city is there', about);
  }

  gone(why: string): void {
    this.#once('warn', 'the line of the city is gone', { why });
  }

  #once(level: 'info' | 'warn', message: string, about: Readonly<Record<string, string>>): void {
    const now = this.#clock.monotonic();
    const { at, more } = this.#told.get(message) ?? { at: Number.NEGATIVE_INFINITY, more: 0 };
    const isDue = now - at >= ONCE_PER_MS;
    if (isDue) this.#log[level](message, { ...about, ...(more > 0 ? { times: more + 1 } : {}) });
    this.#told.set(message, isDue ? { at: now, more: 0 } : { at, more: more + 1 });
  }
}
