import type { DownAnswer } from './answers.ts';
import type { DownName } from './down-tables.ts';
import type { Fault } from './faults.ts';
import type { Finding } from './finding.ts';
import type { Reply } from './post.ts';
import type { Fields } from './sign.ts';

/** One departure of a push, and what came back. */
export interface Attempt {
  readonly at: number;
  readonly fault: Fault['kind'] | undefined;
  readonly reply: Reply | null;
  readonly answer: DownAnswer | null;
  /** Why there is no reply. */
  readonly error: string | null;
  readonly findings: readonly Finding[];
}

/** A request of the bank to the car park, with all its attempts. */
export interface Push {
  readonly interface: DownName;
  /** As they stood in the form, `sign` among them. */
  readonly fields: Fields;
  readonly body: Buffer;
  /** Whether a car park that goes by the document may act on it. */
  readonly legal: boolean;
  readonly at: number;
  readonly attempts: readonly Attempt[];
  /** The last answer that could be read. */
  readonly answer: DownAnswer | null;
  /** Answered with status 0. */
  readonly done: boolean;
  /** No attempt is under way and none will come. */
  readonly ended: boolean;
}

/** A {@link Push} while it is being sent. */
export interface Draft extends Push {
  readonly attempts: Attempt[];
  answer: DownAnswer | null;
  done: boolean;
  ended: boolean;
}
