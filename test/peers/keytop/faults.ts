import { type AnyFault, Board, type LineFault, processes, type Scope, type Target } from '../http/faults.ts';

/**
 * Answers that are written oddly, or are none.
 * To be read all the same: `res-code-text` ("0"), `data-object` (the row itself), `text-html` (right, as text/html),
 * `res-msg-null`. Reading nothing where a row is needed: `data-null`, `data-missing`, `data-empty` ([]).
 * No answer at all: `res-code-missing`.
 */
export type Shape =
  | 'res-code-text'
  | 'res-code-missing'
  | 'res-msg-null'
  | 'data-object'
  | 'data-null'
  | 'data-missing'
  | 'data-empty'
  | 'text-html';

/**
 * What goes wrong between third party and car park: what may on every line (an `http-status` of 302 names another place), and:
 * - `answer`: up only: worked on, and answered in another {@link Shape}.
 * - `refused`: up only: not worked on, answered resCode 1.
 */
export type Fault =
  | LineFault
  | { readonly kind: 'answer'; readonly shape: Shape; readonly processed?: boolean }
  | { readonly kind: 'refused'; readonly resMsg?: string; readonly processed?: boolean };

/** What a fault could hit: one request of the car park, or one call of the third party. */
export interface About extends Target {
  readonly orderNo: string;
}

export type FaultScope = Scope<About>;

/** Whether an up request is worked on in spite of the fault. */
export const works = (fault: AnyFault | undefined): boolean => fault?.kind === 'answer' || processes(fault);

export class FaultBoard extends Board<Fault, About> {
  constructor(die: () => number) {
    super(die, ['answer', 'refused']);
  }
}
