import type { Actor } from '../../../shared/domain/events.ts';
import type { Debt } from '../../../shared/domain/registry.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { voidCollected } from '../payments/departure-pay.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Tx } from '../store/store.ts';
import { by, plateText, type RegistryDeps, type RowOutcome, sameContent } from './common.ts';

/** A debt that is not our own stay's: a platform's, or one that a person or a file brings. */
export interface DebtPut {
  readonly plate: string;
  readonly amountFen: number;
  readonly since?: EpochMs | undefined;
  readonly reason?: string | undefined;
  readonly intercept?: Debt['intercept'] | undefined;
}

interface Composed {
  readonly debt: Debt;
  readonly change: 'added' | 'updated' | null;
}

/** 欠费. Collecting is the lanes' and the settlement's; here debts are put down, listed and cancelled. */
export class Debts {
  readonly #deps: RegistryDeps;

  constructor(deps: RegistryDeps) {
    this.#deps = deps;
  }

  /**
   * Puts a debt down under the id of whoever reports it; the same again changes nothing, a changed amount replaces the old. What
   * was paid here meanwhile stays paid: when that covers the new amount, the debt is paid.
   */
  put(given: DebtPut, id: string | undefined, actor: Actor): Debt {
    return this.#deps.store.write((tx) => this.putIn(tx, given, id, actor).debt);
  }

  /** {@link put} within a transaction; `change` is null when nothing changed. */
  putIn(tx: Tx, given: DebtPut, id: string | undefined, actor: Actor): Composed {
    const composed = this.#compose(tx, given, id, actor);
    const { debt, change } = composed;
    if (change !== null) tx.record({ kind: 'debt-changed', ...by(actor), body: { change, debt } });
    return composed;
  }

  /** What {@link putIn} would do. */
  compare(read: Pick<Tx, 'debts'>, given: DebtPut, id: string, actor: Actor): RowOutcome {
    return this.#compose(read, given, id, actor).change ?? 'unchanged';
  }

  #compose(read: Pick<Tx, 'debts'>, given: DebtPut, id: string | undefined, actor: Actor): Composed {
    const plate = plateText(given.plate);
    const now = this.#deps.clock.now();
    const known = id === undefined ? undefined : read.debts.get(id);
    // What a person here let go of is not asked for again because somebody still has it in a list.
    if (known?.state === 'cancelled') return { debt: known, change: null };
    if (known && known.uid !== null) {
      if (known.plate === plate && known.amountFen === given.amountFen) return { debt: known, change: null };
      throw new ConflictError('own-debt', '这是本场停车产生的欠费，不能修改');
    }
    const paidFen = known?.paidFen ?? 0;
    const debt: Debt = {
      id: known?.id ?? id ?? this.#deps.ids.next('debt'),
      uid: null,
      plate,
      amountFen: given.amountFen,
      paidFen,
      since: given.since ?? known?.since ?? now,
      reason: given.reason ?? known?.reason ?? '',
      intercept: given.intercept ?? known?.intercept ?? 'none',
      state: paidFen >= given.amountFen && paidFen > 0 ? 'paid' : 'open',
      source: actor.name,
      updatedAt: now,
    };
    if (known && sameContent(known, debt)) return { debt: known, change: null };
    return { debt, change: known ? 'updated' : 'added' };
  }

  /** 核销: nobody asks for it any more. The stay that it stands for no longer owes it. Cancelling twice is no error. */
  cancel(id: string, reason: string, actor: Actor): Debt {
    return this.#deps.store.write((tx) => {
      const known = tx.debts.get(id);
      if (!known) throw new NotFoundError('没有这笔欠费');
      if (known.state === 'cancelled') return known;
      if (known.state === 'paid') throw new ConflictError('debt-paid', '欠费已缴清');
      const debt: Debt = {
        ...known,
        state: 'cancelled',
        reason: `${known.reason}（已核销：${reason}）`.slice(0, 200),
        updatedAt: this.#deps.clock.now(),
      };
      tx.record({ kind: 'debt-changed', ...by(actor, known.uid), body: { change: 'updated', debt } });
      voidCollected(tx, debt, actor);
      const before = known.uid === null ? undefined : tx.stays.get(known.uid);
      const open = before ? Math.min(before.owedFen, known.amountFen - known.paidFen) : 0;
      if (before && open > 0)
        tx.record({
          kind: 'stay-corrected',
          ...by(actor, before.uid),
          body: {
            what: 'fee',
            before,
            stay: { ...before, owedFen: before.owedFen - open, waivedFen: before.waivedFen + open },
            reason,
            spaces: null,
          },
        });
      return debt;
    });
  }

  /** A platform no longer knows of its debt. What is not there, or was paid here, stays as it is. */
  removeOf(id: string, actor: Actor): boolean {
    return this.#deps.store.write((tx) => {
      const debt = tx.debts.get(id);
      if (debt?.state !== 'open' || debt.source !== actor.name || debt.uid !== null) return false;
      tx.record({ kind: 'debt-changed', ...by(actor), body: { change: 'removed', debt } });
      return true;
    });
  }
}
