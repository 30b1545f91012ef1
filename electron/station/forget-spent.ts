import { STATION } from '../../shared/domain/events.ts';
import type { Agreement } from '../../shared/domain/registry.ts';
import { isUnderWay } from './payments/settlement.ts';
import { every, inSlices } from './runtime/clock.ts';
import { errorText } from './runtime/errors.ts';
import type { Cancel, Clock, Log } from './runtime/ports.ts';
import type { MemoryPosition } from './store/key-value-stores.ts';
import type { Store, Tx } from './store/store.ts';

const EVERY_MS = 6 * 3_600_000;
/** After the start, and not together with the outbox's turns. */
const FIRST_MS = 20 * 60_000;
const DAY_MS = 24 * 3_600_000;
/** An exit may be taken back, and the car is charged again on what was agreed. */
const ENDED_MS = DAY_MS;
/** What nobody settled by then is pursued without it. */
const LONGEST_MS = 90 * DAY_MS;
/** No broker keeps a notice for so long: an older one than it remembers cannot come any more. A mark may say by itself until when. */
const MARKS_MS = 90 * DAY_MS;
/** Rows of one transaction: a car that comes meanwhile waits for one. */
const AT_ONCE = 50;

/**
 * What platforms tell of a single stay, and marks of what they told, would otherwise grow with every visit: a regular's exit would read
 * years of agreements. They go when nothing can ask for them any more, a little at a time; the journal keeps what they said.
 */
export function forgetSpent(deps: { readonly store: Store; readonly clock: Clock; readonly log: Log }): Cancel {
  const { store, clock, log } = deps;
  const stop = new AbortController();
  const run = async (): Promise<void> => {
    const agreements = (from: string) => store.write((tx) => forgetAgreements(tx, from, clock.now()));
    const marks = (from: MemoryPosition) => {
      const now = clock.now();
      return store.write((tx) => tx.memory.forget({ now, before: now - MARKS_MS }, from, AT_ONCE));
    };
    await inSlices(clock, '', agreements, stop.signal);
    await inSlices(clock, { platform: '', key: '' }, marks, stop.signal);
  };
  const cancel = every(
    clock,
    EVERY_MS,
    run,
    (error) => {
      if (!stop.signal.aborted) log.warn('what is spent could not be removed', { error: errorText(error) });
    },
    FIRST_MS,
  );
  return () => {
    cancel();
    stop.abort(new Error('the station is stopping'));
  };
}

/** @returns where to go on; `undefined` at the end */
function forgetAgreements(tx: Tx, after: string, now: number): string | undefined {
  const agreements = tx.agreements.after(after, AT_ONCE);
  for (const agreement of agreements)
    if (isSpent(tx, agreement, now))
      tx.record({
        ...{ kind: 'agreement-changed', key: agreement.uid, laneId: null, passageId: null, actor: STATION },
        body: { change: 'removed', agreement },
      });
  return agreements.length < AT_ONCE ? undefined : agreements.at(-1)?.id;
}

function isSpent(tx: Tx, { uid, updatedAt }: Agreement, now: number): boolean {
  if (uid === null) return false;
  const stay = tx.stays.get(uid);
  if (stay?.status === 'inside') return false;
  const quietFor = now - Math.max(updatedAt, stay?.exitedAt ?? 0);
  if (quietFor >= LONGEST_MS) return true;
  const open =
    tx.bills.open(uid) !== undefined ||
    tx.debts.ofStay(uid).some(({ state }) => state === 'open') ||
    tx.attempts.ofStay(uid).some(isUnderWay);
  return quietFor >= ENDED_MS && !open;
}
