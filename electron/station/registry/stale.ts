import type { Actor } from '../../../shared/domain/events.ts';
import type { Area, Site, Spaces } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { StandsAt } from '../lanes/standing.ts';
import { sleep } from '../runtime/clock.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Clock } from '../runtime/ports.ts';
import type { Store, Tx } from '../store/store.ts';
import { by } from './common.ts';
import { voidOpenBill } from './open-bill.ts';
import { settleCorrections } from './spaces.ts';

export interface StayWorkDeps {
  readonly site: Site;
  readonly store: Store;
  readonly clock: Clock;
  readonly areas: readonly Area[];
  readonly spaces: () => Spaces;
  /** Name of the lane at which a stay stands right now. */
  readonly laneOf: (uid: string) => string | null;
}

export interface CloseStaysDeps extends StayWorkDeps {
  readonly standsAt: (stay: Stay) => StandsAt | null;
}

/** Which stays to close: named, or all that came in before so many days; absent, the days of the rules. */
export type WhichStays = { readonly uids: readonly string[] } | { readonly olderThanDays?: number | undefined };

export interface ClosedStays {
  readonly closed: number;
  /** Stays that were left as they are, and why. */
  readonly skipped: readonly { readonly uid: string; readonly reason: string; readonly message: string }[];
}

/** Stays closed in one transaction: a few milliseconds, so that a car at a lane does not wait. */
const SLICE = 20;

/**
 * 清理滞留车: closes stays whose car is gone, each with the reason, as abnormal; nothing is deleted and nothing is billed. A car that
 * stands or queues at a lane, or may be the unmatched one there, and one whose bill is being paid, is passed over and named.
 */
export async function closeStays(
  deps: CloseStaysDeps,
  which: WhichStays,
  reason: string,
  actor: Actor,
): Promise<ClosedStays> {
  const skipped: ClosedStays['skipped'][number][] = [];
  let closed = 0;
  for (const uids of slices(candidates(deps, which), SLICE)) {
    deps.store.write((tx) => {
      const gone: Stay[] = [];
      for (const uid of uids) {
        try {
          gone.push(close(deps, tx, uid, reason, actor));
        } catch (error) {
          if (!(error instanceof ConflictError)) throw error;
          skipped.push({ uid, reason: error.reason, message: error.message });
        }
      }
      closed += gone.length;
      settleCorrections(
        tx,
        deps.areas,
        gone.map((stay) => stay.areaId),
        actor,
      );
    });
    await sleep(deps.clock, 0);
  }
  return { closed, skipped };
}

function candidates({ store, clock, site }: StayWorkDeps, which: WhichStays): readonly string[] {
  if ('uids' in which) return [...new Set(which.uids)];
  const days = which.olderThanDays ?? site.rules.staleDays;
  return store.read.stays.insideBefore(clock.now() - days * 86_400_000, MOST).map((stay) => stay.uid);
}

/** More than this at once is a mistake in the number of days; who means it asks again. */
const MOST = 10_000;

const STANDS: Readonly<Record<StandsAt['how'], (lane: string) => string>> = {
  served: (lane) => `该车正在${lane}，请在车道上处理`,
  queues: (lane) => `该车正在${lane}排队，请在车道上处理`,
  perhaps: (lane) => `${lane}的车还没有核对出是哪一辆，可能就是它；请先在车道上处理`,
};

function close({ standsAt, spaces }: CloseStaysDeps, tx: Tx, uid: string, reason: string, actor: Actor): Stay {
  const stay = tx.stays.get(uid);
  if (stay?.status !== 'inside') throw new ConflictError('not-inside', '没有这条在场记录');
  const at = standsAt(stay);
  if (at) throw new ConflictError('at-the-lane', STANDS[at.how](at.lane));
  voidOpenBill(tx, stay, reason, actor);
  const before = spaces();
  const onOpen = stay.terms.quotaId === null ? 1 : 0;
  const inside = Math.max(0, before.inside - 1);
  tx.record({
    kind: 'stay-closed',
    ...by(actor, uid),
    body: {
      stay: { ...stay, status: 'abnormal' },
      reason,
      spaces: { ...before, inside, free: Math.min(before.open, before.free + onOpen) },
    },
  });
  return stay;
}

function* slices<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}
