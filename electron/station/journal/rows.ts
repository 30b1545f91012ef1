import { z } from 'zod';
import { type EventKind, eventBodies, type JournalEvent } from '../../../shared/domain/events.ts';
import type { ChainedRow } from './chain.ts';

/** A row of the journal exactly as it lies in the table. */
export type StoredRow = ChainedRow & { readonly hash: string };

const actorKindSchema = z.enum(['user', 'platform', 'station']);

export const isKnownKind = (kind: string): kind is EventKind => Object.hasOwn(eventBodies, kind);

export type RowReading =
  | { readonly event: JournalEvent }
  | { readonly fault: 'unknown-kind' | 'unreadable-row'; readonly detail: string };

/** Reads a row by the schema of its kind. An auditor must go on where the station would stop, so a fault is an answer. */
export function readRow(row: StoredRow): RowReading {
  if (!isKnownKind(row.kind)) return { fault: 'unknown-kind', detail: row.kind };
  const actorKind = actorKindSchema.safeParse(row.actor_kind);
  if (!actorKind.success) return { fault: 'unreadable-row', detail: `actor_kind ${row.actor_kind}` };
  const parsed = eventBodies[row.kind].safeParse(bodyOf(row));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { fault: 'unreadable-row', detail: issue ? `${issue.path.join('.') || 'body'}: ${issue.message}` : 'body' };
  }
  const event = {
    kind: row.kind,
    key: row.key,
    laneId: row.lane_id,
    passageId: row.passage_id,
    actor: { kind: actorKind.data, name: row.actor_name },
    body: parsed.data,
    seq: row.seq,
    at: row.at_ms,
    hash: row.hash,
  };
  // The body was parsed by the schema that belongs to `kind`; the compiler cannot follow that pairing through the map.
  return { event: event as JournalEvent };
}

/** The body as JSON, whatever its kind; `undefined` when it is none. */
export function bodyOf(row: StoredRow): unknown {
  try {
    return JSON.parse(row.body);
  } catch {
    return undefined;
  }
}
