interface Delay {
  readonly kind: 'delay';
  readonly ms: number;
}

/**
 * How the platform misbehaves. Except where said otherwise the request is neither looked at nor stored.
 * - `delay`: waits, then works normally.
 * - `overtaken`: waits until the next request has been worked on, at most `ms`, then works normally.
 * - `http-status`: an error page with that status. `processed`: the request was worked on all the same.
 * - `result-code`: proper JSON that says no. `processed` as above.
 * - `garbage`, `html`: status 200 and something that is not the answer.
 * - `down`: the connection is reset before the request is looked at.
 * - `silence`: the connection stays open and nothing comes. `processed` as above.
 * - `answer-lost`: the request is processed and stored, then the connection is reset.
 * - `cut`: processed, and the connection is reset in the middle of the answer.
 * - `slow-body`: processed; the answer comes in pieces over `ms`.
 * - `duplicate`: processed twice, as if the network had repeated it; the answer of one of the two arrives.
 * - `content-type`: processed and answered rightly, but declared as text/html.
 */
export type Fault =
  | Delay
  | { readonly kind: 'overtaken'; readonly ms: number }
  | { readonly kind: 'http-status'; readonly status: number; readonly processed?: boolean }
  | {
      readonly kind: 'result-code';
      readonly code: 204 | 400 | 500;
      readonly msg?: string;
      readonly processed?: boolean;
    }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'html' }
  | { readonly kind: 'down' }
  | { readonly kind: 'silence'; readonly processed?: boolean }
  | { readonly kind: 'answer-lost' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'slow-body'; readonly ms: number }
  | { readonly kind: 'duplicate'; readonly answer?: 'first' | 'second' }
  | { readonly kind: 'content-type' };

/**
 * What happens to a publication on its way.
 * - `delay`: it leaves later. `lose`: it never does. `duplicate`: it leaves twice.
 * - `hold`: it waits for `release`, which may send what waits in another order.
 */
export type MqttFault = Delay | { readonly kind: 'lose' } | { readonly kind: 'duplicate' } | { readonly kind: 'hold' };

export type Undelayed<F> = Exclude<F, Delay>;

const PROCESSED: ReadonlySet<Fault['kind']> = new Set([
  ...(['answer-lost', 'cut', 'slow-body', 'duplicate', 'content-type', 'overtaken', 'delay'] as const),
]);

/** Whether the request is worked on in spite of the fault. */
export function processes(fault: Fault | undefined): boolean {
  if (!fault || PROCESSED.has(fault.kind)) return true;
  return 'processed' in fault && fault.processed === true;
}

export interface FaultScope {
  /** Ends by itself after so many requests; without it, it stays until cleared. */
  readonly times?: number;
  /** Only requests to this interface, or publications of it. */
  readonly interface?: string;
  /** Asked for each that it could hit, e.g. a seeded die. */
  readonly chance?: () => boolean;
}

/** A fault that was set. */
export interface FaultHandle {
  /** How many requests it has hit. */
  readonly hits: number;
  clear(): void;
}

interface Entry<F> extends FaultScope {
  readonly fault: F;
  hits: number;
}

const isDelay = (fault: { readonly kind: string }): fault is Delay => fault.kind === 'delay';

/** The faults in force. Several may hit one request: delays add up, of the others the one set first wins. */
export class FaultBoard<F extends Fault | MqttFault> {
  #entries: Entry<F>[] = [];

  set(fault: F, scope: FaultScope = {}): FaultHandle {
    const entry: Entry<F> = { ...scope, fault, hits: 0 };
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

  /** What happens to the next request or publication of an interface. */
  take(name: string): { readonly delayMs: number; readonly fault: Undelayed<F> | undefined } {
    let delayMs = 0;
    let chosen: Undelayed<F> | undefined;
    for (const entry of this.#entries) {
      const fault: F = entry.fault;
      if (entry.interface !== undefined && entry.interface !== name) continue;
      if (entry.times !== undefined && entry.hits >= entry.times) continue;
      if (!isDelay(fault) && chosen) continue;
      if (entry.chance && !entry.chance()) continue;
      entry.hits += 1;
      if (isDelay(fault)) delayMs += fault.ms;
      else chosen = fault as Undelayed<F>;
    }
    return { delayMs, fault: chosen };
  }
}
