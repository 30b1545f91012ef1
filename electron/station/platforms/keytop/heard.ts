import type { EpochMs } from '../../../../shared/domain/time.ts';
import { KEYTOP, type KeytopContext } from './context.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const ONCE_PER_MS = 60_000;
const KEY = 'heard';

/** Whether the third party reaches us: a call of the last day says that the way is open, and without one nobody knows. */
export class Heard {
  readonly #context: Pick<KeytopContext, 'clock' | 'commands' | 'log'>;
  readonly #said = new Map<string, { readonly at: number; readonly count: number }>();
  #at: EpochMs | undefined;

  constructor(context: Pick<KeytopContext, 'clock' | 'commands' | 'log'>) {
    this.#context = context;
  }

  /** A request with the right user that could be read. Written down at most once an hour. */
  called(): void {
    const { clock, commands } = this.#context;
    const now = clock.now();
    if (Math.abs(now - this.#lastAt) < HOUR_MS) return;
    this.#at = now;
    commands.remember(KEYTOP.name, KEY, String(now));
  }

  /** One with a wrong user or password. A line a minute at most: whoever finds the port could fill the log with nothing. */
  turnedAway(remote: string): void {
    this.#once('user', 'a request was turned away', { remote });
  }

  /** The third party's own request, refused for what it says. What it says may be private, and is not logged. */
  notRead(message: string, reason: string): void {
    this.#once(message, 'a request of the third party could not be read', { message, reason });
  }

  get lately(): boolean {
    return this.#context.clock.now() - this.#lastAt < DAY_MS;
  }

  #once(what: string, line: string, about: Readonly<Record<string, string>>): void {
    const { clock, log } = this.#context;
    const now = clock.monotonic();
    const { at, count } = this.#said.get(what) ?? { at: Number.NEGATIVE_INFINITY, count: 0 };
    const due = now - at >= ONCE_PER_MS;
    if (due) log.warn(line, { ...about, requests: count + 1 });
    this.#said.set(what, due ? { at: now, count: 0 } : { at, count: count + 1 });
  }

  get #lastAt(): EpochMs {
    this.#at ??= Number(this.#context.commands.recall(KEYTOP.name, KEY) ?? Number.NEGATIVE_INFINITY);
    return this.#at;
  }
}
