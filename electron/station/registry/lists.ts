import type { Actor } from '../../../shared/domain/events.ts';
import type { ListEntry, ListKind } from '../../../shared/domain/list.ts';
import { normalisePlateText } from '../../../shared/domain/plates.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Clock, Ids } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';

/** The end of an entry that has none: 2099-12-31 23:59:59 in Asia/Shanghai. */
export const NO_END: EpochMs = Date.UTC(2099, 11, 31, 15, 59, 59);

export interface ListPut {
  readonly list: ListKind;
  readonly plate: string;
  readonly vehicleClass?: VehicleClass | null | undefined;
  readonly validFrom?: EpochMs | undefined;
  readonly validTo?: EpochMs | undefined;
  readonly remark?: string | undefined;
}

/** 黑白名单. Putting a plate that already stands on the list updates it; removing one that does not is no error. */
export class Lists {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #ids: Ids;

  constructor(deps: { readonly store: Store; readonly clock: Clock; readonly ids: Ids }) {
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#ids = deps.ids;
  }

  put(change: ListPut, actor: Actor): ListEntry {
    const plate = normalisePlateText(change.plate);
    if (plate === '') throw new ConflictError('plate-empty', '车牌不能为空');
    return this.#store.write((tx) => {
      const existing = tx.lists.find(change.list, plate);
      return this.#save(tx, existing, { ...change, plate }, actor);
    });
  }

  update(id: string, change: Omit<ListPut, 'list' | 'plate'>, actor: Actor): ListEntry {
    return this.#store.write((tx) => {
      const existing = tx.lists.get(id);
      if (!existing) throw new NotFoundError('名单中没有这条记录');
      return this.#save(tx, existing, { ...change, list: existing.list, plate: existing.plate }, actor);
    });
  }

  #save(
    tx: Parameters<Parameters<Store['write']>[0]>[0],
    existing: ListEntry | undefined,
    change: ListPut,
    actor: Actor,
  ): ListEntry {
    const now = this.#clock.now();
    const entry: ListEntry = {
      id: existing?.id ?? this.#ids.next('list'),
      list: change.list,
      plate: change.plate,
      vehicleClass: change.vehicleClass === undefined ? (existing?.vehicleClass ?? null) : change.vehicleClass,
      validFrom: change.validFrom ?? existing?.validFrom ?? now,
      validTo: change.validTo ?? existing?.validTo ?? NO_END,
      remark: change.remark ?? existing?.remark ?? '',
      source: actor.name,
      updatedAt: now,
    };
    if (entry.validTo < entry.validFrom) throw new ConflictError('validity-reversed', '有效期结束时间早于开始时间');
    tx.record({
      kind: 'list-changed',
      key: null,
      laneId: null,
      passageId: null,
      actor,
      body: { change: existing ? 'updated' : 'added', entry },
    });
    return entry;
  }

  /** @returns whether the plate stood on the list. */
  remove(which: { readonly id: string } | { readonly list: ListKind; readonly plate: string }, actor: Actor): boolean {
    return this.#store.write((tx) => {
      const entry = 'id' in which ? tx.lists.get(which.id) : tx.lists.find(which.list, normalisePlateText(which.plate));
      if (!entry) return false;
      tx.record({
        kind: 'list-changed',
        key: null,
        laneId: null,
        passageId: null,
        actor,
        body: { change: 'removed', entry },
      });
      return true;
    });
  }
}
