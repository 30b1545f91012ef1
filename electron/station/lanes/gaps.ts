import { STATION } from '../../../shared/domain/events.ts';
import type { Gap } from '../../../shared/domain/money-flow.ts';
import type { Lane, LaneDirection } from '../../../shared/domain/site.ts';
import type { Clock, Ids } from '../runtime/ports.ts';
import type { Store, Tx } from '../store/store.ts';

/** Times in which a lane's camera was blind. What a person opened by hand meanwhile may have let anybody out. */

interface Deps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
}

export function cameraAway({ store, clock, ids }: Deps, lane: Lane, direction: LaneDirection): void {
  if (store.read.gaps.open(lane.id, 'camera-down')) return;
  const gap: Gap = {
    id: ids.next('gap'),
    kind: 'camera-down',
    laneId: lane.id,
    direction,
    from: clock.now(),
    to: null,
    openings: 0,
  };
  store.write((tx) => changed(tx, gap));
}

export function cameraBack({ store, clock }: Deps, lane: Lane): void {
  const gap = store.read.gaps.open(lane.id, 'camera-down');
  if (gap) store.write((tx) => changed(tx, { ...gap, to: Math.max(gap.from, clock.now()) }));
}

/** The arm was opened by hand for a car that nobody read. */
export function openedUnseen(tx: Tx, lane: Lane): void {
  const gap = tx.gaps.open(lane.id, 'camera-down');
  if (gap) changed(tx, { ...gap, openings: gap.openings + 1 });
}

function changed(tx: Tx, gap: Gap): void {
  tx.record({ kind: 'gap-changed', key: null, laneId: gap.laneId, passageId: null, actor: STATION, body: { gap } });
}
