import type { Conversations } from './conversations.ts';
import type { Table } from './field.ts';
import type { Finding } from './finding.ts';
import type { Processed } from './processed.ts';
import type { Fields } from './sign.ts';
import type { State } from './state.ts';
import type { Answer } from './style.ts';

/** An up request that passed its table. */
export interface Request {
  readonly fields: Fields;
  /** When it arrived, by the bank's clock. */
  readonly at: number;
}

/** One up interface, as its page of chapter 5 describes it: its table, and what the bank does with it. */
export interface UpInterface extends Table {
  /** Fields whose values differ from the last time that this very thing was said; undefined if it is said first. */
  readonly repeats?: (request: Request, state: State) => readonly string[] | undefined;
  /** What the bank's state has against it. */
  readonly objections?: (request: Request, state: State) => Finding[];
  readonly process: (request: Request, state: State, conversations: Conversations) => Processed;
}

export const DONE: Answer = { status: 0, message: 'success' };

/** Names of the fields in which two tellings differ; `sign` aside. */
export function differences(a: Fields, b: Fields): string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter((name) => name !== 'sign' && (a[name] ?? '') !== (b[name] ?? ''));
}
