import type { EventDraft } from '../../../shared/domain/events.ts';
import { type Bill, toPayFen } from '../../../shared/domain/money-flow.ts';
import type { Card } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { cardEnd, cardOf, coverageOf, coveredMinutes } from '../payments/coverage.ts';
import type { Payment } from '../payments/watcher.ts';
import type { Passage } from './state.ts';
import { draft, type World } from './step.ts';
import { parkingTypeOf, takesOver } from './terms.ts';

/** What a stay takes from the card it stands on, and what its leaving gives to the family's other cars. Pure. */

/** The balance of a stored-value card (储值车) pays what it can of a bill; the debts of earlier stays are not its business. */
export function balanceTaken(
  card: Card,
  bill: Bill,
  stay: Stay,
  world: World,
): { readonly event: EventDraft; readonly payment: Payment } | null {
  if (card.type !== 'stored-value' || card.state !== 'active' || world.now > cardEnd(card, world.site.rules))
    return null;
  const amountFen = Math.min(card.balanceFen, bill.dueFen);
  if (amountFen <= 0) return null;
  const left: Card = { ...card, balanceFen: card.balanceFen - amountFen, updatedAt: world.now };
  return {
    event: cardChanged(left, 'used', stay.uid, `扣款 ${amountFen} 分`, world),
    payment: {
      attemptId: null,
      method: 'card',
      via: null,
      reference: card.number.slice(0, 100),
      // A balance that covers the bill but not the debts with it pays the bill's own part.
      amountFen: amountFen === bill.dueFen && toPayFen(bill) === bill.dueFen ? toPayFen(bill) : amountFen,
      receivedFen: null,
      changeFen: 0,
      paidAt: world.now,
      shiftId: null,
    },
  };
}

interface Used {
  readonly events: readonly EventDraft[];
  readonly cardUsed: NonNullable<Passage['cardUsed']> | null;
}

/** Minutes of an hours card (时租车), or one pass of a counted one (计次车), used up by a stay that leaves now. */
export function timeUsed(stay: Stay, before: Passage['cardUsed'], world: World): Used {
  const card = world.card(cardOf(stay.terms));
  const covered = card && coverageOf(stay, card, world.site.rules, Math.max(world.now, stay.enteredAt));
  if (!card || !covered || (card.type !== 'hours' && card.type !== 'counted')) return { events: [], cardUsed: before };
  const minutes = card.type === 'hours' ? Math.min(card.minutesLeft, coveredMinutes(covered)) : 0;
  const times = card.type === 'counted' ? 1 : 0;
  const left: Card = {
    ...card,
    minutesLeft: card.minutesLeft - minutes,
    timesLeft: Math.max(0, card.timesLeft - times),
    updatedAt: world.now,
  };
  const detail = times > 0 ? '计次 1 次' : `计时 ${minutes} 分钟`;
  return {
    events: [cardChanged(left, 'used', stay.uid, detail, world)],
    cardUsed: { cardId: card.id, minutes, times, fen: before?.fen ?? 0 },
  };
}

/** The car did not go: its card gets back what the exit took. */
export function cardReturned(used: NonNullable<Passage['cardUsed']>, uid: string, world: World): readonly EventDraft[] {
  const card = world.card(used.cardId);
  if (!card) return [];
  const back: Card = {
    ...card,
    minutesLeft: card.minutesLeft + used.minutes,
    timesLeft: card.timesLeft + used.times,
    balanceFen: card.balanceFen + used.fen,
    updatedAt: world.now,
  };
  return [cardChanged(back, 'returned', uid, '离场撤销，退回', world)];
}

/** 一位多车: the family's surplus car that came last but soon enough takes over the space that is free now. */
export function spaceHandedOver(leaving: Stay, world: World): readonly EventDraft[] {
  const card = leaving.terms.kind === 'card' ? world.card(leaving.terms.id) : null;
  if (!card) return [];
  const others = world.onCard(card.id).filter((stay) => stay.uid !== leaving.uid && stay.status === 'inside');
  // Its card must speak for the car that stays: as many as there are spaces stand on it already, or there is none to take.
  if (others.filter((stay) => stay.terms.kind === 'card').length >= card.spaces) return [];
  const next = others.find((stay) => takesOver(stay, card, world.now, world.site.rules));
  if (!next) return [];
  const terms = { ...leaving.terms };
  const stay: Stay = { ...next, terms, parkingType: parkingTypeOf(terms) };
  return [
    draft(
      'stay-corrected',
      { what: 'terms', before: next, stay, reason: '同户车辆离场，转为固定车', spaces: null },
      { world, passageId: null, key: stay.uid },
    ),
  ];
}

const cardChanged = (card: Card, why: 'used' | 'returned', uid: string, detail: string, world: World): EventDraft =>
  draft(
    'card-changed',
    { change: 'updated', why, card, uid, paidFen: 0, method: null, shiftId: null, detail },
    { world, passageId: null, key: `card:${card.id}` },
  );
