/**
 * What goes wrong between cloud and car park. Up: the car park asks; down: the cloud does. Except where said otherwise a
 * fault is possible in both directions, and an up request is not worked on.
 * - `delay`: waits, then goes on normally. Up, the request lies there unread.
 * - `late`: up: worked on at once, answered after `ms`. Down: as `delay`.
 * - `down`, `request-lost`: up: reset before it is looked at. Down: it never leaves.
 * - `answer-lost`: worked on; the answer never arrives.
 * - `cut`: up: worked on, reset in the middle of the answer. Down: reset in the middle of the request.
 * - `silence`: the connection stays open and nothing more comes, or is reset after `ms`; with `processed` after it was
 *   worked on (up), or after the whole request has left (down).
 * - `slow-body`: answer or request in pieces over `ms`. Worked on.
 * - `http-status` (302 names another place), `html`, `garbage`, `resp-code`: up only, answers that are none; `processed`:
 *   all the same done. `resp-code` is any value, or left out.
 */
export type Fault =
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'late'; readonly ms: number }
  | { readonly kind: 'down' }
  | { readonly kind: 'request-lost' }
  | { readonly kind: 'answer-lost' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'silence'; readonly ms?: number; readonly processed?: boolean }
  | { readonly kind: 'slow-body'; readonly ms: number }
  | { readonly kind: 'http-status'; readonly status: number; readonly processed?: boolean }
  | { readonly kind: 'html'; readonly processed?: boolean }
  | { readonly kind: 'garbage'; readonly processed?: boolean }
  | { readonly kind: 'resp-code'; readonly value?: unknown; readonly processed?: boolean };

export type Direction = 'up' | 'down';

/** What a fault could hit: one request of the car park, or one call of the cloud. */
export interface About {
  readonly direction: Direction;
  readonly interface: string;
  /** As far as the request or the cloud's records name it. */
  readonly plate: string;
  readonly uuid: string;
}

export interface FaultScope {
  readonly direction?: Direction;
  readonly interface?: string;
  readonly plate?: string;
  /** Only the n-th that the rest of the scope fits, counted from 1. */
  readonly nth?: number;
  readonly only?: (about: About) => boolean;
  /** A share between 0 and 1 of the cloud's die, or a question of the test's own. */
  readonly chance?: number | (() => boolean);
  /** Ends by itself after so many; without it, it stays until cleared. */
  readonly times?: number;
}

/** A fault that was set. */
export interface FaultHandle {
  readonly hits: number;
  clear(): void;
}

interface Entry extends FaultScope {
  readonly fault: Fault;
  seen: number;
  hits: number;
}

const UP_ONLY: ReadonlySet<Fault['kind']> = new Set(['http-status', 'html', 'garbage', 'resp-code']);
const WORKS: ReadonlySet<Fault['kind']> = new Set(['delay', 'late', 'answer-lost', 'cut', 'slow-body']);

/** Whether an up request is worked on in spite of the fault. */
export function processes(fault: Fault | undefined): boolean {
  if (!fault || WORKS.has(fault.kind)) return true;
  return 'processed' in fault && fault.processed === true;
}

const fits = (entry: Entry, about: About): boolean =>
  (entry.direction === undefined || entry.direction === about.direction) &&
  (about.direction === 'up' || !UP_ONLY.has(entry.fault.kind)) &&
  (entry.interface === undefined || entry.interface === about.interface) &&
  (entry.plate === undefined || entry.plate === about.plate) &&
  (entry.only === undefined || entry.only(about));

/** The faults in force. Several may hit one request: delays add up, of the others the one set first wins. */
export class FaultBoard {
  #entries: Entry[] = [];
  readonly #die: () => number;

  constructor(die: () => number) {
    this.#die = die;
  }

  set(fault: Fault, scope: FaultScope = {}): FaultHandle {
    const entry: Entry = { ...scope, fault, seen: 0, hits: 0 };
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

  take(about: About): { readonly delayMs: number; readonly fault: Fault | undefined } {
    let delayMs = 0;
    let chosen: Fault | undefined;
    for (const entry of this.#entries) {
      const { fault, nth, times, chance } = entry;
      if (!fits(entry, about)) continue;
      entry.seen += 1;
      if (nth !== undefined && entry.seen !== nth) continue;
      if (times !== undefined && entry.hits >= times) continue;
      const waits = fault.kind === 'delay' || (fault.kind === 'late' && about.direction === 'down');
      if (!waits && chosen) continue;
      if (typeof chance === 'number' ? this.#die() >= chance : chance?.() === false) continue;
      entry.hits += 1;
      if (waits) delayMs += fault.ms;
      else chosen = fault;
    }
    return { delayMs, fault: chosen };
  }
}
