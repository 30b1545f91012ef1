import { createHash } from 'node:crypto';
import type { Actor } from '../../../shared/domain/events.ts';

/** The frame of an event that no lane and no passage belongs to; `tariffId`: the tariff that it tells of. */
export const by = (actor: Actor, tariffId?: string) =>
  ({ key: tariffId === undefined ? null : `tariff:${tariffId}`, laneId: null, passageId: null, actor }) as const;

/** A value with the keys of its objects in order: the same content is the same text, however it was written. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, ordered(inner)]),
  );
}

/** SHA-256 of a document's content, in hex. */
export const contentSha256 = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(ordered(value)))
    .digest('hex');
