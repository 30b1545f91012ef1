import type { Actor } from '../../../shared/domain/events.ts';
import type { ListColor, ListEntry, ListKind, ListStrategy } from '../../../shared/domain/list.ts';
import { normalisePlateText } from '../../../shared/domain/plates.ts';
import type { RegistryChange } from '../../../shared/domain/registry.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Clock, Ids } from '../runtime/ports.ts';
import type { Store, Tx } from '../store/store.ts';
import { because, by, demandSpan, fromNow, or, plateText, type RegistryDeps, sameContent } from './common.ts';

/** The end of an entry that has none: 2099-12-31 23:59:59 in Asia/Shanghai. */
export const NO_END: EpochMs = Date.UTC(2099, 11, 31, 15, 59, 59);

/** What an entry does when it is to keep cars out besides. */
const STOPPING = {
  'no-entry': 'no-entry',
  warn: 'no-entry',
  free: 'no-entry',
  'no-exit': 'neither',
  neither: 'neither',
} as const satisfies Record<ListStrategy, ListStrategy>;

/** What is absent stays as it is, or gets its default in a new entry. */
export interface ListPut {
  readonly list: ListKind;
  readonly plate: string;
  /** Absent in a new entry: of any colour. */
  readonly plateColor?: ListColor | null | undefined;
  readonly strategy?: ListStrategy | undefined;
  readonly vehicleClass?: VehicleClass | null | undefined;
  readonly validFrom?: EpochMs | undefined;
  readonly validTo?: EpochMs | undefined;
  readonly remark?: string | undefined;
}

/** 黑白名单. Putting a plate that already stands on the list with that colour updates it; removing one that does not is no error. */
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
    return this.#save(tx, tx.lists.find(change.list, plate, change.plateColor), { ...change, plate }, actor);
  }

  /**
   * {@link put} for a platform to which a plate of a colour has one entry: what it put on the other list goes. `anew`: an entry that is there is made as
   * though it were not; without a beginning it counts from now, unless it counts already, and without an end it has none.
   */
  putAlone(change: ListPut, anew: boolean, actor: Actor): ListEntry {
    return this.#store.write((tx) => {
      const plate = plateText(change.plate);
      const other = tx.lists.find(change.list === 'white' ? 'black' : 'white', plate, change.plateColor);
      if (other?.source === actor.name)
        tx.record({ kind: 'list-changed', ...by(actor), body: { change: 'removed', entry: other } });
      const span = anew ? this.#spanAnew(tx.lists.find(change.list, plate, change.plateColor), change) : {};
      return this.putIn(tx, { ...change, ...span }, actor).entry;
    });
  }

  #spanAnew(existing: ListEntry | undefined, change: ListPut): Pick<ListEntry, 'validFrom' | 'validTo'> {
    const now = this.#clock.now();
    const counts = existing !== undefined && existing.validFrom <= now && now <= existing.validTo;
    const { validTo = NO_END } = change;
    const validFrom = change.validFrom ?? (counts ? existing.validFrom : fromNow(this.#clock));
    return { validFrom: change.validFrom === undefined ? Math.min(validFrom, validTo) : validFrom, validTo };
  }

  update(id: string, change: Omit<ListPut, 'list' | 'plate'>, actor: Actor): ListEntry {
    return this.#store.write((tx) => {
      const existing = tx.lists.get(id);
      if (!existing) throw new NotFoundError('名单中没有这条记录');
      const { list, plate } = existing;
      const { plateColor = existing.plateColor } = change;
      if (plateColor !== existing.plateColor && tx.lists.find(list, plate, plateColor))
        throw new ConflictError('plate-listed', `车牌 ${plate} 已按该车牌颜色列入名单`);
      return this.#save(tx, existing, { ...change, list, plate, plateColor }, actor).entry;
    });
  }

  /**
   * Puts a plate on the black list for a platform, without an end. An entry that is there becomes the platform's and stops cars from now
   * on; an empty remark leaves that of the entry.
   */
  blacken(given: { readonly plate: string; readonly remark: string }, actor: Actor): ListEntry {
    const plate = plateText(given.plate);
    return this.#store.write((tx) => {
      const existing = tx.lists.find('black', plate);
      const strategy = existing && STOPPING[existing.strategy];
      const now = this.#clock.now();
      const inForce = existing && existing.validFrom <= now && now <= existing.validTo;
      const span = existing && !inForce ? { validFrom: fromNow(this.#clock), validTo: NO_END } : {};
      const remark = given.remark === '' ? undefined : given.remark;
      const entry = this.entryOf(existing, { list: 'black', plate, strategy, remark, ...span }, actor);
      if (existing && existing.source === entry.source && sameContent(existing, entry)) return existing;
      tx.record({ kind: 'list-changed', ...by(actor), body: { change: existing ? 'updated' : 'added', entry } });
      return entry;
    });
  }

  /** Gives an entry another plate, another remark, or both; it stays the same entry. Empty: as it was. */
  restate(id: string, given: { readonly plate: string; readonly remark: string }, actor: Actor): ListEntry {
    return this.#store.write((tx) => {
      const existing = tx.lists.get(id);
      if (!existing) throw new NotFoundError('名单中没有这条记录');
      const { list } = existing;
      const plate = given.plate === '' ? existing.plate : plateText(given.plate);
      const remark = given.remark === '' ? undefined : given.remark;
      if (plate === existing.plate) return this.#save(tx, existing, { list, plate, remark }, actor).entry;
      if (tx.lists.find(list, plate, existing.plateColor))
        throw new ConflictError('plate-listed', `车牌 ${plate} 已在名单中`);
      const entry = { ...this.entryOf(existing, { list, plate, remark }, actor), plate };
      tx.record({ kind: 'list-changed', ...by(actor), body: { change: 'removed', entry: existing } });
      tx.record({ kind: 'list-changed', ...by(actor), body: { change: 'added', entry } });
      return entry;
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
      plateColor: or(change.plateColor, existing?.plateColor ?? null),
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
    which: { readonly id: string } | Pick<ListPut, 'list' | 'plate' | 'plateColor'>,
    actor: Actor,
    reason?: string,
  ): boolean {
    return this.#store.write((tx) => {
      const entry =
        'id' in which
          ? tx.lists.get(which.id)
          : tx.lists.find(which.list, normalisePlateText(which.plate), which.plateColor);
      if (!entry) return false;
      tx.record({ kind: 'list-changed', ...by(actor), body: { change: 'removed', entry, ...because(reason) } });
      return true;
    });
  }
}
