import { Board, type LineFault, type Scope, type Target } from '../http/faults.ts';

/**
 * What goes wrong between bank and car park: what may on every line, and:
 * - `duplicate`: worked on, or delivered, twice; one answer arrives. Down: one after the other, or `atOnce`.
 * - `status`: up only: an answer that says no; `processed`: all the same done.
 */
export type Fault =
  | LineFault
  | { readonly kind: 'duplicate'; readonly atOnce?: boolean }
  | { readonly kind: 'status'; readonly status: number; readonly message?: string; readonly processed?: boolean };

/** What a fault could hit: one request, or one attempt of a push. */
export interface About extends Target {
  readonly recordId: string;
}

export type FaultScope = Scope<About>;

export class FaultBoard extends Board<Fault, About> {
  constructor(die: () => number) {
    super(die, ['status']);
  }
}
