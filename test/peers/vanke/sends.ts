import { type Finding, finding } from './finding.ts';
import type { JsonObject } from './json.ts';

/** `unclear`: it went out, but what the car park made of it cannot be known. `unheard`: no answer reached it. */
export type Result = 'pending' | 'heard' | 'unheard' | 'unclear';

/** One time that the car park said something. */
export interface Send {
  /** `time` of the message. */
  readonly time: string;
  /** When it arrived, by the cloud's clock. */
  readonly at: number;
  /** When its head arrived, by the monotonic clock. */
  readonly ms: number;
  /** What the cloud answered, or would have; null if it did not get that far. */
  answer: '0' | '1' | null;
  result: Result;
  /** When that was known, by the monotonic clock. */
  endedMs: number | null;
  /** The same by the cloud's clock. */
  endedAt: number | null;
}

/** Anything that is said until it is answered. */
export interface Told {
  /** As they were first said. */
  readonly fields: JsonObject;
  readonly sends: Send[];
}

export const heard = ({ sends }: Told, answer?: '0' | '1'): Send | undefined =>
  sends.find((send) => send.result === 'heard' && (answer === undefined || send.answer === answer));

/** How many of the newest sends got no answer that the car park can have read. */
export function unansweredInRow({ sends }: Told): number {
  const last = sends.findLastIndex(({ result }) => result === 'heard' || result === 'unclear');
  return sends.length - 1 - last;
}

/** Within which two sends may bear the same second. */
const SAME_SECOND_MS = 3_000;

/** A send bears its own time: not one of long ago, and none before an earlier send's. */
export function staleFault(told: Told, time: string, ms: number): Finding | undefined {
  const later = told.sends.find((send) => send.time > time);
  if (later) return finding('stale', `time ${time} is before ${later.time} of an earlier send`, 'time');
  const same = told.sends.find((send) => send.time === time);
  const age = same ? Math.round(ms - same.ms) : 0;
  return age > SAME_SECOND_MS ? finding('stale', `time ${time} was sent ${age} ms ago already`, 'time') : undefined;
}

/** Fields that must not change from send to send. */
export function changedFaults(told: Told, fields: JsonObject, names: readonly string[]): Finding[] {
  return names
    .filter((name) => told.fields[name] !== fields[name])
    .map((name) =>
      finding('changed', `${name} was ${JSON.stringify(told.fields[name])}, is ${JSON.stringify(fields[name])}`, name),
    );
}

/** Keeps a send; what it returns settles it. */
export function keepSend(told: Told, time: string, at: number, ms: number): Send {
  const send: Send = { time, at, ms, answer: null, result: 'pending', endedMs: null, endedAt: null };
  told.sends.push(send);
  return send;
}
