const TICK_MS = 2;

/**
 * How long this thread worked at most without a turn for anybody else, by the time that it had the processor: neither the disk nor other
 * programs on the machine have a part in it.
 */
export class Turns {
  #longest = 0;

  constructor() {
    let before = worked();
    setInterval(() => {
      const now = worked();
      this.#longest = Math.max(this.#longest, now - before);
      before = now;
    }, TICK_MS).unref();
  }

  /** Milliseconds since the last time that somebody asked. */
  take(): number {
    const longest = this.#longest;
    this.#longest = 0;
    return longest;
  }
}

function worked(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
