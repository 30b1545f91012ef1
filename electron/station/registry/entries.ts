import type { Actor } from '../../../shared/domain/events.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { spacesAfter } from '../lanes/decisions.ts';
import { newStay } from '../lanes/new-stay.ts';
import { isReadable } from '../lanes/rules.ts';
import type { LaneRuntime } from '../lanes/runtime.ts';
import type { Pricing } from '../payments/pricing.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Clock, Ids } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';

/** 补录: an entry that no camera saw, registered by a person. It opens nothing; the city is told like of any other entry. */
export function registerEntry(
  deps: {
    readonly store: Store;
    readonly clock: Clock;
    readonly ids: Ids;
    readonly lanes: LaneRuntime;
    readonly pricing: Pricing;
  },
  entry: {
    readonly plate: Plate;
    readonly vehicleClass: VehicleClass | undefined;
    readonly laneId: string;
    readonly enteredAt: EpochMs | undefined;
    readonly actor: Actor;
  },
): Stay {
  const { store, clock, ids, lanes, pricing } = deps;
  const lane = lanes.lane(entry.laneId);
  const now = clock.now();
  const enteredAt = entry.enteredAt ?? now;
  if (lane.direction !== 'in') throw new ConflictError('not-an-entrance', '补录入场必须选择入口车道');
  if (!isReadable(entry.plate)) throw new ConflictError('plate-empty', '车牌不能为空');
  if (enteredAt > now) throw new ConflictError('in-the-future', '入场时间不能晚于当前时间');
  const laneRef = { id: lane.id, name: lane.name, number: lane.number };
  return store.write((tx) => {
    if (tx.stays.inside(entry.plate.text)) throw new ConflictError('already-inside', '该车牌已有在场记录');
    const stay = newStay({
      uid: lanes.newUid(lane, enteredAt),
      plate: entry.plate,
      vehicleClass: entry.vehicleClass ?? pricing.vehicleClassOf(entry.plate),
      parkingType: 'temporary',
      entryLane: laneRef,
      enteredAt,
      entryRecordId: ids.next('pass'),
    });
    tx.record({
      kind: 'vehicle-entered',
      key: stay.uid,
      laneId: lane.id,
      passageId: null,
      actor: entry.actor,
      body: { stay, lane: laneRef, booth: lane.booth ?? null, spaces: spacesAfter(lanes.spaces(), 1), how: 'by-hand' },
    });
    return stay;
  });
}
