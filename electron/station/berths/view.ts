import type { BerthCar, BerthView } from '../../../shared/contract/berths.ts';
import type { Berth } from '../../../shared/domain/berth.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import type { Account } from '../payments/bills.ts';
import { sleep } from '../runtime/clock.ts';
import type { Clock } from '../runtime/ports.ts';
import type { Repositories } from '../store/repositories.ts';

const SLICE_MS = 5;

type Priced = Pick<Account, 'chargeFen' | 'dueFen'>;

/** Where the view of a berth is looked up. */
export interface BerthViewSources {
  readonly read: {
    readonly berthStates: Pick<Repositories['berthStates'], 'get'>;
    readonly stays: Pick<Repositories['stays'], 'get'>;
  };
  /** What a stay comes to by now; null: nobody prices it. */
  readonly lanes: { account(stay: Stay): Priced | null };
  readonly park: { watchOf(deviceId: string): { readonly state: 'online' | 'offline' | 'unknown' } | undefined };
}

/** A berth as people see it: what it is, what is known of it, and the car in it. */
export function berthView(berth: Berth, { read, lanes, park }: BerthViewSources): BerthView {
  const { occupied, since, source, uid } = read.berthStates.get(berth.id);
  const stay = uid === null ? undefined : read.stays.get(uid);
  return {
    ...berth,
    updatedAt: toRfc3339(berth.updatedAt),
    occupied,
    since: since === null ? null : toRfc3339(since),
    source,
    device: reachOf(berth, park),
    car: stay?.status === 'inside' ? carOf(stay, lanes.account(stay)) : null,
  };
}

/** Many of them. Each car is priced anew, and whoever comes to a lane meanwhile waits for a slice of that at most. */
export async function berthViews(
  berths: readonly Berth[],
  sources: BerthViewSources,
  clock: Clock,
): Promise<BerthView[]> {
  const rows: BerthView[] = [];
  let began = clock.monotonic();
  for (const berth of berths) {
    if (clock.monotonic() - began >= SLICE_MS) {
      await sleep(clock, 0);
      began = clock.monotonic();
    }
    rows.push(berthView(berth, sources));
  }
  return rows;
}

function carOf(stay: Stay, account: Priced | null): BerthCar {
  return {
    uid: stay.uid,
    plate: stay.plate.text,
    plateColor: stay.plate.color,
    vehicleClass: stay.vehicleClass,
    enteredAt: toRfc3339(stay.enteredAt),
    terms: stay.terms.kind,
    feeFen: account?.chargeFen ?? null,
    dueFen: account && Math.max(0, account.dueFen),
    paidFen: stay.paidFen,
  };
}

/** One device that can be reached is enough to hear of the berth. */
function reachOf({ sensor, camera }: Berth, park: BerthViewSources['park']): BerthView['device'] {
  const states = [sensor, camera].flatMap((id) => (id === null ? [] : [park.watchOf(id)?.state ?? 'unknown']));
  if (states.length === 0) return null;
  if (states.includes('online')) return 'online';
  return states.includes('offline') ? 'offline' : 'unknown';
}
