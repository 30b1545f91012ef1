import type { Actor } from '../../../shared/domain/events.ts';
import type { Fen } from '../../../shared/domain/money.ts';
import type { PaymentMethod, Refund } from '../../../shared/domain/money-flow.ts';
import type { Card } from '../../../shared/domain/registry.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { readRow } from '../journal/rows.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Repositories } from '../store/repositories.ts';
import type { Tx } from '../store/store.ts';

/** Refunds that touch cards: the balance that paid a bill, and recharges of a card that is no longer wanted. */

/** Under this key the journal holds the life of a card, and the refunds of its recharges. */
const cardKey = (id: string): string => `card:${id}`;

interface RechargeSource {
  readonly uid: string;
  readonly billId: null;
  readonly attemptId: null;
  readonly recharge: { readonly cardId: string; readonly orderNo: string };
  readonly method: PaymentMethod;
  readonly paidFen: Fen;
  /** What the card still holds in money; null for cards that hold none. */
  readonly heldFen: Fen | null;
}

/**
 * A recharge as the source of a refund. Only of a cancelled card: what a living one holds is used up or carried on.
 *
 * @param from `orderNo` with or without the orderer in front
 * @throws NotFoundError | ConflictError `card-not-cancelled`
 */
export function rechargeSource(
  read: Repositories,
  from: { readonly cardId: string; readonly orderNo: string },
): RechargeSource {
  const card = read.cards.get(from.cardId);
  if (!card) throw new NotFoundError('没有这张卡');
  if (card.state !== 'cancelled') throw new ConflictError('card-not-cancelled', '请先注销该卡，再退还充值款');
  const key = cardKey(card.id);
  const names = new Set([from.orderNo, `station:${from.orderNo}`]);
  for (const row of read.journal.storedOfKey(key)) {
    const reading = readRow(row);
    if (!('event' in reading) || reading.event.kind !== 'card-changed') continue;
    const { why, orderNo, paidFen, method } = reading.event.body;
    if (why !== 'recharged' || orderNo === undefined || !names.has(orderNo)) continue;
    return {
      ...{ uid: key, billId: null, attemptId: null, paidFen },
      recharge: { cardId: card.id, orderNo },
      method: method ?? 'cash',
      heldFen: card.type === 'stored-value' ? card.balanceFen : null,
    };
  }
  throw new NotFoundError('该卡没有这笔充值');
}

/**
 * What a refund that is done changes on a card: a bill that its balance paid is given back to it, and money that is given back
 * for its recharge is taken off it.
 *
 * @throws ConflictError `not-by-card`, `card-gone`
 */
export function backOntoCard(tx: Tx, refund: Refund, by: PaymentMethod, actor: Actor, now: EpochMs): void {
  if (refund.recharge) {
    if (by === 'card') throw new ConflictError('not-by-card', '充值款不能退到卡内');
    const card = tx.cards.get(refund.recharge.cardId);
    if (card?.type === 'stored-value')
      record(tx, { ...card, balanceFen: Math.max(0, card.balanceFen - refund.amountFen) }, refund, actor, now);
    return;
  }
  if (by !== 'card') return;
  const paid = refund.billId === null ? undefined : tx.payments.get(refund.billId);
  if (paid?.method !== 'card') throw new ConflictError('not-by-card', '这笔费用不是用储值卡支付的');
  const card = cardOf(tx, paid.uid, paid.reference);
  if (card?.type !== 'stored-value' || card.state === 'cancelled')
    throw new ConflictError('card-gone', '原储值卡已注销或不存在，请改用其他方式退款');
  record(tx, { ...card, balanceFen: card.balanceFen + refund.amountFen }, refund, actor, now);
}

/** The card that paid: named by its number, which may have been changed since; then by the stay that stood on it. */
function cardOf(tx: Tx, uid: string, number: string | null): Card | undefined {
  const terms = tx.stays.get(uid)?.terms;
  const ofStay = terms?.kind === 'card' && terms.id !== null ? tx.cards.get(terms.id) : undefined;
  return (number === null ? undefined : tx.cards.byNumber(number)) ?? ofStay;
}

function record(tx: Tx, card: Card, refund: Refund, actor: Actor, now: EpochMs): void {
  const words = refund.recharge ? '退充值款' : '退款退回卡内';
  tx.record({
    ...{ kind: 'card-changed', key: cardKey(card.id), laneId: null, passageId: null, actor },
    body: {
      ...{ change: 'updated', why: 'returned', card: { ...card, updatedAt: now } },
      uid: refund.recharge ? null : refund.uid,
      // The money itself is the refund's.
      ...{ paidFen: 0, method: null, shiftId: null },
      detail: `${words} ${refund.amountFen} 分：${refund.id}`,
    },
  });
}
