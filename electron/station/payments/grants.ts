import type { Actor } from '../../../shared/domain/events.ts';
import type { Fen } from '../../../shared/domain/money.ts';
import type { Discount } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Clock, Ids } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';
import { voidBill } from './prepay.ts';
import { isMoneyOnItsWay } from './settlement.ts';

export interface GrantsDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly desk: { laneOf(billId: string): string | null; over(billId: string, how: 'paid' | 'void'): void };
  /** The bill that stands at a lane is to be made anew. */
  readonly refresh: (laneId: string, actor: Actor) => void;
}

export interface Grant extends Pick<Discount, 'kind' | 'value' | 'maxFen' | 'minimumFen'> {
  /** Why, in words; part of the origin that the receipt names. */
  readonly reason: string;
  /** The id of the discount: granted once, however often it is asked for. A new one unless told. */
  readonly id?: string | undefined;
}

/** What a granted discount can take off at most; null: no limit. */
const most = (discount: Pick<Discount, 'kind' | 'value' | 'maxFen'>): Fen | null =>
  discount.kind === 'amount' ? Math.min(discount.value, discount.maxFen ?? discount.value) : discount.maxFen;

/** 优惠: discounts that a person or a platform grants to a car inside. They go into its next bill; an open one is made anew. */
export class Grants {
  readonly #deps: GrantsDeps;

  constructor(deps: GrantsDeps) {
    this.#deps = deps;
  }

  /**
   * @param limitFen what all discounts that people granted to this stay may take off together; null: no limit
   * @throws ConflictError `discount-too-much` · `payment-under-way`: the bill is not changed while somebody may be paying it; a code
   * that is merely shown gives way
   */
  grant(uid: string, grant: Grant, actor: Actor, limitFen: Fen | null): Stay {
    return this.grantAll(uid, [grant], actor, limitFen);
  }

  /** Where what is granted for this reason comes from, as its receipt names it. */
  originOf(actor: Actor, reason: string): string {
    return grantOrigin(actor, reason);
  }

  /** Several at once, all of them or none. They bear the same moment. */
  grantAll(uid: string, grants: readonly Grant[], actor: Actor, limitFen: Fen | null): Stay {
    const { store, clock, ids, desk } = this.#deps;
    const done = store.write((tx) => {
      const before = tx.stays.get(uid);
      if (!before) throw new NotFoundError('没有这条停车记录');
      const known = new Set(
        [...before.discounts, ...before.usedDiscounts.map(({ discount }) => discount)].map(({ id }) => id),
      );
      const fresh = grants.filter(({ id }) => id === undefined || !known.has(id));
      if (grants.length > 0 && fresh.length === 0) return { stay: before, open: undefined, laneId: null };
      if (before.status !== 'inside') throw new ConflictError('not-inside', '车辆已不在场');
      const open = tx.bills.open(uid);
      if (open && tx.attempts.ofBill(open.id).some(isMoneyOnItsWay))
        throw new ConflictError('payment-under-way', '该账单正在支付，请稍后再试');
      const now = clock.now();
      let changed = before;
      for (const grant of fresh) {
        const discount = discountOf(grant, actor, grant.id ?? ids.next('disc'), now);
        if (limitFen !== null) within(changed, discount, limitFen);
        changed = { ...changed, discounts: [...changed.discounts, discount] };
        tx.record({
          kind: 'discount-granted',
          key: uid,
          laneId: null,
          passageId: null,
          actor,
          body: { stay: changed, discount },
        });
      }
      const laneId = open ? desk.laneOf(open.id) : null;
      if (open && laneId === null) voidBill(tx, open, 'discount', actor, isMoneyOnItsWay);
      return { stay: changed, open, laneId };
    });
    if (done.laneId !== null) this.#deps.refresh(done.laneId, actor);
    else if (done.open) desk.over(done.open.id, 'void');
    return done.stay;
  }
}

const grantOrigin = (actor: Actor, reason: string): string => `${actor.name}（${reason}）`.slice(0, 60);

const discountOf = (grant: Grant, actor: Actor, id: string, now: number): Discount => ({
  id,
  kind: grant.kind,
  value: grant.value,
  maxFen: grant.maxFen,
  minimumFen: grant.minimumFen,
  origin: grantOrigin(actor, grant.reason),
  originKind: actor.kind === 'platform' ? 'platform' : 'user',
  couponId: null,
  grantedAt: now,
});

function within(stay: Stay, discount: Discount, limitFen: Fen): void {
  const byPeople = [...stay.discounts, ...stay.usedDiscounts.map((used) => used.discount), discount].filter(
    (each) => each.originKind === 'user',
  );
  const sum = byPeople.reduce<Fen | null>((all, each) => {
    const more = most(each);
    return all === null || more === null ? null : all + more;
  }, 0);
  if (sum === null || sum > limitFen)
    throw new ConflictError('discount-too-much', '超过收费员可优惠的金额，请由车场经理操作');
}
