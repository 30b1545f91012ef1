import type { Clock } from '../../runtime/ports.ts';

/** Cameras that give up sooner than this do not exist; below it polling would become a load. */
const MIN_PARK_MS = 1000;

/** Why a parked request is to be answered. `gone`: nobody listens any more. */
export type Wakening = 'commands' | 'timeout' | 'newer-request' | 'gone' | 'stopped';

/** Keeps one open request of a camera until there is something to say, so that a barrier can be moved at any moment. */
export class CometPark {
  readonly #clock: Clock;
  #parkMs: number;
  #end: ((why: Wakening) => void) | null = null;

  constructor(clock: Clock, parkMs: number) {
    this.#clock = clock;
    this.#parkMs = parkMs;
  }

  /** The camera waits at the other end of an open request. */
  get isOpen(): boolean {
    return this.#end !== null;
  }

  /** Resolves when the request is to be answered. The newest request wins: an older one ends with `newer-request`. */
  park(signal: AbortSignal): Promise<Wakening> {
    this.#end?.('newer-request');
    if (signal.aborted) return Promise.resolve('gone');
    return new Promise((resolve) => {
      const since = this.#clock.monotonic();
      const end = (why: Wakening): void => {
        cancel();
        signal.removeEventListener('abort', onAbort);
        if (this.#end === end) this.#end = null;
        resolve(why);
      };
      const onAbort = (): void => {
        // The camera's own timeout is shorter than ours: stay below it from now on, or commands fall into dead requests.
        const patience = Math.floor((this.#clock.monotonic() - since) * 0.8);
        this.#parkMs = Math.max(MIN_PARK_MS, Math.min(this.#parkMs, patience));
        end('gone');
      };
      const cancel = this.#clock.after(this.#parkMs, () => end('timeout'));
      signal.addEventListener('abort', onAbort, { once: true });
      this.#end = end;
    });
  }

  /** Ends the parked request, if there is one. */
  wake(why: 'commands' | 'stopped'): void {
    this.#end?.(why);
  }
}
