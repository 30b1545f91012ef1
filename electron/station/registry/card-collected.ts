import type { Actor } from '../../../shared/domain/events.ts';
import { fenToYuanText, MAX_FEN } from '../../../shared/domain/money.ts';
import type { Card } from '../../../shared/domain/registry.ts';
import { type EpochMs, shanghaiDateTime } from '../../../shared/domain/time.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Clock } from '../runtime/ports.ts';
import type { Tx } from '../store/store.ts';
import { cardKey } from './cards.ts';
import { by, demandSpan, type RegistryDeps } from './common.ts';

/** A recharge that a platform sold and collected, for a validity that it worked out itself. */
export interface CollectedRecharge {
  /** Its own number; null: it gave none. */
  readonly orderNo: string | null;
  readonly paidFen: number;
  /** For a stored-value card the money counts and this does not. */
  readonly validFrom: EpochMs;
  readonly validTo: EpochMs;
  /** A validity that is in force stays, and the new one is joined to it where they touch; otherwise the new one takes its place. */
  readonly join: boolean;
  /** Without a number: the same again within so long is a repetition. */
  readonly repeatMs: number;
}

/**
 * Books it once. The order number is that of one card: another card may have it, too. Without a number what is asked for stands in its
 * place, with the time of booking; a validity that the card has already and that was bought so is not bought again, however late.
 */
export const collect = ({ store, clock }: RegistryDeps, cardId: string, order: CollectedRecharge, actor: Actor): Card =>
  store.write((tx) => collectIn(tx, clock, cardId, order, actor));

/** The number under which a card's recharge is kept. */
export const collectedNumber = (actor: Actor, cardId: string, orderNo: string): string =>
  `${actor.name}:${cardId}/${orderNo}`;

/** {@link collect} within a transaction. */
export function collectIn(tx: Tx, clock: Clock, cardId: string, order: CollectedRecharge, actor: Actor): Card {
  demandSpan(order.validFrom, order.validTo);
  const card = tx.cards.get(cardId);
  if (!card) throw new NotFoundError('没有这张卡');
  const { validFrom, validTo, paidFen } = order;
  const now = clock.now();
  const asked = `${actor.name}:${cardId}/~${paidFen}/${validFrom}/${validTo}@`;
  const number =
    order.orderNo === null ? `${asked}${String(now).padStart(15, '0')}` : collectedNumber(actor, cardId, order.orderNo);
  const changed = after(card, order, now);
  const before = order.orderNo === null ? tx.cards.lastOrder(asked) : undefined;
  const repeated =
    order.orderNo === null
      ? before !== undefined &&
        (now - Number(before.slice(asked.length)) < order.repeatMs ||
          (card.type !== 'stored-value' && isCovered(card, changed)))
      : tx.cards.order(number) !== undefined;
  if (repeated) return card;
  if (card.state === 'cancelled') throw new ConflictError('card-cancelled', '该卡已注销');
  if (card.type === 'counted') throw new ConflictError('wrong-unit', '计次卡不能按有效期充值');
  if (changed.balanceFen > MAX_FEN) throw new ConflictError('too-much', '充值后超过上限，请核对金额');
  const bought =
    card.type === 'stored-value'
      ? `余额 ${fenToYuanText(paidFen)} 元`
      : `有效期 ${shanghaiDateTime(validFrom)} 至 ${shanghaiDateTime(validTo)}`;
  tx.record({
    kind: 'card-changed',
    ...by(actor, cardKey(cardId)),
    body: {
      change: 'updated',
      why: 'recharged',
      card: { ...changed, updatedAt: now },
      uid: null,
      paidFen,
      method: 'platform',
      shiftId: null,
      orderNo: number,
      detail: `${bought}，收 ${fenToYuanText(paidFen)} 元`,
    },
  });
  return changed;
}

/** A day between two validities is none: one ends at 00:00:00 or 23:59:59, and the next begins on the next day. */
export const TOUCHING_MS = 86_400_000;

function after(card: Card, { paidFen, validFrom, validTo, join }: CollectedRecharge, now: EpochMs): Card {
  if (card.type === 'stored-value') return { ...card, balanceFen: card.balanceFen + paidFen };
  const inForce = card.validFrom <= now && now <= card.validTo;
  const touching = validFrom <= card.validTo + TOUCHING_MS && validTo >= card.validFrom - TOUCHING_MS;
  if (!join || !inForce || !touching) return { ...card, validFrom, validTo };
  return { ...card, validFrom: Math.min(card.validFrom, validFrom), validTo: Math.max(card.validTo, validTo) };
}

const isCovered = (card: Card, changed: Card): boolean =>
  card.validFrom === changed.validFrom && card.validTo === changed.validTo;
