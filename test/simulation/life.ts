import type { Database } from 'better-sqlite3';
import type { Cancel, Clock, Ids, Log } from '../../electron/station/runtime/ports.ts';
import { Store, type Tx } from '../../electron/station/store/store.ts';
import type { Timeline } from './timeline.ts';

/** The program ends in this very instruction. */
export class Crash extends Error {
  constructor() {
    super('crashed');
  }
}

/** Where a crash may strike: in a transaction that never commits, right behind a commit, or while something leaves the house. */
export type CrashPoint = 'in-transaction' | 'after-commit' | 'at-port';

/**
 * One run of the program, from its start to its end. When it is over, nothing of it has an effect any more: its timers do not
 * run, its writes are refused, and what it says to the world outside is not heard. That is what a killed process is like.
 */
export class Life {
  #dead = false;
  #planned: CrashPoint | null = null;
  #aheadOfMind = false;

  /** It ended between a commit and everything that follows from it. */
  get aheadOfMind(): boolean {
    return this.#aheadOfMind;
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** The next time the program comes to this point, it ends. */
  plan(point: CrashPoint): void {
    this.#planned = point;
  }

  end(): void {
    this.#dead = true;
  }

  /** @throws Crash when the program ends here, or ended before */
  pass(point: CrashPoint): void {
    if (this.#planned === point && !this.#dead) {
      this.#dead = true;
      this.#aheadOfMind = point === 'after-commit';
    }
    if (this.#dead) throw new Crash();
  }
}

/** The machine's clock, as long as the program lives. */
export class LifeClock implements Clock {
  readonly #timeline: Timeline;
  readonly #life: Life;

  constructor(timeline: Timeline, life: Life) {
    this.#timeline = timeline;
    this.#life = life;
  }

  now(): number {
    return this.#timeline.wall;
  }

  monotonic(): number {
    return this.#timeline.mono;
  }

  after(ms: number, task: () => void): Cancel {
    return this.#timeline.after(ms, () => {
      if (!this.#life.dead) task();
    });
  }
}

/** The database outlives the program; this is one program's way to it. */
export class LifeStore extends Store {
  readonly #life: Life;

  constructor(db: Database, clock: Clock, life: Life) {
    super(db, clock);
    this.#life = life;
  }

  override write<T>(work: (tx: Tx) => T): T {
    if (this.#life.dead) throw new Crash();
    let events = 0;
    const result = super.write((tx) => {
      const done = work({
        ...tx,
        record: (draft) => {
          events += 1;
          return tx.record(draft);
        },
      });
      this.#life.pass('in-transaction');
      return done;
    });
    // With events, whoever listens first decides this before anybody else hears of them.
    if (events === 0) this.#life.pass('after-commit');
    return result;
  }
}

/** Like the system's: the time by the wall clock first, so that a clock set back gives smaller ids. Never the same twice. */
export class SimulatedIds implements Ids {
  readonly #timeline: Timeline;
  #count = 0;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  next(prefix: string): string {
    this.#count += 1;
    const when = this.#timeline.wall.toString(16).padStart(11, '0');
    return `${prefix}_${when}${this.#count.toString(16).padStart(8, '0')}`;
  }
}

/** A log whose errors are told: in a program that lives, each of them is a defect. */
export function defectLog(life: Life, defect: (message: string) => void): Log {
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (message, fields = {}) => {
      if (!life.dead) defect(`${message} ${JSON.stringify(fields)}`);
    },
    child: () => log,
  };
  return log;
}
