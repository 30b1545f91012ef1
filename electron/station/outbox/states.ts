import type { MessageStatus } from '../../../shared/contract/outbox.ts';
import type { Actor, EventDraft } from '../../../shared/domain/events.ts';
import type { Delivery } from '../platforms/platform.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Failure, OutboxRow, OutboxState } from '../store/outbox-store.ts';

export const STATES = { waiting: 0, delivered: 1, refused: 2, discarded: 3, 'given-up': 4 } as const satisfies Record<
  MessageStatus,
  OutboxState
>;

/** The word for a stored state, and back. */
export const statusOf = (state: OutboxState): MessageStatus =>
  (['waiting', 'delivered', 'refused', 'discarded', 'given-up'] as const)[state];
export const stateOf = (status: MessageStatus): OutboxState => STATES[status];

/** How a try that was no delivery leaves its message. One pushed in vain may have arrived with any of its pushes. */
export function whatIsLeft(
  delivery: Exclude<Delivery, { readonly kind: 'delivered' }>,
): Pick<Failure, 'state' | 'maybeDelivered'> {
  switch (delivery.kind) {
    case 'retry':
      return { state: STATES.waiting, maybeDelivered: !delivery.answered };
    case 'refused':
      return { state: STATES.refused, maybeDelivered: false };
    case 'given-up':
      return { state: STATES['given-up'], maybeDelivered: true };
  }
}

/** It waits for its turn or for a person. */
export const isOpen = (row: OutboxRow): boolean => row.state === STATES.waiting || row.state === STATES.refused;

export function demandOpen(row: OutboxRow): void {
  if (!isOpen(row)) throw new ConflictError('already-done', '该消息已送达、已放弃或已停止推送');
}

/** May be sent once more: what was given up as well, though it never leaves by itself again. */
export const maySend = (row: OutboxRow): boolean => isOpen(row) || row.state === STATES['given-up'];

export function demandUnsent(row: OutboxRow): void {
  if (!maySend(row)) throw new ConflictError('already-done', '该消息已送达或已放弃');
}

/** What a person did to a message, for the journal. */
export function about(row: OutboxRow, actor: Actor, discardedFor: string | null): EventDraft {
  const base = { key: row.key, laneId: null, passageId: null, actor };
  const message = { platform: row.platform, outboxId: row.id, message: row.message };
  return discardedFor === null
    ? { ...base, kind: 'message-retried', body: message }
    : { ...base, kind: 'message-discarded', body: { ...message, reason: discardedFor } };
}
