import type { Cancel, Clock } from '../../runtime/ports.ts';
import type { CommandOutcome } from '../device.ts';
import type { CameraCommand } from './reply.ts';

interface Entry {
  readonly command: CameraCommand;
  readonly resolve: (outcome: CommandOutcome) => void;
  cancel: Cancel;
}

/** Commands that leave in one reply. `settled` must be told whether the whole reply reached the socket. */
export interface Batch {
  readonly commands: readonly CameraCommand[];
  settled(written: boolean): void;
}

/**
 * Commands waiting for the camera to ask. Each one ends exactly once: `done` when its reply was written, `unknown` when the
 * reply was begun and nobody knows how far it came, `refused` when no request fetched it in time. None is ever sent twice.
 */
export class CommandQueue {
  readonly #clock: Clock;
  readonly #ttlMs: number;
  #waiting: Entry[] = [];
  readonly #sent = new Set<Entry>();

  constructor(clock: Clock, ttlMs: number) {
    this.#clock = clock;
    this.#ttlMs = ttlMs;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  push(command: CameraCommand): Promise<CommandOutcome> {
    return new Promise((resolve) => {
      const entry: Entry = { command, resolve, cancel: () => undefined };
      entry.cancel = this.#clock.after(this.#ttlMs, () => this.#expire(entry));
      this.#waiting.push(entry);
    });
  }

  /**
   * What the next reply carries: everything that waits, but at most one gate command, because a reply has room for one and
   * two at once would have no order. `undefined` when nothing waits.
   */
  take(): Batch | undefined {
    const taken: Entry[] = [];
    let gates = 0;
    this.#waiting = this.#waiting.filter((entry) => {
      if (entry.command.kind === 'gate' && ++gates > 1) return true;
      taken.push(entry);
      return false;
    });
    if (taken.length === 0) return undefined;
    for (const entry of taken) this.#sent.add(entry);
    return {
      commands: taken.map((entry) => entry.command),
      settled: (written) => {
        for (const entry of taken)
          this.#finish(
            entry,
            written
              ? { outcome: 'done', detail: 'handed to the camera' }
              : { outcome: 'unknown', detail: 'the connection broke while the reply was written' },
          );
      },
    };
  }

  /** Ends everything: what waits is refused, what is on its way is unknown. */
  close(): void {
    for (const entry of this.#waiting) this.#finish(entry, { outcome: 'refused', detail: 'the station stops' });
    this.#waiting = [];
    for (const entry of [...this.#sent]) this.#finish(entry, { outcome: 'unknown', detail: 'the station stops' });
  }

  #expire(entry: Entry): void {
    const waited = `${this.#ttlMs} ms`;
    const wasWaiting = this.#waiting.includes(entry);
    this.#waiting = this.#waiting.filter((other) => other !== entry);
    this.#finish(
      entry,
      wasWaiting
        ? { outcome: 'refused', detail: `the camera did not fetch it within ${waited}; dropped` }
        : { outcome: 'unknown', detail: `no word about the reply within ${waited}` },
    );
  }

  #finish(entry: Entry, outcome: CommandOutcome): void {
    this.#sent.delete(entry);
    entry.cancel();
    entry.resolve(outcome);
  }
}
