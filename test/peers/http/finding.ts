import type { Direction } from './faults.ts';

/** A rule that a request or an answer of the car park broke; which rules there are is the protocol's. */
export interface FindingOf<R extends string> {
  readonly rule: R;
  readonly field: string | null;
  readonly detail: string;
  /** False where the source does not say so, and a deviation may still be right. */
  readonly proven: boolean;
}

type Find<R extends string> = (rule: R, detail: string, field?: string | null) => FindingOf<R>;

/** What writes findings down. `doubt`: what the source implies or a sensible reader expects, and it does not write. */
export function findingsOf<R extends string>(): { readonly finding: Find<R>; readonly doubt: Find<R> } {
  return {
    finding: (rule, detail, field = null) => ({ rule, field, detail, proven: true }),
    doubt: (rule, detail, field = null) => ({ rule, field, detail, proven: false }),
  };
}

/** A finding with when and where. */
export interface ViolationOf<R extends string> extends FindingOf<R> {
  readonly at: number;
  readonly interface: string;
  /** up: in a request; down: in an answer. */
  readonly direction: Direction;
}

/** All that was found, the proven apart from the doubtful. */
export class FindingList<R extends string> {
  readonly violations: ViolationOf<R>[] = [];
  readonly doubts: ViolationOf<R>[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  report(name: string, direction: Direction, findings: readonly FindingOf<R>[]): void {
    const at = this.#now();
    for (const item of findings)
      (item.proven ? this.violations : this.doubts).push({ ...item, at, interface: name, direction });
  }
}
