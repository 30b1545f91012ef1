import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { debtSchema } from '../../../shared/domain/registry.ts';
import { aStay, entered } from '../../support/events.ts';
import { at, CLERK, CLOUD, fakeClockAt, type World, world } from '../../support/registry.ts';

let park: World;
beforeEach(() => {
  park = world(fakeClockAt('2026-03-02 08:00:00'));
});
afterEach(() => park.dispose());

const period = { from: at('2026-03-02 06:00:00'), to: at('2026-03-02 20:00:00') };
const refused = (reason: string) => expect.objectContaining({ reason });

describe('bookings', () => {
  const inside = (enteredAt: number): void => {
    park.store.write((tx) => tx.record(entered('u1', { enteredAt })));
  };

  test('a car that came in within the period stands on the booking at once, told as one correction', () => {
    inside(at('2026-03-02 07:00:00'));
    const booking = park.bookings.put({ plate: '鲁B12345', ...period }, { immediate: true }, CLOUD);
    expect(booking.used).toBe(1);
    expect(park.store.read.stays.get('u1')?.terms).toMatchObject({
      kind: 'booking',
      id: booking.id,
      coveredFrom: period.from,
      coveredTo: period.to,
    });
    expect(park.bodies('stay-corrected')).toMatchObject([{ what: 'terms', before: { terms: { kind: 'temporary' } } }]);
    // The notice comes once more: the car is not booked in twice.
    expect(park.bookings.put({ plate: '鲁B12345', ...period }, { immediate: true }, CLOUD).used).toBe(1);
    expect(park.bodies('stay-corrected')).toHaveLength(1);
  });

  test('a car that came before the period, or is not asked about, stays temporary', () => {
    inside(at('2026-03-02 05:59:59'));
    park.bookings.put({ plate: '鲁B12345', ...period }, { immediate: true }, CLOUD);
    park.bookings.put({ plate: '鲁B12345', from: 0, to: period.to }, {}, CLOUD);
    expect(park.store.read.stays.get('u1')?.terms.kind).toBe('temporary');
  });

  test('a car that stands at a lane is refused there, and the booking is not made either', () => {
    inside(at('2026-03-02 07:00:00'));
    park.atLane.set('u1', '东门出口');
    const book = () => park.bookings.put({ plate: '鲁B12345', ...period }, { immediate: true }, CLOUD);
    expect(book).toThrow(/东门出口/);
    expect(park.bodies('booking-changed')).toEqual([]);
  });

  test('the same plate and period is one booking; changed, cancelled, and then it is over', () => {
    const first = park.bookings.put({ plate: '鲁B12345', ...period }, {}, CLERK);
    expect(park.bookings.put({ plate: '鲁b·12345', ...period }, {}, CLERK)).toEqual(first);
    expect(park.bookings.change(first.id, { passes: 'many' }, CLERK)).toMatchObject({ passes: 'many', to: period.to });
    expect(() => park.bookings.change(first.id, { to: 1 }, CLERK)).toThrow(refused('validity-reversed'));
    park.bookings.cancel(first.id, CLERK);
    expect(() => park.bookings.change(first.id, { passes: 'once' }, CLERK)).toThrow(refused('booking-cancelled'));
  });
});

test('a visitor: no limit unless one is set, changed field by field, announced twice once', () => {
  const first = park.visitors.put({ plate: '鲁B12345', ...period, host: '三楼' }, undefined, CLERK);
  expect(first).toMatchObject({ visitsLeft: null, freeMinutes: null });
  expect(park.visitors.change(first.id, { visitsLeft: 2 }, CLERK)).toMatchObject({ visitsLeft: 2, host: '三楼' });
  expect(park.visitors.change(first.id, { visitsLeft: null }, CLERK).visitsLeft).toBeNull();
  const seq = park.store.read.journal.last().seq;
  park.visitors.put({ plate: '鲁B12345', ...period }, undefined, CLERK);
  expect(park.store.read.journal.last().seq).toBe(seq);
});

