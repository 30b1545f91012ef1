import type { StationClient } from '../../../shared/contract/index.ts';
import type { insideFilterOf } from './inside-filter.ts';

type InsideFilter = ReturnType<typeof insideFilterOf>;

/** So many are closed by one order. */
export const MOST_AT_ONCE = 1_000;
const PAGE_SIZE = 200;

/** Uids of the cars inside that match, the oldest in front: also of those that were never scrolled to. */
export async function oldest(client: StationClient, filter: InsideFilter, most: number): Promise<readonly string[]> {
  const uids = new Set<string>();
  for (let page = 1; uids.size < most; page += 1) {
    const { items } = await client.sessions.stale({ ...filter, page, pageSize: PAGE_SIZE });
    for (const { uid } of items) if (uids.size < most) uids.add(uid);
    if (items.length < PAGE_SIZE) break;
  }
  return [...uids];
}
