import type { Actor } from '../../../shared/domain/events.ts';
import type { Area, Site, Spaces } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { StandsAt } from '../lanes/standing.ts';
import { openCase } from '../payments/cases.ts';
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
  /** What a car inside owes now. */
  readonly dueFen: (stay: Stay) => number;
}

/** Which stays to close: named, or all that came in before so many days; absent, the days of the rules. */
export type WhichStays = { readonly uids: readonly string[] } | { readonly olderThanDays?: number | undefined };

export interface ClosedStays {
  readonly closed: number;
  /** Stays that were left as they are, and why. */
  readonly skipped: readonly { readonly uid: string; readonly reason: string; readonly message: string }[];
}

interface YoungStay {
  readonly stay: Stay;
  readonly dueFen: number;
}

/** Stays closed in one transaction: a few milliseconds, so that a car at a lane does not wait. */
const SLICE = 20;
const DAY_MS = 86_400_000;
/** So many are told by name before they are closed. */
const NAMED = 20;

/**
 * 清理滞留车: closes stays whose car is gone, each with the reason, as abnormal; nothing is deleted and nothing is billed. A car that
 * stands or queues at a lane, or may be the unmatched one there, and one whose bill is being paid, is passed over and named. One that
 * is not stale yet is closed all the same, and is a case with the fee that is given up.
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
  return store.read.stays.insideBefore(clock.now() - days * DAY_MS, MOST).map((stay) => stay.uid);
}

/** More than this at once is a mistake in the number of days; who means it asks again. */
const MOST = 10_000;

const STANDS: Readonly<Record<StandsAt['how'], (lane: string) => string>> = {
  served: (lane) => `该车正在${lane}，请在车道上处理`,
  queues: (lane) => `该车正在${lane}排队，请在车道上处理`,
  perhaps: (lane) => `${lane}的车还没有核对出是哪一辆，可能就是它；请先在车道上处理`,
};

function close(deps: CloseStaysDeps, tx: Tx, uid: string, reason: string, actor: Actor): Stay {
  const { standsAt, spaces } = deps;
  const stay = tx.stays.get(uid);
  if (stay?.status !== 'inside') throw new ConflictError('not-inside', '没有这条在场记录');
  const at = standsAt(stay);
  if (at) throw new ConflictError('at-the-lane', STANDS[at.how](at.lane));
  const givenUpFen = isYoung(deps, stay) ? deps.dueFen(stay) : null;
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
  if (givenUpFen !== null) earlyCase(deps, tx, stay, givenUpFen, reason, actor);
  return stay;
}

const isYoung = ({ clock, site }: StayWorkDeps, { enteredAt }: Stay): boolean =>
  enteredAt > clock.now() - site.rules.staleDays * DAY_MS;

function earlyCase(deps: StayWorkDeps, tx: Tx, stay: Stay, amountFen: number, reason: string, actor: Actor): void {
  const { clock, site } = deps;
  const now = clock.now();
  const hours = Math.floor((now - stay.enteredAt) / 3_600_000);
  const age = hours < 1 ? '不到 1 小时' : hours < 48 ? `${hours} 小时` : `${Math.floor(hours / 24)} 天`;
  const detail = `停放${age}即按滞留车清理（时限 ${site.rules.staleDays} 天）：${reason}`;
  openCase(
    tx,
    {
      ...{ kind: 'closed-early', uid: stay.uid, laneId: null, passageId: null, plate: stay.plate.text, amountFen },
      detail,
      subject: stay.uid,
    },
    actor,
    { now, id: '' },
  );
}

/** The cars of an order to close that are not stale yet, and what would be given up with them. */
export async function youngOnes(
  deps: StayWorkDeps & Pick<CloseStaysDeps, 'dueFen'>,
  which: WhichStays,
): Promise<{ readonly young: number; readonly dueFen: number; readonly first: readonly YoungStay[] }> {
  const first: YoungStay[] = [];
  let young = 0;
  let dueFen = 0;
  for (const uids of slices(candidates(deps, which), SLICE)) {
    for (const uid of uids) {
      const stay = deps.store.read.stays.get(uid);
      if (stay?.status !== 'inside' || !isYoung(deps, stay)) continue;
      const due = deps.dueFen(stay);
      young += 1;
      dueFen += due;
      if (first.length < NAMED) first.push({ stay, dueFen: due });
    }
    await sleep(deps.clock, 0);
  }
  return { young, dueFen, first };
}

function* slices<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}
