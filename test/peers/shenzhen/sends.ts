import type { Fields } from './message.ts';

/** `unclear`: it went out, but says nothing that can be relied on. `unheard`: no answer reached the car park. */
export type Result = 'pending' | 'heard' | 'unheard' | 'unclear';

/** One time that the car park said something. */
export interface Send {
  readonly fields: Fields;
  /** What it says, without what is made anew for each send. */
  readonly content: string;
  /** When it arrived, by the cloud's clock. */
  readonly at: number;
  /** When its head arrived, by the monotonic clock. */
  readonly ms: number;
  /** What was answered, or would have been; null if it did not get that far. */
  code: number | null;
  /** Whether that answer says that the cloud has it: 0, or that it had it before. */
  success: boolean;
  /** Whether the cloud took it in. */
  processed: boolean;
  result: Result;
  /** When that was known, by the monotonic clock. */
  endedMs: number | null;
  /** The car park died since, and may know nothing of it. */
  forgotten: boolean;
}

/** One thing that the car park tells of, in the order in which it was told. */
export interface Told {
  readonly interface: string;
  readonly key: string;
  readonly recordCode: string;
  readonly sends: Send[];
}

/** Taken, as far as the car park may know. */
export const taken = ({ success, result, forgotten }: Send): boolean =>
  success && (result === 'heard' || (forgotten && result === 'unclear'));

/** How many of the newest sends of the same content failed in a row. */
export function failedInRow({ sends }: Told): number {
  let count = 0;
  for (const send of sends.toReversed()) {
    if (taken(send) || send.forgotten || send.content !== sends.at(-1)?.content) break;
    count += 1;
  }
  return count;
}

/** Whether the car park still has to say it again, because nothing that could be understood came back. */
export const unanswered = ({ sends }: Told): boolean => {
  const last = sends.at(-1);
  return last !== undefined && (last.result === 'unheard' || last.result === 'unclear') && !last.forgotten;
};
