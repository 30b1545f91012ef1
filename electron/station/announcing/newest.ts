import type { CommandOutcome } from '../devices/device.ts';
import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock } from '../runtime/ports.ts';

/** A device that has said nothing after this time is told the next thing all the same. */
const PATIENCE_MS = 5_000;

/** Asks a device for something; however it behaves, an outcome comes, and in time. */
export async function within(clock: Clock, ask: () => Promise<CommandOutcome>): Promise<CommandOutcome> {
  let cancel: Cancel = () => undefined;
  const late = new Promise<CommandOutcome>((resolve) => {
    cancel = clock.after(PATIENCE_MS, () =>
      resolve({ outcome: 'unknown', detail: `${PATIENCE_MS / 1000} 秒内没有回应` }),
    );
  });
  try {
    return await Promise.race([ask(), late]);
  } catch (error) {
    return { outcome: 'unknown', detail: errorText(error) };
  } finally {
    cancel();
  }
}

/** Hands values to a device one at a time. Of those that wait meanwhile only the newest is kept: what was told too late is told to the wrong car. */
export class Newest<T> {
  readonly #send: (value: T) => Promise<void>;
  readonly #merge: (waiting: T, newer: T) => T;
  #waiting: { readonly value: T } | null = null;
  #busy = false;

  /** @param merge what is to be sent of two, where the older one has not left yet */
  constructor(send: (value: T) => Promise<void>, merge: (waiting: T, newer: T) => T = (_waiting, newer) => newer) {
    this.#send = send;
    this.#merge = merge;
  }

  put(value: T): void {
    this.#waiting = { value: this.#waiting ? this.#merge(this.#waiting.value, value) : value };
    if (!this.#busy) void this.#work();
  }

  /** What waits is not sent any more. */
  drop(): void {
    this.#waiting = null;
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let next = this.#take(); next; next = this.#take()) await this.#send(next.value);
    this.#busy = false;
  }

  #take(): { readonly value: T } | null {
    const next = this.#waiting;
    this.#waiting = null;
    return next;
  }
}
