import type { Table } from './field.ts';
import type { Finding } from './finding.ts';
import type { JsonObject } from './json.ts';
import type { Result, Send, Told } from './sends.ts';
import type { Request, State } from './state.ts';
import type { Answer } from './style.ts';

/** What is done with a request besides answering it. */
export interface Processed {
  readonly answer: Answer;
  readonly delayMs?: number;
  /** The car park can have made this of the answer. */
  readonly settled?: (result: Result) => void;
  /** Once the answer is out. */
  readonly afterwards?: () => void;
}

/** One up interface, as its page describes it: its table, and what the third party does with it. */
export interface UpInterface extends Table {
  /** `report`: told until it is answered. `ask`: asked by somebody who waits, never again of itself. */
  readonly kind: 'report' | 'ask';
  /** Whether reports of this kind come in the order in which they happened. */
  readonly ordered: boolean;
  /** What makes two requests the same. */
  readonly key: (fields: JsonObject, request: Request) => string;
  /** The stay that it belongs to. */
  readonly stay?: (fields: JsonObject, state: State) => string;
  /** What must hold inside one request, and between it and what is known. */
  readonly relations: (request: Request, state: State) => Finding[];
  /** Where the usual objections to being told twice do not do. */
  readonly again?: (told: Told, request: Request, state: State) => Finding[];
  readonly process: (request: Request, state: State, send: Send) => Processed;
}
