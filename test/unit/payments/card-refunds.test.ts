import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bookPayment } from '../../../electron/station/payments/books.ts';
import type { EventBody } from '../../../shared/domain/events.ts';
import { type Card, cardSchema } from '../../../shared/domain/registry.ts';
import { ANNA, BOSS, PayWorld, reasonOf } from './pay-world.ts';

let world: PayWorld;
beforeEach(() => {
  world = new PayWorld([]);
});
afterEach(() => world.dispose());

const CHIEF = { kind: 'user' as const, name: 'chief' };

function put(over: Partial<Card> = {}, why: Partial<EventBody<'card-changed'>> = {}): Card {
  const card = cardSchema.parse({
    ...{ id: 'card1', number: '鲁B12345', type: 'stored-value', plates: ['鲁B12345'], spaces: 1, areas: [] },
    ...{ quotaId: null, vehicleClass: null, validFrom: 0, validTo: 9e12, balanceFen: 0, minutesLeft: 0, timesLeft: 0 },
    ...{ state: 'active', owner: '', phone: '', remark: '', source: 'anna', updatedAt: 0, ...over },
  });
  const told = {
    change: 'updated',
    why: 'edited',
    uid: null,
    paidFen: 0,
    method: null,
    shiftId: null,
    detail: '',
  } as const;
  world.record({
    ...{ kind: 'card-changed', key: 'card:card1', laneId: null, passageId: null, actor: ANNA },
    body: { ...told, ...why, card },
  });
  return card;
}

const recharge = (orderNo: string, paidFen: number, balanceFen: number) =>
  put({ balanceFen }, { why: 'recharged', paidFen, method: 'cash', orderNo: `station:${orderNo}`, detail: orderNo });
const balance = () => world.store.read.cards.get('card1')?.balanceFen;

/** The bill of the car at the exit, paid from the balance of a card with this number. */
function paidByCard(number: string): string {
  const bill = world.arrive();
  const payment = { method: 'card' as const, via: null, reference: number, amountFen: 500, receivedFen: null };
  const now = world.clock.now();
  world.store.write((tx) =>
    bookPayment(
      tx,
      {
        ...{ bill, stay: world.stay(), lane: null },
        payment: { ...payment, attemptId: null, changeFen: 0, paidAt: now, shiftId: null },
      },
      { actor: ANNA, now, newId: (prefix) => world.id(prefix) },
    ),
  );
  return bill.id;
}

/** Asked for and approved. */
function approved(from: Parameters<typeof world.payments.refunds.request>[0]['from'], amountFen: number): string {
  const { refunds } = world.payments;
  const { id } = refunds.request({ from, amountFen, reason: '多收' }, BOSS);
  refunds.approve(id, CHIEF, false);
  return id;
}

describe('a payment from a balance', () => {
  it('goes back onto the card that paid it, once, and is told in its history', () => {
    put({ balanceFen: 300 });
    const id = approved({ billId: paidByCard('鲁B12345') }, 200);
    expect(world.payments.refunds.done(id, undefined, ANNA)).toMatchObject({
      state: 'done',
      method: 'card',
      shiftId: null,
    });
    expect(balance()).toBe(500);
    expect(reasonOf(() => world.payments.refunds.done(id, undefined, ANNA))).toBe('refund-state');
    expect(balance()).toBe(500);
    const [told] = world.store.read.journal.list({ kind: 'card-changed', key: 'card:card1', limit: 1 });
    expect(told).toMatchObject({ actor: ANNA, body: { why: 'returned', uid: 'u1', paidFen: 0 } });
  });

  it('is handed over otherwise where the card is gone, and then leaves the card alone', () => {
    put({ balanceFen: 300, state: 'cancelled' });
    const id = approved({ billId: paidByCard('鲁B12345') }, 200);
    expect(reasonOf(() => world.payments.refunds.done(id, undefined, ANNA))).toBe('card-gone');
    expect(world.payments.refunds.done(id, 'cash', ANNA).state).toBe('done');
    expect(balance()).toBe(300);
  });

  it('nothing else goes onto a card', () => {
    put({ balanceFen: 300 });
    const bill = world.arrive();
    world.cash();
    const id = approved({ billId: bill.id }, 200);
    expect(reasonOf(() => world.payments.refunds.done(id, 'card', ANNA))).toBe('not-by-card');
    expect(balance()).toBe(300);
  });
});

describe('a recharge of a card that was cancelled', () => {
  const from = { cardId: 'card1', orderNo: 'r1' };
  const ask = (amountFen: number, of = from) =>
    reasonOf(() => world.payments.refunds.request({ from: of, amountFen, reason: '注销' }, BOSS));

  it('is given back in cash from the drawer, up to what was paid and is left, and comes off the card', () => {
    recharge('r0', 200, 250);
    recharge('r1', 1000, 1300);
    expect(ask(100)).toBe('card-not-cancelled');
    put({ balanceFen: 900, state: 'cancelled' });
    expect(ask(100, { ...from, orderNo: 'other' })).toContain('没有这笔充值');
    expect(ask(901)).toBe('refund-too-much');
    const id = approved(from, 850);
    expect(ask(51, { ...from, orderNo: 'r0' })).toBe('refund-too-much');
    const shift = world.shifts().open({ booth: 'office', floatFen: 2000 }, { actor: ANNA, manager: false });
    const done = world.payments.refunds.done(id, undefined, ANNA);
    expect(done).toMatchObject({
      recharge: { cardId: 'card1', orderNo: 'station:r1' },
      method: 'cash',
      shiftId: shift.id,
    });
    expect(balance()).toBe(50);
    expect(world.store.read.shiftCash.sums(shift.id).refund).toBe(-850);
    expect(ask(51)).toBe('refund-too-much');
    expect(ask(50)).toBeUndefined();
  });

  it('never gives back more than was paid for it, however much the card holds', () => {
    recharge('r1', 1000, 1500);
    put({ balanceFen: 1500, state: 'cancelled' });
    expect(ask(1001)).toBe('refund-too-much');
    expect(ask(600)).toBeUndefined();
    expect(ask(401)).toBe('refund-too-much');
  });
});
