/** One at a time, in the order of asking; who is urgent goes before all who are not. */
export class Turns {
  #busy = false;
  #urgent: (() => void)[] = [];
  #usual: (() => void)[] = [];

  async take<T>(urgency: 'urgent' | 'usual', task: () => Promise<T>): Promise<T> {
    await this.#mine(urgency);
    try {
      return await task();
    } finally {
      this.#next();
    }
  }

  #mine(urgency: 'urgent' | 'usual'): Promise<void> {
    if (!this.#busy) {
      this.#busy = true;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      (urgency === 'urgent' ? this.#urgent : this.#usual).push(resolve);
    });
  }

  #next(): void {
    const next = this.#urgent.shift() ?? this.#usual.shift();
    if (next) next();
    else this.#busy = false;
  }
}
