import type { Cancel } from '../../electron/station/runtime/ports.ts';

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
  cancelled: boolean;
}

/**
 * The time of a simulated world: a queue of things to come, in order of their moment and, at the same moment, in the order in
 * which they were planned. Nothing else moves time, so the same plans give the same day.
 */
export class Timeline {
  readonly #heap: Entry[] = [];
  #mono = 0;
  #wallAhead: number;
  #order = 0;

  constructor(startsAt: number) {
    this.#wallAhead = startsAt;
  }

  get mono(): number {
    return this.#mono;
  }

  /** What the PC's clock shows. */
  get wall(): number {
    return this.#mono + this.#wallAhead;
  }

  /** Somebody set the PC's clock. */
  jumpWall(byMs: number): void {
    this.#wallAhead += byMs;
  }

  after(ms: number, task: () => void): Cancel {
    const entry: Entry = {
      at: this.#mono + Math.max(0, Math.round(ms)),
      order: this.#order++,
      task,
      cancelled: false,
    };
    this.#push(entry);
    return () => {
      entry.cancelled = true;
    };
  }

  /** Moves to the next thing and does it. @returns whether there was one before `until` */
  next(until: number): boolean {
    for (;;) {
      const first = this.#heap[0];
      if (!first || first.at > until) return false;
      this.#pop();
      if (first.cancelled) continue;
      this.#mono = Math.max(this.#mono, first.at);
      first.task();
      return true;
    }
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (!above || !before(entry, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const child = right && left && before(right, left) ? right : left;
      if (!child || !before(child, last)) break;
      heap[at] = child;
      at = child === right ? 2 * at + 2 : 2 * at + 1;
    }
    heap[at] = last;
  }
}

const before = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
