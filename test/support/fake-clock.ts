import type { Cancel, Clock } from '../../electron/station/runtime/ports.ts';

interface Timer {
  readonly due: number;
  readonly order: number;
  readonly task: () => void;
}

/** Lets promises that are already resolved run their callbacks. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A clock that moves only when told. Wall and monotonic time move together, unless the wall is made to jump. */
export class FakeClock implements Clock {
  #wall: number;
  #mono = 0;
  #order = 0;
  #timers: Timer[] = [];

  constructor(wall = Date.UTC(2026, 2, 2, 0, 5, 9)) {
    this.#wall = wall;
  }

  now(): number {
    return this.#wall;
  }

  monotonic(): number {
    return this.#mono;
  }

  after(ms: number, task: () => void): Cancel {
    const timer: Timer = { due: this.#mono + Math.max(0, ms), order: this.#order++, task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Moves time forward, running each timer at its moment; ties run in the order in which they were set. */
  async advance(ms: number): Promise<void> {
    const end = this.#mono + ms;
    for (;;) {
      await settle();
      const next = this.#timers
        .filter((timer) => timer.due <= end)
        .sort((a, b) => a.due - b.due || a.order - b.order)[0];
      if (!next) break;
      this.#move(next.due - this.#mono);
      this.#timers = this.#timers.filter((timer) => timer !== next);
      next.task();
    }
    this.#move(end - this.#mono);
    await settle();
  }

  /** Somebody set the PC's clock: the wall moves, the monotonic clock does not. */
  jumpWall(byMs: number): void {
    this.#wall += byMs;
  }

  #move(ms: number): void {
    this.#mono += ms;
    this.#wall += ms;
  }
}
