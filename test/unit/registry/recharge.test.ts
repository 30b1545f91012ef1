import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RechargeOrder } from '../../../electron/station/registry/card-recharges.ts';
import { recharged } from '../../../electron/station/registry/recharge.ts';
import { type Card, type RechargePlan, rechargeUnitSchema } from '../../../shared/domain/registry.ts';
import type { CardType } from '../../../shared/domain/terms.ts';
import { shanghaiDateTime } from '../../../shared/domain/time.ts';
import { at, CLERK, CLOUD, fakeClockAt, type World, world } from '../../support/registry.ts';

let park: World;
beforeEach(() => {
  park = world(fakeClockAt('2026-03-02 08:00:00'));
});
afterEach(() => park.dispose());

let count = 0;
const card = (type: CardType, validTo = at('2026-03-31 23:59:59')): Card =>
  park.cards.create({ type, plates: [`鲁B${10_000 + count++}`], validFrom: at('2026-01-01'), validTo }, CLERK);

const order = (over: Partial<RechargeOrder>): RechargeOrder => ({
  what: { unit: 'months', amount: 1, gift: 0, paidFen: 30_000 },
  orderNo: null,
  from: 'now',
  method: 'cash',
  shiftId: null,
  ...over,
});

test('a valid card goes on from its end; an expired one from today or from its old end, and what lies between is not given away', () => {
  const { recharges } = park;
  expect(shanghaiDateTime(recharges.recharge(card('monthly').id, order({}), CLERK).validTo)).toBe(
    '2026-04-30 23:59:59',
  );
  const old = at('2026-01-31 23:59:59');
  const anew = recharges.recharge(card('monthly', old).id, order({}), CLERK);
  expect([shanghaiDateTime(anew.validFrom), shanghaiDateTime(anew.validTo)]).toEqual([
    '2026-03-02 08:00:00',
    '2026-04-01 23:59:59',
  ]);
  const back = recharges.recharge(card('monthly', old).id, order({ from: 'old-end' }), CLERK);
  expect([back.validFrom, shanghaiDateTime(back.validTo)]).toEqual([at('2026-01-01'), '2026-02-28 23:59:59']);
});

test('a plan gives its gift, so many times over, and the money stands in the event', () => {
  const fields: Omit<RechargePlan, 'id' | 'updatedAt'> = {
    ...{ name: '充300送50', type: 'stored-value', priceFen: 30_000, unit: 'money', amount: 30_000, gift: 5000 },
  };
  const plan = park.recharges.putPlan(fields, null, CLERK);
  const { id } = card('stored-value');
  const what = { planId: plan.id, quantity: 2 };
  expect(park.recharges.recharge(id, order({ what, orderNo: 'A1' }), CLERK).balanceFen).toBe(70_000);
  expect(park.bodies('card-changed').at(-1)).toMatchObject({ why: 'recharged', paidFen: 60_000, method: 'cash' });
  const wrong = order({ what: { ...what, paidFen: 1 } });
  expect(() => park.recharges.recharge(id, wrong, CLERK)).toThrow(
    expect.objectContaining({ reason: 'amount-mismatch' }),
  );
  expect(() => park.recharges.recharge(card('monthly').id, order({ what }), CLERK)).toThrow(
    expect.objectContaining({ reason: 'plan-of-another-type' }),
  );
});

test('the same order again changes nothing; its number for anything else is refused; another orderer counts for itself', () => {
  const { id } = card('monthly');
  const first = park.recharges.recharge(id, order({ orderNo: '77' }), CLOUD);
  const seq = park.store.read.journal.last().seq;
  expect(park.recharges.recharge(id, order({ orderNo: '77' }), CLOUD)).toEqual(first);
  expect(park.store.read.journal.last().seq).toBe(seq);
  const dearer = order({ orderNo: '77', what: { unit: 'months', amount: 2, gift: 0, paidFen: 60_000 } });
  for (const [cardId, other] of [
    [id, dearer],
    [card('monthly').id, order({ orderNo: '77' })],
  ] as const)
    expect(() => park.recharges.recharge(cardId, other, CLOUD)).toThrow(
      expect.objectContaining({ reason: 'order-number-used' }),
    );
  expect(park.recharges.recharge(id, order({ orderNo: '77' }), CLERK).validTo).toBeGreaterThan(first.validTo);
});

test.each([
  ['monthly', 'money'],
  ['monthly', 'hours'],
  ['stored-value', 'times'],
  ['counted', 'hours'],
] as const)('a %s card cannot be given %s', (type, unit) => {
  const what = { unit, amount: 1, gift: 0, paidFen: 0 };
  expect(() => park.recharges.recharge(card(type).id, order({ what }), CLERK)).toThrow(
    expect.objectContaining({ reason: 'wrong-unit' }),
  );
});

test('no card holds more than money can be, nor for longer than anybody plans; no shift, no cash', () => {
  const what = { unit: 'money', amount: 10_000_000, gift: 1, paidFen: 0 } as const;
  expect(() => park.recharges.recharge(card('stored-value').id, order({ what }), CLERK)).toThrow(
    expect.objectContaining({ reason: 'too-much' }),
  );
  const ages = { unit: 'months', amount: 9_999_999, gift: 0, paidFen: 0 } as const;
  expect(() => park.recharges.recharge(card('vip').id, order({ what: ages }), CLERK)).toThrow(
    expect.objectContaining({ reason: 'too-much' }),
  );
  expect(() => park.recharges.recharge(card('vip').id, order({ shiftId: 'none' }), CLERK)).toThrow(
    expect.objectContaining({ reason: 'no-open-shift' }),
  );
});

test('money came by some way, and not out of a card; the drawer is looked for when it comes, not when the order is repeated', () => {
  const { id } = card('monthly');
  for (const [method, reason] of [
    [null, 'method-missing'],
    ['card', 'wrong-method'],
  ] as const)
    expect(() => park.recharges.recharge(id, order({ method }), CLERK)).toThrow(expect.objectContaining({ reason }));
  const free = { unit: 'months', amount: 1, gift: 0, paidFen: 0 } as const;
  park.recharges.recharge(id, order({ method: null, what: free }), CLERK);
  let asked = 0;
  const counted = order({ orderNo: '9', shiftId: () => (asked++ === 0 ? null : 'over') });
  const once = park.recharges.recharge(id, counted, CLERK);
  expect(park.recharges.recharge(id, counted, CLERK)).toEqual(once);
  expect(asked).toBe(1);
});

test('a recharge never takes anything away and touches nothing but what was bought', () => {
  const base = card('monthly');
  const now = park.clock.now();
  fc.assert(
    fc.property(
      fc.constantFrom(...rechargeUnitSchema.options),
      fc.integer({ min: 1, max: 500 }),
      fc.constantFrom('now' as const, 'old-end' as const),
      fc.integer({ min: -400, max: 400 }),
      (unit, amount, from, days) => {
        const before: Card = { ...base, validFrom: 0, validTo: now + days * 86_400_000 };
        const after = recharged(before, { unit, amount, from }, now);
        if (!after) throw new Error('refused');
        const time = unit === 'months' || unit === 'days';
        expect(after.validTo > before.validTo).toBe(time);
        expect(after.balanceFen - before.balanceFen).toBe(unit === 'money' ? amount : 0);
        expect(after.minutesLeft - before.minutesLeft).toBe(unit === 'hours' ? amount * 60 : 0);
        expect(after.timesLeft - before.timesLeft).toBe(unit === 'times' ? amount : 0);
        if (time && from === 'now') expect(after.validTo).toBeGreaterThan(now);
      },
    ),
  );
});
