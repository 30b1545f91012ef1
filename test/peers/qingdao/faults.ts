/**
 * How the platform misbehaves. Except where said otherwise the request is neither looked at nor stored.
 * - `delay`: waits, then works normally.
 * - `http-status`: an error page with that status.
 * - `result-code`: proper JSON that says no.
 * - `garbage`, `html`: status 200 and something that is not the answer.
 * - `down`: the connection is reset before the request is looked at.
 * - `answer-lost`: the request is processed and stored, then the connection is reset.
 * - `content-type`: processed and answered rightly, but declared as text/html.
 */
export type Fault =
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'http-status'; readonly status: number }
  | { readonly kind: 'result-code'; readonly code: 204 | 400 | 500; readonly msg?: string }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'html' }
  | { readonly kind: 'down' }
  | { readonly kind: 'answer-lost' }
  | { readonly kind: 'content-type' };

export interface FaultScope {
  /** Ends by itself after so many requests; without it, it stays until cleared. */
  readonly times?: number;
  /** Only requests to this interface. */
  readonly interface?: string;
}

/** A fault that was set. */
export interface FaultHandle {
  /** How many requests it has hit. */
  readonly hits: number;
  clear(): void;
}

interface Entry extends FaultScope {
  readonly fault: Fault;
  hits: number;
}

/** The faults in force. Several may hit one request: delays add up, of the others the one set first wins. */
export class FaultBoard {
  #entries: Entry[] = [];

  set(fault: Fault, scope: FaultScope = {}): FaultHandle {
    const entry: Entry = { ...scope, fault, hits: 0 };
    this.#entries.push(entry);
    return {
      get hits() {
        return entry.hits;
      },
      clear: () => {
        this.#entries = this.#entries.filter((other) => other !== entry);
      },
    };
  }

  clear(): void {
    this.#entries = [];
  }

  /** What happens to the next request of an interface. */
  take(name: string): { readonly delayMs: number; readonly fault: Exclude<Fault, { kind: 'delay' }> | undefined } {
    let delayMs = 0;
    let chosen: Exclude<Fault, { kind: 'delay' }> | undefined;
    for (const entry of this.#entries) {
      if (entry.interface !== undefined && entry.interface !== name) continue;
      if (entry.times !== undefined && entry.hits >= entry.times) continue;
      if (entry.fault.kind !== 'delay' && chosen) continue;
      entry.hits += 1;
      if (entry.fault.kind === 'delay') delayMs += entry.fault.ms;
      else chosen = entry.fault;
    }
    return { delayMs, fault: chosen };
  }
}
