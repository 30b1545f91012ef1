/** More than any camera, screen or platform needs, and too few to keep the others out. */
const EACH = 200;
/** A proxy on this very PC stands for many; a fifth of the listener stays free of it. */
const LOOPBACK = 1_600;

const isLoopback = (address: string): boolean => /^(::ffff:)?127\.|^::1$/.test(address);

/** Counts what each address has open at a listener, so that none can use it up for the others. */
export class ConnectionCap {
  readonly #open = new Map<string, number>();
  readonly #limits: { readonly each: number; readonly loopback: number };

  constructor(limits = { each: EACH, loopback: LOOPBACK }) {
    this.#limits = limits;
  }

  /** @returns what to call when the connection is gone; undefined where it is one too many */
  take(address: string): (() => void) | undefined {
    const count = this.#open.get(address) ?? 0;
    if (count >= (isLoopback(address) ? this.#limits.loopback : this.#limits.each)) return undefined;
    this.#open.set(address, count + 1);
    return () => this.#give(address);
  }

  #give(address: string): void {
    const left = (this.#open.get(address) ?? 0) - 1;
    if (left > 0) this.#open.set(address, left);
    else this.#open.delete(address);
  }
}
