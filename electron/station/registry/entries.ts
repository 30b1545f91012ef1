import type { Actor } from '../../../shared/domain/events.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { type EpochMs, shanghaiDateTime } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { newStay } from '../lanes/new-stay.ts';
import { isReadable } from '../lanes/rules.ts';
import type { LaneRuntime } from '../lanes/runtime.ts';
import { parkingTypeOf } from '../lanes/terms.ts';
import { openCase } from '../payments/cases.ts';
import type { Pricing } from '../payments/pricing.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Clock, Ids } from '../runtime/ports.ts';
import type { Store, Tx } from '../store/store.ts';
import { countVisit, type TermsDeps, termsOf } from './terms-of.ts';

export interface HandEntry {
  readonly plate: Plate;
  /** A car without a plate, by the id it scanned or was given; then `plate` is empty. */
  readonly identity?: string | undefined;
  readonly vehicleClass: VehicleClass | undefined;
  readonly laneId: string;
  readonly enteredAt: EpochMs | undefined;
  /** What proves the entry: a ticket, a witness, a picture of another camera. Without one a manager looks at it. */
  readonly proof?: string | undefined;
  readonly actor: Actor;
}

const NO_PLATE: Plate = { text: '', color: 'unknown', kind: 'none' };

/** 补录: an entry that no camera saw, registered by a person. It opens nothing; the city is told like of any other entry. */
export function registerEntry(
  deps: TermsDeps & {
    readonly store: Store;
    readonly clock: Clock;
    readonly ids: Ids;
    readonly lanes: Pick<LaneRuntime, 'lane' | 'newUid' | 'spaces'>;
    readonly pricing: Pick<Pricing, 'vehicleClassOf'>;
  },
  entry: HandEntry,
): Stay {
  const { store, clock, ids, lanes, pricing } = deps;
  const lane = lanes.lane(entry.laneId);
  const now = clock.now();
  const enteredAt = entry.enteredAt ?? now;
  const identity = entry.identity?.trim() ?? '';
  if (lane.direction === 'out') throw new ConflictError('not-an-entrance', '补录入场必须选择入口车道');
  if (!isReadable(entry.plate) && identity === '') throw new ConflictError('plate-empty', '车牌不能为空');
  if (isReadable(entry.plate) && identity !== '')
    throw new ConflictError('plate-or-identity', '有车牌的车辆按车牌补录，不能再填写无牌车编号');
  if (enteredAt > now) throw new ConflictError('in-the-future', '入场时间不能晚于当前时间');
  const proof = entry.proof?.trim() ?? '';
  const laneRef = { id: lane.id, name: lane.name, number: lane.number };
  return store.write((tx) => {
    if (isInside(tx, entry.plate, identity)) throw new ConflictError('already-inside', '该车牌已有在场记录');
    const car = {
      uid: lanes.newUid(lane, enteredAt),
      plate: identity === '' ? entry.plate : NO_PLATE,
      identity: identity === '' ? null : identity,
      vehicleClass: entry.vehicleClass ?? pricing.vehicleClassOf(entry.plate),
      areaId: lane.area,
      entryLane: laneRef,
      enteredAt,
      entryRecordId: ids.next('pass'),
    } as const;
    const terms = termsOf(tx, deps, car);
    const stay = newStay({ ...car, terms, parkingType: parkingTypeOf(terms) });
    const before = lanes.spaces();
    tx.record({
      kind: 'vehicle-entered',
      key: stay.uid,
      laneId: lane.id,
      passageId: null,
      actor: entry.actor,
      body: {
        stay,
        lane: laneRef,
        booth: lane.booth ?? null,
        spaces: {
          ...before,
          inside: before.inside + 1,
          free: Math.max(0, before.free - (terms.quotaId === null ? 1 : 0)),
        },
        how: 'by-hand',
        ...(proof === '' ? {} : { proof }),
      },
    });
    countVisit(tx, terms, 1, stay.uid, now, entry.actor);
    // A stay made from a word alone is billed like any other, and a manager looks at it: it can make a fee, and unmake one.
    if (proof === '' && entry.actor.kind === 'user')
      openCase(
        tx,
        {
          ...{
            kind: 'no-entry',
            uid: stay.uid,
            laneId: lane.id,
            passageId: null,
            plate: stay.plate.text,
            amountFen: 0,
          },
          detail: `人工补录入场，没有凭证：${shanghaiDateTime(enteredAt)}`,
        },
        entry.actor,
        { now, id: ids.next('case') },
      );
    return stay;
  });
}

const isInside = (tx: Tx, plate: Plate, identity: string): boolean =>
  (identity === '' ? tx.stays.inside(plate.text) : tx.stays.insideIdentity(identity)) !== undefined;
