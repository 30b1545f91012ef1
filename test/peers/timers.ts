/** Runs a task later; what it returns cancels it. */
export type After = (ms: number, task: () => void) => () => void;

const realAfter: After = (ms, task) => {
  const timer = setTimeout(task, ms);
  return () => clearTimeout(timer);
};

/** Waits in real time, whatever the test's clock says. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const PATIENCE_MS = 2_000;

/** What a peer still has to do, so that `close` can wait for it or drop it. */
export class Timers {
  /** Errors of what ran in the background. */
  readonly failures: unknown[] = [];
  readonly #after: After;
  readonly #cancels = new Set<() => void>();
  readonly #running = new Set<Promise<void>>();
  #ended = false;

  constructor(after: After = realAfter) {
    this.#after = after;
  }

  /** At once for 0, even where the test's clock stands still. */
  after(ms: number, task: () => Promise<unknown> | undefined): void {
    if (this.#ended) return;
    if (ms <= 0) {
      this.run(task);
      return;
    }
    const cancel = this.#after(ms, () => {
      this.#cancels.delete(cancel);
      this.run(task);
    });
    this.#cancels.add(cancel);
  }

  run(task: () => Promise<unknown> | undefined): void {
    const running: Promise<void> = Promise.resolve()
      .then(task)
      .then(
        () => undefined,
        (error: unknown) => {
          this.failures.push(error);
        },
      )
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Whether anything runs now; what waits for its time does not. */
  get busy(): boolean {
    return this.#running.size > 0;
  }

  /** Resolves when nothing runs that was started by now. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async end(): Promise<void> {
    this.#ended = true;
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
    // A hook that never comes back must not keep a test from ending.
    const enough = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
    await Promise.race([this.idle(), enough]);
  }
}
