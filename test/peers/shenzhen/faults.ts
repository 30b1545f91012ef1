import { type AnyFault, Board, type LineFault, processes, type Scope, type Target } from '../http/faults.ts';

/**
 * Answers that are written oddly, or are none.
 * To be read all the same: `code-text` ("0"), `data-null`, `data-missing`, `data-list`, `table35`, `text-html` (right, as
 * text/html). No answer at all: `code-missing`, `code-null`, `code-words` ("OK").
 */
export type Shape =
  | 'code-text'
  | 'code-missing'
  | 'code-null'
  | 'code-words'
  | 'data-null'
  | 'data-missing'
  | 'data-list'
  | 'table35'
  | 'text-html';

/**
 * What goes wrong between cloud and car park over HTTP: what may on every line (an `http-status` of 302 names another place),
 * and:
 * - `answer`: worked on, and answered in another {@link Shape}.
 * - `refused`: not worked on, answered with a code that is not 0 (1 unless given).
 * - `duplicate`: worked on, and answered as if it had been there before.
 */
export type Fault =
  | LineFault
  | { readonly kind: 'answer'; readonly shape: Shape; readonly processed?: boolean }
  | { readonly kind: 'refused'; readonly code?: number; readonly msg?: string; readonly processed?: boolean }
  | { readonly kind: 'duplicate'; readonly code?: number; readonly msg?: string; readonly processed?: boolean };

/** What a fault could hit: one request of the car park. */
export interface About extends Target {
  readonly recordCode: string;
  /** Berth, device, entrance or list entry, where it is about one. */
  readonly subject: string;
}

export type FaultScope = Scope<About>;

/** Whether a request is worked on in spite of the fault. */
export const works = (fault: AnyFault | undefined): boolean => fault?.kind === 'answer' || processes(fault);

export class FaultBoard extends Board<Fault, About> {
  constructor(die: () => number) {
    super(die, ['answer', 'refused', 'duplicate']);
  }
}
