import type { Database } from 'better-sqlite3';
import { likePart } from '../document-store.ts';
import type { OutboxCriteria } from './requests.ts';

export type Values = Readonly<Record<string, string | number | null>>;

/** What a search for messages narrows by, as SQL over `outbox`. `uids`: of the stays whose plate fits. */
export function outboxConditions(filter: OutboxCriteria, uids: readonly string[] | undefined) {
  const where = ['1 = 1'];
  if (filter.platform !== undefined) where.push('platform = @platform');
  // Written out, not bound: an index of one state serves only where the planner can see which state is meant.
  if (filter.state !== undefined) where.push(`state = ${filter.state}`);
  if (filter.kind !== undefined) where.push('kind = @kind');
  if (filter.message !== undefined) where.push('message = @message');
  if (filter.key !== undefined) where.push('key = @key');
  if (filter.error !== undefined) where.push("last_error LIKE @error ESCAPE '\\'");
  if (filter.from !== undefined) where.push('created_at_ms >= @from');
  if (filter.to !== undefined) where.push('created_at_ms < @to');
  if (filter.endedFrom !== undefined) where.push('state IN (1, 3, 4) AND done_at_ms >= @endedFrom');
  if (filter.upToId !== undefined) where.push('id <= @upToId');
  if (uids) where.push('key IN (SELECT value FROM json_each(@uids))');
  const values: Values = {
    platform: filter.platform ?? null,
    kind: filter.kind ?? null,
    message: filter.message ?? null,
    key: filter.key ?? null,
    error: filter.error === undefined ? null : likePart(filter.error),
    from: filter.from ?? null,
    to: filter.to ?? null,
    endedFrom: filter.endedFrom ?? null,
    upToId: filter.upToId ?? null,
    uids: JSON.stringify(uids ?? []),
  };
  return { condition: where.join(' AND '), values };
}

/** Ids between which all messages of the period lie. They grow with time but for what was made good later. */
export function outboxBounds(db: Database, filter: OutboxCriteria, highest: number) {
  const { from, to, endedFrom, platform } = filter;
  if (endedFrom !== undefined && platform !== undefined && filter.state === 1) {
    const done = db
      .prepare<[string, number], { lowest: number | null; highest: number | null }>(
        `SELECT min(id) AS lowest, max(id) AS highest FROM outbox INDEXED BY outbox_done
          WHERE state = 1 AND platform = ? AND done_at_ms >= ?`,
      )
      .get(platform, endedFrom);
    return { lowest: done?.lowest ?? 1, highest: done?.highest ?? 0 };
  }
  if (from === undefined && to === undefined) return { lowest: 1, highest };
  const range = db
    .prepare<[number, number], { lowest: number | null; highest: number | null }>(
      `SELECT min(id) AS lowest, max(id) AS highest FROM outbox INDEXED BY outbox_by_time
        WHERE created_at_ms >= ? AND created_at_ms < ?`,
    )
    .get(from ?? 0, to ?? Number.MAX_SAFE_INTEGER);
  return { lowest: range?.lowest ?? 1, highest: range?.highest ?? 0 };
}
