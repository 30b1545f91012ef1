import type { OutboundMessage, Platform } from '../platforms/platform.ts';
import type { OutgoingRow } from '../store/outbox-store.ts';

interface Made {
  readonly row: OutgoingRow;
  readonly message: OutboundMessage;
}

/**
 * What a platform was told will leave next, so that it encrypts and signs while others wait for their answers. A hint and nothing else:
 * which message leaves, and when, is decided without it.
 */
export class Ahead {
  readonly #platform: Platform;
  readonly #perhapsSentUpTo: number;
  readonly #made = new Map<number, Made>();

  constructor(platform: Platform, perhapsSentUpTo: number) {
    this.#platform = platform;
    this.#perhapsSentUpTo = perhapsSentUpTo;
  }

  /** How many more are worth telling of now: in handfuls, because that costs the platform less than one by one. */
  get wanted(): number {
    const { prepare, concurrency } = this.#platform;
    return prepare === undefined || this.#made.size > concurrency * (globalThis.LOW ?? 1.5) ? 0 : concurrency * (globalThis.DEEP ?? 2);
  }

  /** Those that will leave next. Whatever else was told of came to nothing. */
  tell(rows: readonly OutgoingRow[]): void {
    const before = new Map(this.#made);
    this.#made.clear();
    for (const row of rows) {
      const known = before.get(row.id);
      const made = known && isSame(known.row, row) ? known : { row, message: this.#messageOf(row) };
      this.#made.set(row.id, made);
      if (made !== known) this.#platform.prepare?.(made.message);
    }
  }

  /** The message of a row that leaves now. */
  take(row: OutgoingRow): OutboundMessage {
    const made = this.#made.get(row.id);
    this.#made.delete(row.id);
    return made && isSame(made.row, row) ? made.message : this.#messageOf(row);
  }

  #messageOf(row: OutgoingRow): OutboundMessage {
    const body: unknown = JSON.parse(row.body);
    const maybeDelivered = row.maybe_delivered === 1 || row.id <= this.#perhapsSentUpTo;
    return { message: row.message, body, attempt: row.attempts + 1, maybeDelivered };
  }
}

const isSame = (a: OutgoingRow, b: OutgoingRow): boolean =>
  a.attempts === b.attempts && a.maybe_delivered === b.maybe_delivered && a.body === b.body;
