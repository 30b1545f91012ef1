import { Board, type LineFault, type Scope, type Target } from '../http/faults.ts';

/**
 * What goes wrong between cloud and car park: what may on every line (an `http-status` of 302 names another place), and:
 * - `silence` with `ms`: up, it is reset after so long.
 * - `resp-code`: up only: an answer that is none, with any value, or left out; `processed`: all the same done.
 */
export type Fault =
  | LineFault
  | { readonly kind: 'silence'; readonly ms: number; readonly processed?: boolean }
  | { readonly kind: 'resp-code'; readonly value?: unknown; readonly processed?: boolean };

/** What a fault could hit: one request of the car park, or one call of the cloud. */
export interface About extends Target {
  readonly uuid: string;
}

export type FaultScope = Scope<About>;

export class FaultBoard extends Board<Fault, About> {
  constructor(die: () => number) {
    super(die, ['resp-code']);
  }
}
