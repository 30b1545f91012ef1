/** What goes wrong with a request that was understood. */
export type BoardFault =
  /** The relay moves at once, the answer comes after `ms`. */
  | { readonly kind: 'late'; readonly ms: number }
  /** The relay moves, the answer never comes. */
  | { readonly kind: 'lose-echo' }
  /** The request never came: nothing moves. */
  | { readonly kind: 'lose-request' }
  /** Nothing moves, the answer is this exception. */
  | { readonly kind: 'exception'; readonly code: number }
  /** The relay moves; the answer has a bad CRC (RTU), or the id of another transaction (TCP). */
  | { readonly kind: 'corrupt' }
  /** The relay moves; the answer is that of another unit. */
  | { readonly kind: 'other-unit'; readonly unit: number }
  /** The relay moves; only so many bytes of the answer come. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** The relay moves; the answer comes twice. */
  | { readonly kind: 'repeat' }
  /** The relay moves; instead of an answer the connection ends. On a serial line: no answer. */
  | { readonly kind: 'close' };

export interface FaultScope {
  /** Default: writes, so that the polling of inputs does not use the fault up. */
  readonly of?: 'reads' | 'writes' | 'all';
  /** So many requests. Default: 1. */
  readonly times?: number;
}

/** Faults that were ordered and wait for their requests. */
export class FaultList {
  #faults: { readonly fault: BoardFault; readonly of: 'reads' | 'writes' | 'all'; left: number }[] = [];

  order(fault: BoardFault, scope: FaultScope): void {
    this.#faults.push({ fault, of: scope.of ?? 'writes', left: scope.times ?? 1 });
  }

  clear(): void {
    this.#faults = [];
  }

  /** The fault for this request, used up by it. */
  take(fn: number): BoardFault | undefined {
    const kind = fn === 5 || fn === 6 || fn === 15 || fn === 16 ? 'writes' : 'reads';
    const found = this.#faults.find((order) => order.of === 'all' || order.of === kind);
    if (!found) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.#faults = this.#faults.filter((order) => order !== found);
    return found.fault;
  }
}
