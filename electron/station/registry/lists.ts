import type { Actor } from '../../../shared/domain/events.ts';
import type { ListEntry, ListKind, ListStrategy } from '../../../shared/domain/list.ts';
import { normalisePlateText } from '../../../shared/domain/plates.ts';
import type { RegistryChange } from '../../../shared/domain/registry.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { NotFoundError } from '../runtime/errors.ts';
import type { Clock, Ids } from '../runtime/ports.ts';
import type { Store, Tx } from '../store/store.ts';
import { because, by, demandSpan, fromNow, or, plateText, type RegistryDeps, sameContent } from './common.ts';

/** The end of an entry that has none: 2099-12-31 23:59:59 in Asia/Shanghai. */
export const NO_END: EpochMs = Date.UTC(2099, 11, 31, 15, 59, 59);

/** What is absent stays as it is, or gets its default in a new entry. */
export interface ListPut {
  readonly list: ListKind;
  readonly plate: string;
  readonly strategy?: ListStrategy | undefined;
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

  constructor(deps: RegistryDeps) {
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#ids = deps.ids;
  }

  /** What would not change anything is not written down: platforms send the same entry again. */
  put(change: ListPut, actor: Actor): ListEntry {
    return this.#store.write((tx) => this.putIn(tx, change, actor).entry);
  }

  /** {@link put} within a transaction; `change` is null when nothing changed. */
  putIn(
    tx: Tx,
    change: ListPut,
    actor: Actor,
  ): { readonly entry: ListEntry; readonly change: Exclude<RegistryChange, 'removed'> | null } {
    const plate = plateText(change.plate);
    return this.#save(tx, tx.lists.find(change.list, plate), { ...change, plate }, actor);
  }

  update(id: string, change: Omit<ListPut, 'list' | 'plate'>, actor: Actor): ListEntry {
    return this.#store.write((tx) => {
      const existing = tx.lists.get(id);
      if (!existing) throw new NotFoundError('名单中没有这条记录');
      return this.#save(tx, existing, { ...change, list: existing.list, plate: existing.plate }, actor).entry;
    });
  }

  #save(tx: Tx, existing: ListEntry | undefined, change: ListPut, actor: Actor): ReturnType<Lists['putIn']> {
    const entry = this.entryOf(existing, change, actor);
    if (existing && sameContent(existing, entry)) return { entry: existing, change: null };
    const how = existing ? 'updated' : 'added';
    tx.record({ kind: 'list-changed', ...by(actor), body: { change: how, entry } });
    return { entry, change: how };
  }

  /** The entry as it would be. */
  entryOf(existing: ListEntry | undefined, change: ListPut, actor: Actor): ListEntry {
    const now = this.#clock.now();
    const entry: ListEntry = {
      id: existing?.id ?? this.#ids.next('list'),
      list: change.list,
      plate: change.plate,
      strategy: change.list === 'white' ? 'free' : or(change.strategy, existing?.strategy ?? 'no-entry'),
      vehicleClass: or(change.vehicleClass, existing?.vehicleClass ?? null),
      validFrom: change.validFrom ?? existing?.validFrom ?? fromNow(this.#clock),
      validTo: change.validTo ?? existing?.validTo ?? NO_END,
      remark: change.remark ?? existing?.remark ?? '',
      source: actor.name,
      updatedAt: now,
    };
    demandSpan(entry.validFrom, entry.validTo);
    return entry;
  }

  /** @returns whether the plate stood on the list. */
  remove(
    which: { readonly id: string } | { readonly list: ListKind; readonly plate: string },
    actor: Actor,
    reason?: string,
  ): boolean {
    return this.#store.write((tx) => {
      const entry = 'id' in which ? tx.lists.get(which.id) : tx.lists.find(which.list, normalisePlateText(which.plate));
      if (!entry) return false;
      tx.record({ kind: 'list-changed', ...by(actor), body: { change: 'removed', entry, ...because(reason) } });
      return true;
    });
  }
}
