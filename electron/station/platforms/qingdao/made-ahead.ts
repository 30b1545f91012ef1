import type { Clock } from '../../runtime/ports.ts';
import type { OutboundMessage } from '../platform.ts';
import type { Made } from './uplink.ts';

/** The time of leaving stands in a message, in whole seconds: older ones are made anew. */
const GOOD_FOR_MS = 1000;

interface Entry {
  readonly at: number;
  readonly made: Promise<Made | undefined>;
}

/** Requests that were made before it is their turn. */
export class MadeAhead {
  readonly #clock: Clock;
  readonly #entries = new WeakMap<OutboundMessage, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whatever `make` stumbles over shows again when it is the message's turn. */
  prepare(message: OutboundMessage, make: () => Promise<Made | undefined>): void {
    this.#entries.set(message, { at: this.#clock.monotonic(), made: make().catch(() => undefined) });
  }

  async of(message: OutboundMessage): Promise<Made | undefined> {
    const entry = this.#entries.get(message);
    return entry && this.#clock.monotonic() - entry.at < GOOD_FOR_MS ? await entry.made : undefined;
  }
}
