import type { MessageStatus } from '../../../shared/contract/outbox.ts';
import type { Actor, EventDraft } from '../../../shared/domain/events.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { OutboxRow, OutboxState } from '../store/outbox-store.ts';

export const STATES = { waiting: 0, delivered: 1, refused: 2, discarded: 3 } as const satisfies Record<
  MessageStatus,
  OutboxState
>;

/** The word for a stored state, and back. */
export const statusOf = (state: OutboxState): MessageStatus =>
  (['waiting', 'delivered', 'refused', 'discarded'] as const)[state];
export const stateOf = (status: MessageStatus): OutboxState => STATES[status];

/** A person can still do something about it. */
export const isOpen = (row: OutboxRow): boolean => row.state === STATES.waiting || row.state === STATES.refused;

export function demandOpen(row: OutboxRow): void {
  if (!isOpen(row)) throw new ConflictError('already-done', '该消息已送达或已放弃');
}

/** What a person did to a message, for the journal. */
export function about(row: OutboxRow, actor: Actor, discardedFor: string | null): EventDraft {
  const base = { key: row.key, laneId: null, passageId: null, actor };
  const message = { platform: row.platform, outboxId: row.id, message: row.message };
  return discardedFor === null
    ? { ...base, kind: 'message-retried', body: message }
    : { ...base, kind: 'message-discarded', body: { ...message, reason: discardedFor } };
}
