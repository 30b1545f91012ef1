import { doubt, type Finding, finding } from './finding.ts';
import type { Fields } from './message.ts';
import type { Told } from './sends.ts';
import type { State } from './state.ts';
import { instantOf, packedInstant } from './wire-time.ts';

/** Clocks are in step, but not to the second. */
const SKEW_MS = 60_000;

/** Something that is told before it happened. */
export function futureFault(name: string, fields: Fields, now: number): Finding | undefined {
  const text = fields[name];
  return text !== undefined && instantOf(text) > now + SKEW_MS
    ? finding('time', `${name} is in the future`, name)
    : undefined;
}

export function backwardFault({ entryTime, exitTime }: Fields): Finding | undefined {
  return entryTime !== undefined && exitTime !== undefined && instantOf(exitTime) < instantOf(entryTime)
    ? finding('time', 'exitTime is before entryTime', 'exitTime')
    : undefined;
}

const SAME: readonly string[] = ['plateNumber', 'plateColor', 'berthCode', 'carType', 'entryTime'];

/** An exit tells of the car that came in; what changed meanwhile is told by a correction. */
export function agreesFaults(fields: Fields, known: Fields): Finding[] {
  return SAME.filter((name) => known[name] !== undefined && fields[name] !== known[name]).map((name) =>
    doubt('changed', `${name} was ${known[name]}, is ${fields[name]}`, name),
  );
}

/** createTime is when it was told: now, and never before an earlier one. */
export function createdFault(
  { createTime = '' }: Fields,
  now: number,
  { pace }: State,
  told: Told | undefined,
): Finding[] {
  const at = packedInstant(createTime);
  if (at === null) return [];
  const found: Finding[] = [];
  const skew = Math.round((at - now) / 1_000);
  if (pace.windowMs > 0 && Math.abs(at - now) > pace.windowMs)
    found.push(doubt('timestamp', `createTime is ${skew} s from now`, 'createTime'));
  const before = told?.sends.at(-1)?.fields['createTime'] ?? '';
  if (createTime < before) found.push(finding('stale', `createTime is before ${before}`, 'createTime'));
  return found;
}