describe('coupons', () => {
  const give = (merchantId: string, over: object = {}) =>
    park.merchants.give(
      { merchantId, plate: '鲁B12345', kind: 'amount', value: 500, validTo: at('2026-04-01'), ...over },
      CLERK,
    );

  test('a merchant gives no more than its quota; what is taken back may be given again', () => {
    const shop = park.merchants.put({ name: '超市', couponsLeft: 1 }, null, CLERK);
    const coupon = give(shop.id);
    expect(park.store.read.merchants.get(shop.id)?.couponsLeft).toBe(0);
    expect(() => give(shop.id)).toThrow(refused('quota-used-up'));
    park.merchants.cancel(coupon.id, CLERK);
    expect(park.store.read.merchants.get(shop.id)?.couponsLeft).toBe(1);
    park.merchants.cancel(coupon.id, CLERK);
    expect(park.store.read.merchants.get(shop.id)?.couponsLeft).toBe(1);
  });

  test('a coupon that was used cannot be taken back, and the same number is one coupon', () => {
    const shop = park.merchants.put({ name: '超市', couponsLeft: 5 }, null, CLERK);
    const coupon = give(shop.id, { id: 'C-1' });
    expect(give(shop.id, { id: 'C-1' })).toEqual(coupon);
    expect(park.store.read.merchants.get(shop.id)?.couponsLeft).toBe(4);
    expect(() => give(shop.id, { id: 'C-1', value: 900 })).toThrow(refused('coupon-exists'));
    park.store.write((tx) =>
      tx.record({
        ...{ kind: 'coupon-changed', key: null, laneId: null, passageId: null, actor: CLERK },
        body: { change: 'updated', coupon: { ...coupon, state: 'used', uid: 'u1' } },
      }),
    );
    expect(() => park.merchants.cancel('C-1', CLERK)).toThrow(refused('coupon-used'));
  });

  test.each([
    ['amount', 0],
    ['rate', 101],
    ['rate', 0],
    ['free', 5],
    ['minutes', 100_001],
  ])('refuses %s of %i', (kind, value) => {
    const shop = park.merchants.put({ name: '超市' }, null, CLERK);
    expect(() => give(shop.id, { kind, value })).toThrow(refused('bad-value'));
  });

  test('a suspended merchant, one without money left and an unknown one give nothing', () => {
    const shop = park.merchants.put({ name: '超市', amountLeftFen: 0 }, null, CLERK);
    expect(() => give(shop.id)).toThrow(refused('quota-used-up'));
    park.merchants.put({ amountLeftFen: null, state: 'suspended' }, shop.id, CLERK);
    expect(() => give(shop.id)).toThrow(refused('merchant-suspended'));
    expect(() => give('nobody')).toThrow('没有这个商户');
    expect(() => park.merchants.put({ name: '超市' }, null, CLERK)).toThrow(refused('name-taken'));
  });

  test('however coupons are given and taken back, given and left always add up to the quota', () => {
    const quota = 5;
    let turn = 0;
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 9 }), { maxLength: 25 }), (steps) => {
        const shop = park.merchants.put({ name: `店${turn++}`, couponsLeft: quota }, null, CLERK);
        const given: string[] = [];
        for (const step of steps)
          try {
            if (step < 6) given.push(give(shop.id).id);
            else park.merchants.cancel(given[step % Math.max(1, given.length)] ?? 'none', CLERK);
          } catch {
            // Refused: no quota left, or there was nothing to take back.
          }
        const page = { merchantId: shop.id, state: 'given', offset: 0, limit: 1 };
        const { total } = park.store.read.coupons.search(page);
        expect(total + (park.store.read.merchants.get(shop.id)?.couponsLeft ?? -1)).toBe(quota);
        expect(total).toBeLessThanOrEqual(quota);
      }),
      { numRuns: 30 },
    );
  });
});

describe('debts', () => {
  test("a platform's debt is put and removed by it, and the same notice changes nothing", () => {
    const notice = { plate: '鲁B12345', amountFen: 1500, since: at('2026-02-01'), reason: '他场欠费' };
    const debt = park.debts.put(notice, 'D1', CLOUD);
    expect(debt).toMatchObject({ id: 'D1', state: 'open', source: 'keytop', intercept: 'none' });
    const seq = park.store.read.journal.last().seq;
    park.debts.put(notice, 'D1', CLOUD);
    expect(park.store.read.journal.last().seq).toBe(seq);
    expect(park.debts.removeOf('D1', { kind: 'platform', name: 'vanke' })).toBe(false);
    expect(park.debts.removeOf('D1', CLOUD)).toBe(true);
    expect(park.debts.removeOf('D1', CLOUD)).toBe(false);
    expect(park.store.read.debts.open('鲁B12345')).toEqual([]);
  });

  test('letting go of a debt of ours frees its stay as well, with the reason in both', () => {
    const stay = aStay('u1', {
      status: 'left',
      exitedAt: at('2026-03-01'),
      chargeFen: 1000,
      dueFen: 1000,
      owedFen: 1000,
    });
    const debt = debtSchema.parse({
      ...{ id: 'd1', uid: 'u1', plate: '鲁B12345', amountFen: 1000, paidFen: 0, since: 1, reason: '欠费离场' },
      ...{ intercept: 'none', state: 'open', source: 'x', updatedAt: 1 },
    });
    park.store.write((tx) => {
      tx.record(entered('u1'));
      tx.stays.put(stay);
      tx.debts.put(debt);
    });
    expect(() => park.debts.put({ plate: '鲁B12345', amountFen: 1 }, 'd1', CLERK)).toThrow(refused('own-debt'));
    expect(park.debts.cancel('d1', '领导批准', CLERK).state).toBe('cancelled');
    expect(park.store.read.stays.get('u1')).toMatchObject({ owedFen: 0, waivedFen: 1000 });
    expect(park.bodies('stay-corrected')).toMatchObject([{ what: 'fee', reason: '领导批准' }]);
    park.debts.cancel('d1', '再次', CLERK);
    expect(park.bodies('stay-corrected')).toHaveLength(1);
    // A list that still names it does not bring it back.
    expect(park.debts.put({ plate: '鲁B12345', amountFen: 1000 }, 'd1', CLERK).state).toBe('cancelled');
  });
});

test('an agreement is one per platform, plate, kind and stay', () => {
  const general = { platform: 'cmb', plate: '鲁B12345', kind: 'auto-pay' } as const;
  const first = park.agreements.put(general, CLOUD);
  expect(park.agreements.put({ ...general, limitFen: 5000 }, CLOUD)).toMatchObject({ id: first.id, limitFen: 5000 });
  park.agreements.put({ ...general, uid: 'u1' }, CLOUD);
  expect(park.store.read.agreements.ofPlate('鲁B12345')).toHaveLength(2);
  expect(park.agreements.remove({ ...general, uid: 'u1' }, CLOUD)).toBe(true);
  expect(park.agreements.remove({ ...general, uid: 'u1' }, CLOUD)).toBe(false);
  expect(park.store.read.agreements.ofPlate('鲁B12345')).toMatchObject([{ id: first.id }]);
});
