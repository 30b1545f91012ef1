/** What goes wrong with one command. */
export type Fault =
  /** The connection is reset before anything happened. */
  | { readonly kind: 'request-lost' }
  /** Carried out, then the connection is reset instead of an answer. */
  | { readonly kind: 'answer-lost' }
  /** Carried out, and never answered. */
  | { readonly kind: 'silent' }
  /** Carried out, answered later. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Not carried out, and the answer says so in the protocol's own way; the meaning of `code` is the protocol's. */
  | { readonly kind: 'refused'; readonly code: number };

/** Which commands go wrong next, in the order in which it was said. */
export class FaultPlan {
  readonly #planned: { readonly name: string; readonly fault: Fault; left: number }[] = [];

  /** The next `times` commands of this name; `*` is any. */
  plan(name: string, fault: Fault, times = 1): void {
    this.#planned.push({ name, fault, left: times });
  }

  take(name: string): Fault | undefined {
    const next = this.#planned.find((one) => one.left > 0 && (one.name === name || one.name === '*'));
    if (next) next.left -= 1;
    return next?.fault;
  }

  clear(): void {
    this.#planned.length = 0;
  }
}
