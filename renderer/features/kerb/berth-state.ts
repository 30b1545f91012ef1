import type { BerthView } from '../../../shared/contract/berths.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';

/** stray: a car is there and no stay of it: it has only just come, or its stay was ended by hand. */
export type BerthKind = 'free' | 'taken' | 'stray' | 'unknown' | 'out';

/** Why a person is needed, the most pressing first. */
export type Need = 'plate' | 'overdue' | 'stray' | 'long' | 'offline';

/** From here on somebody looks whether the car is still there, or was abandoned. */
export const LONG_HOURS = 24;
/** A car that came is a stay within half a minute or so; later than that something is wrong. */
const STRAY_MS = 120_000;
const HOUR_MS = 3_600_000;

export function kindOf({ inUse, occupied, car }: BerthView): BerthKind {
  if (!inUse) return 'out';
  if (car !== null) return 'taken';
  return occupied === null ? 'unknown' : occupied ? 'stray' : 'free';
}

/** What a person is needed for at a berth; empty: nothing. */
export function needsOf(berth: BerthView, now: number): readonly Need[] {
  const { car, inUse, device, since } = berth;
  if (!inUse) return [];
  const needs: Need[] = [];
  if (car?.plate === '') needs.push('plate');
  if (car !== null && car.paidFen > 0 && (car.dueFen ?? 0) > 0) needs.push('overdue');
  if (kindOf(berth) === 'stray' && since !== null && now - fromRfc3339(since) > STRAY_MS) needs.push('stray');
  if (car !== null && now - fromRfc3339(car.enteredAt) >= LONG_HOURS * HOUR_MS) needs.push('long');
  if (device === 'offline') needs.push('offline');
  return needs;
}

/** How long the car has stood, in whole minutes; null: there is none. */
export function minutesStood({ car, occupied, since }: BerthView, now: number): number | null {
  const from = car?.enteredAt ?? (occupied === true ? since : null);
  return from === null ? null : Math.max(0, Math.floor((now - fromRfc3339(from)) / 60_000));
}

export interface Counts {
  readonly all: number;
  readonly free: number;
  readonly taken: number;
  readonly unknown: number;
  readonly out: number;
}

export function countsOf(berths: readonly BerthView[]): Counts {
  const counts = { all: berths.length, free: 0, taken: 0, unknown: 0, out: 0 };
  for (const berth of berths) {
    const kind = kindOf(berth);
    counts[kind === 'stray' ? 'taken' : kind] += 1;
  }
  return counts;
}

/** How many of the last characters tell the berths of this site apart: the rest is the same on all of them. */
export function tailLength(codes: readonly string[]): number {
  const [first = ''] = codes;
  let same = 0;
  while (same < first.length && codes.every((code) => code[same] === first[same])) same += 1;
  const longest = Math.max(0, ...codes.map((code) => code.length));
  return Math.min(6, Math.max(3, longest - same));
}
