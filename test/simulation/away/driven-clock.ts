import type { Cancel, Clock } from '../../../electron/station/runtime/ports.ts';

interface Timer {
  readonly due: number;
  readonly order: number;
  readonly task: () => void;
  armed: NodeJS.Timeout | undefined;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * A clock that follows the machine's, or stands still and is moved by hand. It is moved from timer to timer, and stands still while
 * requests are on their way: a day takes as long as its work, and no request times out because the day went by too fast.
 */
export class DrivenClock implements Clock {
  readonly #startsAt: number;
  readonly #timers = new Set<Timer>();
  /** Requests that have left and have not ended yet. */
  readonly #underWay: () => number;
  #mono = 0;
  #order = 0;
  /** What `performance.now()` was when this clock showed 0; undefined while it is moved by hand. */
  #zero: number | undefined = performance.now();

  constructor(startsAt: number, underWay: () => number) {
    this.#startsAt = startsAt;
    this.#underWay = underWay;
  }

  now(): number {
    return Math.floor(this.#startsAt + this.monotonic());
  }

  monotonic(): number {
    return this.#zero === undefined ? this.#mono : performance.now() - this.#zero;
  }

  after(ms: number, task: () => void): Cancel {
    const timer: Timer = { due: this.monotonic() + Math.max(0, ms), order: this.#order++, task, armed: undefined };
    this.#timers.add(timer);
    if (this.#zero !== undefined) this.#arm(timer);
    return () => {
      clearTimeout(timer.armed);
      this.#timers.delete(timer);
    };
  }

  /** From now on it runs by itself, as fast as the machine's. */
  run(): void {
    if (this.#zero !== undefined) return;
    this.#zero = performance.now() - this.#mono;
    for (const timer of this.#timers) this.#arm(timer);
  }

  /** Moves it to a moment, doing on the way what was planned. From now on it is moved by hand alone. */
  async advance(to: number): Promise<void> {
    this.#stand();
    const end = Math.max(this.#mono, to - this.#startsAt);
    do await this.#quiet();
    while (this.#step(end));
    this.#mono = end;
    await this.#quiet();
  }

  /** Moves it on until a request leaves, and lets it run by itself from there: nobody waits for the next try. */
  async runFromRequest(): Promise<void> {
    this.#stand();
    await this.#quiet();
    while (this.#underWay() === 0 && this.#step(Number.POSITIVE_INFINITY))
      for (let turns = 0; turns < 3; turns += 1) await turn();
    this.run();
  }

  /** Does the next thing that was planned. @returns whether there was one in time */
  #step(end: number): boolean {
    const next = this.#soonest();
    if (!next || next.due > end) return false;
    this.#timers.delete(next);
    this.#mono = Math.max(this.#mono, next.due);
    next.task();
    return true;
  }

  #stand(): void {
    if (this.#zero === undefined) return;
    this.#mono = this.monotonic();
    this.#zero = undefined;
    for (const timer of this.#timers) clearTimeout(timer.armed);
  }

  #arm(timer: Timer): void {
    timer.armed = setTimeout(
      () => {
        this.#timers.delete(timer);
        timer.task();
      },
      Math.max(0, timer.due - this.monotonic()),
    );
  }

  #soonest(): Timer | undefined {
    let soonest: Timer | undefined;
    for (const timer of this.#timers)
      if (!soonest || timer.due < soonest.due || (timer.due === soonest.due && timer.order < soonest.order))
        soonest = timer;
    return soonest;
  }

  /** What was begun has had its turns: answers are read, and what follows from them has left. */
  async #quiet(): Promise<void> {
    for (let turns = 0; turns < 3; turns = this.#underWay() > 0 ? 0 : turns + 1) await turn();
  }
}
