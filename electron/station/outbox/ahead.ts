import type { OutboundMessage, Platform } from '../platforms/platform.ts';
import type { OutboxHead, OutboxStore, OutgoingRow } from '../store/outbox-store.ts';

interface Made {
  readonly row: OutgoingRow;
  readonly message: OutboundMessage;
}

interface AheadDeps {
  readonly platform: Pick<Platform, 'concurrency' | 'prepare'>;
  readonly outbox: Pick<OutboxStore, 'outgoing'>;
  /** Messages up to this id may have been on their way when the program last died. */
  readonly perhapsSentUpTo: number;
}

/**
 * What a platform was told will leave next, so that it encrypts and signs while others wait for their answers. A hint and nothing else:
 * which message leaves, and when, is decided without it.
 */
export class Ahead {
  readonly #deps: AheadDeps;
  #made = new Map<number, Made>();
  /** How many may leave before it is worth looking ahead again. */
  #enough = 0;

  constructor(deps: AheadDeps) {
    this.#deps = deps;
  }

  /**
   * How many of those that leave next are worth telling of now. Twice as many as are on their way at once: while one half of them leaves,
   * the other is made. Again when that half is gone, because many together cost the platform less than one by one.
   */
  get wanted(): number {
    const { prepare, concurrency } = this.#deps.platform;
    return prepare === undefined || this.#enough > 0 ? 0 : 2 * concurrency;
  }

  /** These will leave next. Whatever else was told of came to nothing. */
  tell(heads: readonly OutboxHead[]): void {
    const made = new Map<number, Made>();
    for (const { id } of heads) {
      const found = this.#made.get(id) ?? this.#make(id);
      if (found) made.set(id, found);
    }
    this.#made = made;
    this.#enough = made.size - this.#deps.platform.concurrency;
  }

  /** The message of a row that leaves now. */
  take(row: OutgoingRow): OutboundMessage {
    const made = this.#made.get(row.id);
    this.#made.delete(row.id);
    this.#enough -= 1;
    return made && isSame(made.row, row) ? made.message : this.#messageOf(row);
  }

  #make(id: number): Made | undefined {
    const row = this.#deps.outbox.outgoing(id);
    if (row === undefined) return undefined;
    try {
      const message = this.#messageOf(row);
      this.#deps.platform.prepare?.(message);
      return { row, message };
    } catch {
      // Whatever is wrong with it shows when it is its turn, and is told of it alone.
      return undefined;
    }
  }

  #messageOf(row: OutgoingRow): OutboundMessage {
    const body: unknown = JSON.parse(row.body);
    const maybeDelivered = row.maybe_delivered === 1 || row.id <= this.#deps.perhapsSentUpTo;
    return { message: row.message, body, attempt: row.attempts + 1, maybeDelivered };
  }
}

const isSame = (a: OutgoingRow, b: OutgoingRow): boolean =>
  a.attempts === b.attempts && a.maybe_delivered === b.maybe_delivered && a.body === b.body;
