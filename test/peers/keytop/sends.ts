import type { JsonObject } from './json.ts';

/** `unclear`: it went out, but says nothing that can be relied on. `unheard`: no answer reached the car park. */
export type Result = 'pending' | 'heard' | 'unheard' | 'unclear';

/** One time that the car park said something. */
export interface Send {
  /** When it arrived, by the third party's clock. */
  readonly at: number;
  /** When its head arrived, by the monotonic clock. */
  readonly ms: number;
  /** resCode, or what it would have been; null if it did not get that far. */
  answer: 0 | 1 | null;
  result: Result;
  /** When that was known, by the monotonic clock. */
  endedMs: number | null;
  /** The car park died since, and may know nothing of it. */
  forgotten: boolean;
}

/** One thing that the car park says, once or until it is answered. */
export interface Told {
  readonly interface: string;
  readonly key: string;
  /** As they were first said. */
  readonly fields: JsonObject;
  /** As they were said last. */
  newest: JsonObject;
  /** Of the stay that it belongs to; empty for none. */
  readonly stay: string;
  readonly sends: Send[];
}

export const heard = ({ sends }: Told, answer?: 0 | 1): Send | undefined =>
  sends.find((send) => send.result === 'heard' && (answer === undefined || send.answer === answer));

/** Taken, as far as the car park may know: what was answered just before it died it may have kept, and never says again. */
export const taken = ({ result, answer, forgotten }: Send): boolean =>
  answer === 0 && (result === 'heard' || (forgotten && result === 'unclear'));

/** Whether the car park still has to say it again. */
export const open = (told: Told): boolean =>
  told.sends.length > 0 && !told.sends.some((send) => taken(send) || send.result === 'pending');

/** Keeps a send; what it returns is settled later. */
export function keepSend(told: Told, at: number, ms: number): Send {
  const send: Send = { at, ms, answer: null, result: 'pending', endedMs: null, forgotten: false };
  told.sends.push(send);
  return send;
}
