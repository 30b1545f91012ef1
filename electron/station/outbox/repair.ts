import type { Actor } from '../../../shared/domain/events.ts';
import type { OutboxDraft, Platform } from '../platforms/platform.ts';
import { sleep } from '../runtime/clock.ts';
import type { Clock } from '../runtime/ports.ts';
import type { Difference, OutboxRun } from '../store/outbox-run-store.ts';
import type { OutboxRow } from '../store/outbox-store.ts';
import type { Store } from '../store/store.ts';
import type { OutboxHub } from './hub.ts';
import { STATES } from './states.ts';

const AT_ONCE = 25;
/** Differences looked at in one call; whoever has more asks again from `next`. */
const MOST = 2_000;

export interface RepairDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: Pick<OutboxHub, 'insertAll' | 'retryAll' | 'resend'>;
}

/** Rows by their numbers, or all of those that were found so, behind `after`; of events behind `sinceSeq` alone, where it is told. */
export type RepairWish =
  | { readonly numbers: readonly number[] }
  | {
      readonly found: readonly ('missing' | 'lost' | 'refused')[];
      readonly after: number;
      readonly sinceSeq?: number;
    };

export interface Repaired {
  readonly inserted: number;
  readonly retried: number;
  /** Where to go on; null when there is no more. */
  readonly next: number | null;
}

/**
 * Makes good what a comparison found: messages that are missing are made again from their events, those that were refused or that the
 * platform lost are sent once more. Each takes the place of its event among those of its stay. Whatever was mended meanwhile stays as it
 * is, so this may be repeated.
 */
export async function repair(
  deps: RepairDeps,
  platform: Platform,
  run: OutboxRun,
  wish: RepairWish,
  actor: Actor,
  signal?: AbortSignal,
): Promise<Repaired> {
  const { store, hub, clock } = deps;
  const { rows, next } = wanted(store, run, wish);
  let inserted = 0;
  let retried = 0;
  for (let from = 0; from < rows.length && !signal?.aborted; from += AT_ONCE) {
    const some = rows.slice(from, from + AT_ONCE);
    const rowsOf = (found: Difference['found']): OutboxRow[] =>
      some
        .filter((row) => row.found === found)
        .flatMap((row) => store.read.outbox.ofDraft(platform.id, row.draft_id) ?? []);
    const missing = some.filter(({ found }) => found === 'missing').flatMap((row) => again(store, platform, row));
    if (missing.length > 0) inserted += hub.insertAll(platform.id, missing);
    // Delivered long ago, lost over there, and aged out here.
    const aged = some
      .filter(({ found, draft_id }) => found === 'lost' && !store.read.outbox.ofDraft(platform.id, draft_id))
      .flatMap((row) => again(store, platform, row));
    if (aged.length > 0) inserted += hub.insertAll(platform.id, aged, true);
    const refused = rowsOf('refused').filter((row) => row.state === STATES.refused);
    if (refused.length > 0) retried += hub.retryAll(idsOf(refused), actor);
    // What was delivered after the comparison is there by now.
    const lost = rowsOf('lost').filter((row) => (row.done_at_ms ?? 0) < (run.endedAt ?? run.startedAt));
    if (lost.length > 0) retried += hub.resend(idsOf(lost), actor);
    await sleep(clock, 0);
  }
  if (inserted + retried > 0)
    store.write((tx) =>
      tx.record({
        kind: 'messages-repaired',
        key: null,
        laneId: null,
        passageId: null,
        actor,
        body: { runId: run.id, platform: platform.id, from: run.from, to: run.to, inserted, retried },
      }),
    );
  return { inserted, retried, next };
}

function wanted(
  store: Store,
  run: OutboxRun,
  wish: RepairWish,
): { readonly rows: Difference[]; readonly next: number | null } {
  const { outboxDifferences } = store.read;
  if ('numbers' in wish)
    return { rows: wish.numbers.flatMap((number) => outboxDifferences.get(run.id, number) ?? []), next: null };
  const page = outboxDifferences.after(run.id, wish.after, MOST);
  const found = new Set<string>(wish.found);
  const last = page.at(-1);
  const since = wish.sinceSeq ?? 0;
  return {
    rows: page.filter((row) => found.has(row.found) && (row.journal_seq ?? 0) > since),
    next: last && page.length === MOST ? last.number : null,
  };
}

const idsOf = (rows: readonly OutboxRow[]): number[] => rows.map(({ id }) => id);

/** The draft that an event gives, once more. */
function again(store: Store, platform: Platform, row: Difference) {
  if (row.journal_seq === null) return [];
  const [event] = store.read.journal.after(row.journal_seq - 1, 1);
  const draft: OutboxDraft | undefined = event && platform.project(event).find(({ id }) => id === row.draft_id);
  return event && draft ? [{ draft, event }] : [];
}
