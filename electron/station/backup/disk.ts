import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Alarms } from '../runtime/alarms.ts';
import { every } from '../runtime/clock.ts';
import type { Cancel, Clock } from '../runtime/ports.ts';

const LOOK_MS = 5 * 60_000;
const FIRST_MS = 10_000;
const MB = 1024 * 1024;

/** Free bytes where a path lies or would lie; null where nobody can tell. */
export async function freeBytes(path: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    const up = dirname(path);
    return up === path ? null : freeBytes(up);
  }
}

/** A full disk stops the cars: it is said long before. */
export function watchDisks(deps: {
  readonly clock: Clock;
  readonly alarms: Alarms;
  /** What is watched, by the name in the alarm. */
  readonly places: () => readonly { readonly subject: string; readonly name: string; readonly path: string }[];
  readonly warnBelowMb: () => number;
}): Cancel {
  const { clock, alarms, places, warnBelowMb } = deps;
  const look = async (): Promise<void> => {
    const limit = warnBelowMb();
    for (const { subject, name, path } of places()) {
      const free = await freeBytes(path);
      if (free === null || free >= limit * MB) {
        alarms.clear('disk-low', subject);
        continue;
      }
      alarms.raise({
        code: 'disk-low',
        subject,
        detail: `${name}所在磁盘只剩 ${Math.floor(free / MB)} MB`,
        figures: { freeMb: Math.floor(free / MB) },
        severity: free < (limit * MB) / 4 ? 'alarm' : 'warning',
      });
    }
  };
  return every(clock, LOOK_MS, look, () => undefined, FIRST_MS);
}
