import type { Table } from './field.ts';
import type { Finding } from './finding.ts';
import type { Told } from './sends.ts';
import type { Request, State } from './state.ts';
import type { Verdict } from './wills.ts';

/** One up interface, as its page describes it: its table, and what the cloud does with it. */
export interface UpInterface extends Table {
  /** What must hold inside one request. */
  readonly relations: (request: Request, state: State) => Finding[];
  /** What earlier sends have against it. */
  readonly objections: (request: Request, state: State) => Finding[];
  /** What this request is a send of. */
  readonly told: (request: Request, state: State) => Told;
  readonly process: (request: Request, state: State) => Verdict;
  /** The car park can have read an answer. */
  readonly answered?: (told: Told, state: State) => void;
}

export const DONE: Verdict = { code: '0', silent: false, delayMs: 0 };
