import type { Field } from './field.ts';
import type { Finding } from './finding.ts';
import type { Fields } from './message.ts';
import type { Told } from './sends.ts';
import type { Pace, Request, State } from './state.ts';

/** One of the ten that the car park calls. */
export interface UpInterface {
  readonly name: string;
  readonly fields: readonly Field[];
  /** Names that its signature leaves out. */
  readonly unsigned?: readonly string[];
  /** `record`: said once, in order of its record; `newest`: only the last state counts; `static`: at start and on change. */
  readonly kind: 'record' | 'newest' | 'static';
  /** What it tells of: a later one with the same key is a repetition or news of the same. */
  readonly key: (fields: Fields) => string;
  /** Made anew for each send, beside what is in all of them. */
  readonly volatile?: readonly string[];
  /** A field that has to be looked into to be compared, e.g. because its elements say when they were made. */
  readonly steady?: (fields: Fields) => Fields;
  /** How often it is told without a change; never where that is missing. */
  readonly everyMs?: (pace: Pace) => number;
  /** What it is about, for faults and hooks. */
  readonly subject: (fields: Fields) => string;
  /** What is wrong inside, and with what is known. `told` is undefined the first time. */
  readonly relations: (request: Request, state: State, told: Told | undefined) => Finding[];
  readonly process: (request: Request, state: State) => void;
}

/** In every message, and new each time. */
const ALWAYS_VOLATILE: readonly string[] = ['accessKey', 'timestamp', 'signature', 'noncestr'];

/** What a message says, comparable. */
export function contentOf({ volatile = [], steady }: Pick<UpInterface, 'volatile' | 'steady'>, fields: Fields): string {
  const kept = Object.entries(steady?.(fields) ?? fields).filter(
    ([name]) => !ALWAYS_VOLATILE.includes(name) && !volatile.includes(name),
  );
  return JSON.stringify(kept.sort(([a], [b]) => a.localeCompare(b)));
}
