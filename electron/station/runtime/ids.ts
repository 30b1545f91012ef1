import { randomBytes } from 'node:crypto';
import type { Clock, Entropy, Ids } from './ports.ts';

/** `prefix_` + creation time + 10 random bytes, both in hex: sorts by time, unique without asking anybody. */
export class SystemIds implements Ids {
  readonly #clock: Clock;
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  next(prefix: string): string {
    return `${prefix}_${this.#clock.now().toString(16).padStart(11, '0')}${randomBytes(10).toString('hex')}`;
  }
}

export class SystemEntropy implements Entropy {
  random(): number {
    return Math.random();
  }
}
