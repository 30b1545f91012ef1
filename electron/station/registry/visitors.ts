import type { Actor } from '../../../shared/domain/events.ts';
import type { Visitor } from '../../../shared/domain/registry.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Tx } from '../store/store.ts';
import { because, by, demandSpan, or, plateText, type RegistryDeps, type RowOutcome, sameContent } from './common.ts';

/** Absent in a change: as it was. */
export interface VisitorPut {
  readonly plate: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly visitsLeft?: number | null | undefined;
  readonly freeMinutes?: number | null | undefined;
  readonly name?: string | undefined;
  readonly host?: string | undefined;
  readonly remark?: string | undefined;
}

/** Absent: as it was. */
export type VisitorChange = { readonly [K in keyof VisitorPut]?: VisitorPut[K] | undefined };

/** How far whoever announces a visitor may go: what lets a car in for nothing is worth money. */
export interface VisitLimit {
  readonly hours: number;
  readonly visits: number;
}

interface Composed {
  readonly visitor: Visitor;
  readonly change: 'added' | 'updated' | null;
}

/** 访客车: by count, by time, with free minutes or for the whole visit. */
export class Visitors {
  readonly #deps: RegistryDeps;

  constructor(deps: RegistryDeps) {
    this.#deps = deps;
  }

  put(given: VisitorPut, id: string | undefined, actor: Actor, limit: VisitLimit | null = null): Visitor {
    return this.#deps.store.write((tx) => {
      const { visitor, change } = this.putIn(tx, given, id, actor);
      if (limit !== null && change !== null) demandWithin(visitor, limit);
      return visitor;
    });
  }

  /** {@link put} within a transaction; `change` is null when nothing changed. */
  putIn(tx: Tx, given: VisitorPut, id: string | undefined, actor: Actor): Composed {
    const composed = this.#compose(tx, given, id, actor);
    const { visitor, change } = composed;
    if (change !== null) tx.record({ kind: 'visitor-changed', ...by(actor), body: { change, visitor } });
    return composed;
  }

  /** What {@link putIn} would do. */
  compare(read: Pick<Tx, 'visitors'>, given: VisitorPut, actor: Actor): RowOutcome {
    return this.#compose(read, given, undefined, actor).change ?? 'unchanged';
  }

  #compose(read: Pick<Tx, 'visitors'>, given: VisitorPut, id: string | undefined, actor: Actor): Composed {
    const plate = plateText(given.plate);
    demandSpan(given.from, given.to);
    const known = id === undefined ? this.#equal(read, plate, given) : read.visitors.get(id);
    const visitor: Visitor = {
      id: known?.id ?? id ?? this.#deps.ids.next('visit'),
      plate,
      name: given.name ?? known?.name ?? '',
      host: given.host ?? known?.host ?? '',
      from: given.from,
      to: given.to,
      visitsLeft: or(given.visitsLeft, known?.visitsLeft ?? null),
      freeMinutes: or(given.freeMinutes, known?.freeMinutes ?? null),
      remark: given.remark ?? known?.remark ?? '',
      state: known?.state ?? 'active',
      source: actor.name,
      updatedAt: this.#deps.clock.now(),
    };
    if (known && sameContent(known, visitor)) return { visitor: known, change: null };
    return { visitor, change: known ? 'updated' : 'added' };
  }

  /** A visit of this plate in the very same period: announcing it twice is a repetition. */
  #equal(read: Pick<Tx, 'visitors'>, plate: string, period: Pick<VisitorPut, 'from' | 'to'>): Visitor | undefined {
    return read.visitors
      .ofPlate(plate, period.to)
      .find((each) => each.state === 'active' && each.from === period.from && each.to === period.to);
  }

  change(id: string, given: VisitorChange, actor: Actor, limit: VisitLimit | null = null): Visitor {
    const known = this.#deps.store.read.visitors.get(id);
    if (!known) throw new NotFoundError('没有这个访客');
    if (known.state === 'cancelled') throw new ConflictError('visitor-cancelled', '访客已取消');
    return this.put(
      { ...given, plate: given.plate ?? known.plate, from: given.from ?? known.from, to: given.to ?? known.to },
      id,
      actor,
      limit,
    );
  }

  cancel(id: string, actor: Actor, reason?: string): Visitor {
    return this.#deps.store.write((tx) => {
      const known = tx.visitors.get(id);
      if (!known) throw new NotFoundError('没有这个访客');
      if (known.state === 'cancelled') return known;
      const visitor: Visitor = { ...known, state: 'cancelled', updatedAt: this.#deps.clock.now() };
      tx.record({
        kind: 'visitor-changed',
        ...by(actor),
        body: { change: 'updated', visitor, ...because(reason) },
      });
      return visitor;
    });
  }
}

function demandWithin(visitor: Visitor, { hours, visits }: VisitLimit): void {
  const { from, to, visitsLeft } = visitor;
  if (hours > 0 && to - from <= hours * 3_600_000 && visitsLeft !== null && visitsLeft <= visits) return;
  const words =
    hours === 0
      ? '登记访客须由车场经理办理'
      : `收费员登记的访客最长 ${hours} 小时、最多 ${visits} 次；超出须由车场经理办理`;
  throw new ConflictError('beyond-limit', words);
}
