import type { KerbsideRules } from '../../../shared/domain/passage-rules.ts';
import type { BerthReading, BerthTold } from '../devices/device.ts';
import { isReadable } from '../lanes/rules.ts';
import type { Observation } from './words.ts';

/** What a device pushes, as what it says of each berth. */

/** Several words about one berth in one push, in the order in which they came about. */
export function byCode(told: readonly BerthTold[]): ReadonlyMap<string, readonly BerthTold[]> {
  const words = new Map<string, BerthTold[]>();
  for (const each of told) words.set(each.code, [...(words.get(each.code) ?? []), each]);
  for (const each of words.values())
    each.sort((a, b) => (a.at ?? b.at ?? 0) - (b.at ?? a.at ?? 0) || (a.sequence ?? 0) - (b.sequence ?? 0));
  return words;
}

/** A moment to come, or one that nobody can check any more, is a clock that is wrong: then it counts from when it was heard. */
export function observationOf(
  { deviceId, source, receivedAt }: BerthReading,
  { at, occupied, sequence, plate }: BerthTold,
  { lateHours }: Pick<KerbsideRules, 'lateHours'>,
): Observation {
  const timed = at !== null && at <= receivedAt && at >= receivedAt - lateHours * 3_600_000;
  return {
    ...{ source, deviceId, occupied, timed, at: timed ? at : receivedAt },
    ...{ heardAt: receivedAt, sequence },
    ...{ plate: plate && isReadable(plate) ? plate : null, vehicleClass: null },
  };
}
