import type { Platform } from '../platforms/platform.ts';
import { every, inSlices } from '../runtime/clock.ts';
import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';
import { type AgedRow, SETTLED } from '../store/outbox-age-store.ts';
import type { OutboxState } from '../store/outbox-store.ts';
import type { Store, Tx } from '../store/store.ts';

const EVERY_MS = 6 * 3_600_000;
/** After the start, and not together with the attempts' turn. */
const FIRST_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;
const KEPT_DAYS = 90;
/** Rows of one transaction: a car that comes meanwhile waits for one. */
const AT_ONCE = 100;
/** Events read and projected in one transaction: they cost more than rows. */
const EVENTS_AT_ONCE = 25;

/**
 * Messages that arrived long ago leave the disk, a little at a time, and so do those that were left for the platform to fetch. A message
 * goes only when everything that its event made came to such an end, and in the same transaction a receipt says so
 * (`store/outbox-receipt-store.ts`): a later comparison finds it delivered, and a back-fill does not make it again. An event with a
 * message that waits, was refused, was discarded or is missing keeps all of its rows, for a person may still have to look at them. The
 * journal itself is never touched.
 */
export function ageMessages(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly platforms: readonly Platform[];
}): Cancel {
  const { store, clock, log } = deps;
  const stop = new AbortController();
  const age = async (platform: Platform): Promise<void> => {
    const before = clock.now() - (platform.retry.keepDays ?? KEPT_DAYS) * DAY_MS;
    let removed = 0;
    for (const state of SETTLED) {
      const slice = (from: Position): Position | undefined => {
        const step = store.write((tx) => ageSome(tx, platform, state, before, from));
        removed += step.removed;
        return step.next;
      };
      await inSlices(clock, { id: 0, done_at_ms: 0 }, slice, stop.signal);
    }
    if (removed > 0) log.info('old messages were removed', { platform: platform.id, removed });
  };
  const cancel = every(
    clock,
    EVERY_MS,
    async () => {
      for (const platform of deps.platforms) await age(platform);
    },
    (error) => {
      if (!stop.signal.aborted) log.warn('old messages could not be removed', { error: errorText(error) });
    },
    FIRST_MS,
  );
  return () => {
    cancel();
    stop.abort(new Error('the station is stopping'));
  };
}

type Position = Pick<AgedRow, 'id' | 'done_at_ms'>;

/** One transaction's worth. `next`: where to go on; `undefined` when nothing old is left behind it. */
function ageSome(
  tx: Tx,
  platform: Platform,
  state: (typeof SETTLED)[number],
  before: number,
  after: Position,
): { readonly removed: number; readonly next: Position | undefined } {
  const rows = tx.outboxAge.settled(platform.id, state, before, after, AT_ONCE);
  let removed = 0;
  let examined = 0;
  for (const [index, row] of rows.entries()) {
    if (examined >= EVENTS_AT_ONCE) return { removed, next: rows[index - 1] ?? after };
    // An answer has no event: nobody would ever make it again.
    if (row.kind !== 'answer' && !tx.outboxReceipts.covers(platform.id, row.journal_seq))
      examined += certify(tx, platform, row.journal_seq);
    if (row.kind !== 'answer' && !tx.outboxReceipts.covers(platform.id, row.journal_seq)) continue;
    if (tx.outboxAge.remove(row.id)) removed += 1;
  }
  return { removed, next: rows.length < AT_ONCE ? undefined : rows.at(-1) };
}

/**
 * Writes receipts for an event and for those between it and the last one that has one, which mostly made no message at all: only so do
 * the stretches grow together. @returns how many events were looked at.
 */
function certify(tx: Tx, platform: Platform, seq: number): number {
  const first = Math.max(tx.outboxReceipts.lastUpTo(platform.id, seq) + 1, seq - EVENTS_AT_ONCE + 1);
  let from: number | undefined;
  let to = first - 1;
  const close = (): void => {
    if (from !== undefined) tx.outboxReceipts.add(platform.id, { from, to });
    from = undefined;
  };
  for (let at = first; at <= seq; at += 1) {
    if (isSettled(tx, platform, at)) {
      from ??= at;
      to = at;
    } else close();
  }
  close();
  return seq - first + 1;
}

/** Projection is pure, so it tells even now what the event made then. One that cannot be read any more proves nothing. */
function isSettled(tx: Tx, platform: Platform, seq: number): boolean {
  const settled = new Set<OutboxState | undefined>(SETTLED);
  try {
    const [event] = tx.journal.after(seq - 1, 1);
    return (
      event?.seq === seq &&
      platform.project(event).every(({ id }) => settled.has(tx.outboxAge.stateOf(platform.id, id)))
    );
  } catch {
    return false;
  }
}
