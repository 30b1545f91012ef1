/** What goes wrong between two HTTP sides. What a side makes of it stands where it answers and asks. */

/**
 * Up: the car park asks; down: the platform does. Except where said otherwise a fault is possible in both directions, and
 * an up request is not worked on.
 * - `delay`: waits, then goes on normally. Up, the request lies there unread.
 * - `late`: up: worked on at once, answered after `ms`. Down: as `delay`.
 * - `down`, `request-lost`: up: reset before it is looked at. Down: it never leaves.
 * - `answer-lost`: worked on; the answer never arrives.
 * - `cut`: up: worked on, reset in the middle of the answer. Down: reset in the middle of the request.
 * - `silence`: the connection stays open and nothing more comes; with `processed` after it was worked on (up), or after
 *   the whole request has left (down).
 * - `slow-body`: answer or request in pieces over `ms`. Worked on.
 * - `http-status`, `html`, `garbage`: up only, answers that say nothing; `processed`: all the same done.
 */
export type LineFault =
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'late'; readonly ms: number }
  | { readonly kind: 'down' }
  | { readonly kind: 'request-lost' }
  | { readonly kind: 'answer-lost' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'silence'; readonly processed?: boolean }
  | { readonly kind: 'slow-body'; readonly ms: number }
  | { readonly kind: 'http-status'; readonly status: number; readonly processed?: boolean }
  | { readonly kind: 'html'; readonly processed?: boolean }
  | { readonly kind: 'garbage'; readonly processed?: boolean };

/** A fault of the line or of a peer's own, as far as the line itself has to understand it. */
export interface AnyFault {
  readonly kind: string;
  readonly ms?: number;
  readonly processed?: boolean;
}

export type Direction = 'up' | 'down';

/** What a fault could hit: one request of either side. */
export interface Target {
  readonly direction: Direction;
  readonly interface: string;
  /** As far as the request or the platform's records name it. */
  readonly plate: string;
}

export interface Scope<A extends Target> {
  readonly direction?: Direction;
  readonly interface?: string;
  readonly plate?: string;
  /** Only the n-th that the rest of the scope fits, counted from 1. */
  readonly nth?: number;
  readonly only?: (about: A) => boolean;
  /** A share between 0 and 1 of the peer's die, or a question of the test's own. */
  readonly chance?: number | (() => boolean);
  /** Ends by itself after so many; without it, it stays until cleared. */
  readonly times?: number;
}

/** A fault that was set. */
export interface FaultHandle {
  readonly hits: number;
  clear(): void;
}

interface Entry<F extends AnyFault, A extends Target> extends Scope<A> {
  readonly fault: F;
  seen: number;
  hits: number;
}

const UP_ONLY: readonly string[] = ['http-status', 'html', 'garbage'] satisfies readonly LineFault['kind'][];
const WORKS: ReadonlySet<string> = new Set(['delay', 'late', 'answer-lost', 'cut', 'duplicate', 'slow-body']);

/** Whether an up request is worked on in spite of the fault. */
export function processes(fault: AnyFault | undefined): boolean {
  return !fault || WORKS.has(fault.kind) || fault.processed === true;
}

/** The faults in force. Several may hit one request: delays add up, of the others the one set first wins. */
export class Board<F extends AnyFault, A extends Target> {
  #entries: Entry<F, A>[] = [];
  readonly #die: () => number;
  readonly #upOnly: ReadonlySet<string>;

  /** `upOnly` are the peer's own answers that a fault gives, beside those of every line. */
  constructor(die: () => number, upOnly: readonly F['kind'][]) {
    this.#die = die;
    this.#upOnly = new Set([...UP_ONLY, ...upOnly]);
  }

  set(fault: F, scope: Scope<A> = {}): FaultHandle {
    const entry: Entry<F, A> = { ...scope, fault, seen: 0, hits: 0 };
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

  take(about: A): { readonly delayMs: number; readonly fault: F | undefined } {
    let delayMs = 0;
    let chosen: F | undefined;
    for (const entry of this.#entries) {
      const { fault, nth, times, chance } = entry;
      if (!this.#fits(entry, about)) continue;
      entry.seen += 1;
      if (nth !== undefined && entry.seen !== nth) continue;
      if (times !== undefined && entry.hits >= times) continue;
      const waits = fault.kind === 'delay' || (fault.kind === 'late' && about.direction === 'down');
      if (!waits && chosen) continue;
      if (typeof chance === 'number' ? this.#die() >= chance : chance?.() === false) continue;
      entry.hits += 1;
      if (waits) delayMs += fault.ms ?? 0;
      else chosen = fault;
    }
    return { delayMs, fault: chosen };
  }

  #fits(entry: Entry<F, A>, about: A): boolean {
    return (
      (entry.direction === undefined || entry.direction === about.direction) &&
      (about.direction === 'up' || !this.#upOnly.has(entry.fault.kind)) &&
      (entry.interface === undefined || entry.interface === about.interface) &&
      (entry.plate === undefined || entry.plate === about.plate) &&
      (entry.only === undefined || entry.only(about))
    );
  }
}
