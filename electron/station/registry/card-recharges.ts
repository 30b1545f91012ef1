import type { Actor } from '../../../shared/domain/events.ts';
import { fenToYuanText } from '../../../shared/domain/money.ts';
import type { PaymentMethod } from '../../../shared/domain/money-flow.ts';
import type { Card, RechargePlan, RechargeUnit } from '../../../shared/domain/registry.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Tx } from '../store/store.ts';
import { type CollectedRecharge, collect } from './card-collected.ts';
import { cardKey } from './cards.ts';
import { by, type RegistryDeps, sameContent } from './common.ts';
import { fits, recharged } from './recharge.ts';

/** What was bought: a plan, so many times over, or an amount agreed on freely. */
export type RechargeOf =
  | { readonly planId: string; readonly quantity: number; readonly paidFen?: number | undefined }
  | { readonly unit: RechargeUnit; readonly amount: number; readonly gift: number; readonly paidFen: number };

export interface RechargeOrder {
  readonly what: RechargeOf;
  /** The orderer's number; the same again is the same recharge. */
  readonly orderNo: string | null;
  readonly from: 'now' | 'old-end';
  /** Needed when something was paid. */
  readonly method: PaymentMethod | null;
  /** The shift that takes the money, or how to find it: then it is looked for only when money changes hands. */
  readonly shiftId: string | null | (() => string | null);
}

const UNIT_WORDS: Readonly<Record<RechargeUnit, string>> = {
  money: '分',
  months: '个月',
  days: '天',
  hours: '小时',
  times: '次',
};

/** 充值、续费, and the plans by which they are sold. */
export class CardRecharges {
  readonly #deps: RegistryDeps;

  constructor(deps: RegistryDeps) {
    this.#deps = deps;
  }

  recharge(cardId: string, order: RechargeOrder, actor: Actor): Card {
    return this.#deps.store.write((tx) => {
      const card = tx.cards.get(cardId);
      if (!card) throw new NotFoundError('没有这张卡');
      const bought = this.#bought(tx, card, order.what);
      const { unit, amount, gift, paidFen } = bought;
      const gave = gift > 0 ? `，赠 ${gift}${UNIT_WORDS[unit]}` : '';
      const words = `${bought.name}${amount}${UNIT_WORDS[unit]}${gave}，收 ${fenToYuanText(paidFen)} 元`;
      const orderNo =
        order.orderNo === null ? undefined : `${actor.kind === 'platform' ? actor.name : 'station'}:${order.orderNo}`;
      const known = orderNo === undefined ? undefined : tx.cards.order(orderNo);
      if (known) {
        if (known.cardId === cardId && known.detail === words) return card;
        throw new ConflictError('order-number-used', `订单号 ${order.orderNo ?? ''} 已用于另一笔充值`);
      }
      if (card.state === 'cancelled') throw new ConflictError('card-cancelled', '该卡已注销');
      if (!fits(card.type, unit)) throw new ConflictError('wrong-unit', '该类型的卡不能这样充值');
      if (paidFen > 0 && order.method === null) throw new ConflictError('method-missing', '请选择收款方式');
      if (order.method === 'card') throw new ConflictError('wrong-method', '不能用卡内余额充值');
      const shiftId = typeof order.shiftId === 'function' ? order.shiftId() : order.shiftId;
      if (shiftId !== null && tx.shifts.get(shiftId)?.state !== 'open')
        throw new ConflictError('no-open-shift', '班次未开始或已结束');
      const changed = recharged(card, { unit, amount: amount + gift, from: order.from }, this.#deps.clock.now());
      if (!changed) throw new ConflictError('too-much', '充值后超过上限，请核对数量');
      tx.record({
        kind: 'card-changed',
        ...by(actor, cardKey(cardId)),
        body: {
          change: 'updated',
          why: 'recharged',
          card: changed,
          uid: null,
          paidFen,
          method: order.method,
          shiftId,
          ...(orderNo === undefined ? {} : { orderNo }),
          detail: words,
        },
      });
      return changed;
    });
  }

  /** A recharge that a platform has the money of. The same again changes nothing. */
  collected(cardId: string, order: CollectedRecharge, actor: Actor): Card {
    return collect(this.#deps, cardId, order, actor);
  }

  #bought(tx: Tx, card: Card, what: RechargeOf) {
    if (!('planId' in what)) return { ...what, name: '' };
    const plan = tx.rechargePlans.get(what.planId);
    if (!plan) throw new NotFoundError('没有这个充值规则');
    if (plan.type !== card.type) throw new ConflictError('plan-of-another-type', '充值规则不适用于该类型的卡');
    const paidFen = plan.priceFen * what.quantity;
    if (what.paidFen !== undefined && what.paidFen !== paidFen)
      throw new ConflictError('amount-mismatch', `按充值规则应收 ${fenToYuanText(paidFen)} 元`);
    return {
      unit: plan.unit,
      amount: plan.amount * what.quantity,
      gift: plan.gift * what.quantity,
      paidFen,
      name: `${plan.name}：`,
    };
  }

  putPlan(given: Omit<RechargePlan, 'id' | 'updatedAt'>, id: string | null, actor: Actor): RechargePlan {
    const { store, ids, clock } = this.#deps;
    if (!fits(given.type, given.unit)) throw new ConflictError('wrong-unit', '该类型的卡不能这样充值');
    return store.write((tx) => {
      const existing = id === null ? undefined : tx.rechargePlans.get(id);
      if (id !== null && !existing) throw new NotFoundError('没有这个充值规则');
      const plan: RechargePlan = { ...given, id: existing?.id ?? ids.next('plan'), updatedAt: clock.now() };
      if (existing && sameContent(existing, plan)) return existing;
      tx.record({
        kind: 'recharge-plan-changed',
        ...by(actor),
        body: { change: existing ? 'updated' : 'added', plan },
      });
      return plan;
    });
  }

  removePlan(id: string, actor: Actor): void {
    this.#deps.store.write((tx) => {
      const plan = tx.rechargePlans.get(id);
      if (!plan) throw new NotFoundError('没有这个充值规则');
      tx.record({ kind: 'recharge-plan-changed', ...by(actor), body: { change: 'removed', plan } });
    });
  }
}
