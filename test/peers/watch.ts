/** What tests wait for: probes that are tried again after each request. */
export class Watch {
  readonly #checks = new Set<() => void>();

  look(): void {
    for (const check of [...this.#checks]) check();
  }

  /** Resolves with the first truthy value of `probe`, tried now and at each look; rejects with `summary` after the time. */
  for<T>(
    probe: () => T | undefined | null | false,
    what: string,
    timeoutMs: number,
    summary: () => string,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const done = (settle: () => void): void => {
        clearTimeout(timer);
        this.#checks.delete(check);
        settle();
      };
      const check = (): void => {
        const value = probe();
        if (value !== undefined && value !== null && value !== false) done(() => resolve(value));
      };
      const timer = setTimeout(
        () => done(() => reject(new Error(`no ${what} within ${timeoutMs} ms; received: ${summary()}`))),
        timeoutMs,
      );
      this.#checks.add(check);
      check();
    });
  }
}
