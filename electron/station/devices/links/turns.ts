/** One at a time, in the order of asking; who is urgent goes before all who are not. Whoever finds it free begins at once. */
export class Turns {
  #busy = false;
  readonly #urgent: (() => void)[] = [];
  readonly #usual: (() => void)[] = [];

  take<T>(urgency: 'urgent' | 'usual', task: () => Promise<T>): Promise<T> {
    if (!this.#busy) {
      this.#busy = true;
      return this.#run(task);
    }
    return new Promise((resolve, reject) => {
      const queue = urgency === 'urgent' ? this.#urgent : this.#usual;
      queue.push(() => void this.#run(task).then(resolve, reject));
    });
  }

  async #run<T>(task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } finally {
      this.#next();
    }
  }

  #next(): void {
    const next = this.#urgent.shift() ?? this.#usual.shift();
    if (next) next();
    else this.#busy = false;
  }
}
