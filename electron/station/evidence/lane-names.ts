import { z } from 'zod';
import { laneRefSchema } from '../../../shared/domain/stay.ts';
import { bodyOf, type StoredRow } from '../journal/rows.ts';

const withLane = z.looseObject({ lane: laneRefSchema });

/** What the lanes were called when something happened there, as the rows themselves say. */
export function laneNamesThen(rows: readonly StoredRow[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const row of rows) {
    const parsed = withLane.safeParse(bodyOf(row));
    if (parsed.success) names.set(parsed.data.lane.id, parsed.data.lane.name);
  }
  return names;
}
