import type { Why } from '../../../shared/contract/outbox.ts';
import { type EpochMs, toRfc3339 } from '../../../shared/domain/time.ts';
import type { OutboxRow, OutboxStore } from '../store/outbox-store.ts';
import type { Dispatcher } from './dispatcher.ts';
import { STATES, statusOf } from './states.ts';

/**
 * Why a message has not left, from the state that the sender itself decides by. The nearest cause that a person could do something
 * about comes first: a stay that waits for its entry is told so, unless the whole line is down.
 */
export function whyWaiting(
  row: OutboxRow,
  sender: Dispatcher | undefined,
  outbox: Pick<OutboxStore, 'blockedBy' | 'recordsWaiting'>,
  now: EpochMs,
): Why | null {
  if (row.state === STATES.refused) return { code: 'refused', said: row.last_error ?? '' };
  if (row.state === STATES['given-up']) return { code: 'given-up', said: row.last_error ?? '' };
  if (row.state !== STATES.waiting) return null;
  if (!sender) return { code: 'platform-off' };
  const look = sender.look(row.id);
  if (look.sending) return { code: 'sending', since: toRfc3339(look.since ?? now) };
  const blocker = row.key === null ? undefined : outbox.blockedBy(row.id);
  const down = sender.link.state === 'offline';
  if (blocker && (blocker.state === STATES.refused || !down))
    return {
      code: 'behind',
      id: blocker.id,
      message: blocker.message,
      status: statusOf(blocker.state),
      said: blocker.last_error ?? '',
    };
  if (down) {
    const { downSince, detail } = sender.link;
    return {
      code: 'link-down',
      since: downSince === null ? null : toRfc3339(downSince),
      said: detail,
      next: toRfc3339(now + sender.link.wait()),
    };
  }
  if (look.pauseMs !== null && look.pauseMs > 0)
    return { code: 'pause', until: toRfc3339(now + look.pauseMs), said: row.last_error ?? '' };
  const isLast = row.kind === 'photo' || row.kind === 'bulk';
  const records = isLast ? outbox.recordsWaiting(row.platform) : 0;
  if (records > 0) return { code: row.kind === 'photo' ? 'photos-last' : 'bulk-last', records };
  if (look.underWay >= look.most) return { code: 'busy', most: look.most };
  return { code: 'next' };
}
