import type { Actor } from '../../../shared/domain/events.ts';
import { sleep } from '../runtime/clock.ts';
import type { Clock } from '../runtime/ports.ts';
import type { Reader } from '../store/reader/reader.ts';
import type { OutboxCriteria } from '../store/reader/requests.ts';
import type { Store } from '../store/store.ts';
import type { OutboxHub } from './hub.ts';
import { statusOf } from './states.ts';

/** Messages of one transaction: few enough that a car at a lane does not notice. */
const AT_ONCE = 25;
/** Of one call; whoever has more asks again. */
const MOST = 2_000;

export interface BulkDeps {
  readonly store: Store;
  readonly reader: Pick<Reader, 'outboxIds'>;
  readonly clock: Clock;
  readonly hub: Pick<OutboxHub, 'retryAll' | 'discardAll'>;
}

/** What to do with every message that matches; `reason` for those that are given up. */
export type BulkAct = { readonly action: 'retry' } | { readonly action: 'discard'; readonly reason: string };

/**
 * Retries or discards what matches, the oldest first, a few at a time with the lanes in between. Each message has its own line in
 * the journal, and the whole has one with what was asked for.
 *
 * @returns how many, and how many that match are left
 */
export async function handleMatching(
  deps: BulkDeps,
  criteria: OutboxCriteria & { readonly state: 0 | 2 },
  act: BulkAct,
  actor: Actor,
  signal?: AbortSignal,
): Promise<{ readonly done: number; readonly left: number }> {
  const { store, hub, clock } = deps;
  const { ids, total } = await deps.reader.outboxIds(criteria, MOST, signal);
  let done = 0;
  for (let from = 0; from < ids.length && !signal?.aborted; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    done += act.action === 'retry' ? hub.retryAll(some, actor) : hub.discardAll(some, act.reason, actor);
    await sleep(clock, 0);
  }
  if (done > 0)
    store.write((tx) =>
      tx.record({
        kind: 'messages-handled',
        key: null,
        laneId: null,
        passageId: null,
        actor,
        body: {
          action: act.action,
          filter: filterWords(criteria),
          count: done,
          reason: act.action === 'discard' ? act.reason : '',
        },
      }),
    );
  return { done, left: Math.max(0, total - ids.length) };
}

/** The filter as it stands in the journal. */
function filterWords({ state, ...rest }: OutboxCriteria & { readonly state: 0 | 2 }): Record<string, string> {
  const words: Record<string, string> = { status: statusOf(state) };
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) words[name] = String(value);
  return words;
}
