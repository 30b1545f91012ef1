import { describe, expect, it } from 'vitest';
import { BOTH, IN, INNER_IN, INNER_OUT, LaneWorld, OUT } from '../../support/lane-world.ts';
import {
  A,
  agreement,
  attention,
  billAt,
  booking,
  card,
  cash,
  coupon,
  debt,
  exited,
  given,
  HOUR,
  MINUTE,
  quiet,
  START,
  user,
  visitor,
} from './given.ts';
import { asks, fee, outside, says } from './priced-lane.ts';

describe('an exit whose price comes from outside', () => {
  it('asks before it decides, and takes what is said as what is still to pay', () => {
    const world = outside();
    world.car(OUT, A);
    expect(world.state(OUT)).toMatchObject({ phase: 'pricing', passage: { attention: null, bill: null } });
    expect(world.opens(OUT)).toBe(0);
    says(world, fee(1200));
    expect(billAt(world)).toMatchObject({ tariffId: 'keytop', chargeFen: 1200, dueFen: 1200, minutes: 90 });
    world.must(OUT, cash(1200));
    expect(exited(world)).toMatchObject({
      how: 'paid',
      stay: { chargeFen: 1200, paidFen: 1200, owedFen: 0, waivedFen: 0 },
    });
    expect(exited(world).feeUnknown).toBeUndefined();
  });

  it('opens when they say 0', () => {
    const world = outside();
    world.car(OUT, A);
    says(world, fee(0));
    expect(world.opens(OUT)).toBe(1);
    expect(exited(world)).toMatchObject({ how: 'free', stay: { chargeFen: 0 } });
  });

  it('is 0 without a question for who owes nothing by its terms', () => {
    const cases: readonly ((world: LaneWorld) => void)[] = [
      (world) => given(world, { cards: [card()] }),
      (world) => given(world, { bookings: [booking()] }),
      (world) => given(world, { visitors: [visitor()] }),
      (world) => world.list(A, 'white'),
    ];
    for (const prepare of cases) {
      const world = new LaneWorld();
      prepare(world);
      outside(90, world);
      world.car(OUT, A);
      expect(world.opens(OUT)).toBe(1);
      expect(exited(world).stay.chargeFen).toBe(0);
      expect(exited(world).feeUnknown).toBeUndefined();
    }
  });

  it('asks about a card that ended while the car was inside', () => {
    const world = given(new LaneWorld(), { cards: [card({ validTo: START + HOUR })] });
    outside(90, world);
    world.car(OUT, A);
    expect(asks(world)).toBe(true);
  });

  it('lets a car that has paid leave in time without a question, and asks what more is due afterwards', () => {
    for (const [minutes, asked] of [
      [10, false],
      [60, true],
    ] as const) {
      const world = outside();
      const stay = world.inside(A);
      if (!stay) throw new Error('not inside');
      world.stays.set(stay.uid, { ...stay, paidFen: 1000, chargeFen: 1000, dueFen: 1000, lastPaidAt: world.now });
      world.now += minutes * MINUTE;
      world.car(OUT, A);
      expect(asks(world)).toBe(asked);
      if (!asked) {
        expect(exited(world)).toMatchObject({ how: 'paid', stay: { chargeFen: 1000, paidFen: 1000 } });
        continue;
      }
      says(world, fee(300));
      expect(billAt(world)).toMatchObject({ chargeFen: 1300, paidFen: 1000, dueFen: 300 });
    }
  });

  it('takes off the coupons of merchants and the grants of people, and not again what the platform granted itself', () => {
    const world = outside();
    const stay = world.inside(A);
    if (!stay) throw new Error('not inside');
    const grant = { kind: 'amount', value: 400, maxFen: null, minimumFen: 0, couponId: null, grantedAt: 0 } as const;
    world.stays.set(stay.uid, {
      ...stay,
      discounts: [
        { ...grant, id: 'g1', origin: 'keytop（会员）', originKind: 'platform' },
        { ...grant, id: 'g2', value: 200, origin: '李四（投诉）', originKind: 'user' },
      ],
    });
    world.coupons.set('q1', coupon());
    world.merchants.set('m1', {
      ...{ id: 'm1', name: '超市', couponsLeft: null, amountLeftFen: null, state: 'active', updatedAt: 0 },
    });
    world.car(OUT, A);
    says(world, fee(1200));
    expect(billAt(world)).toMatchObject({ chargeFen: 1200, discountFen: 500, dueFen: 700 });
    expect(billAt(world)?.discounts.map(({ discount }) => discount.id)).toEqual(['coupon-q1', 'g2']);
  });

  it('values free minutes at their share of the price', () => {
    const world = outside(90);
    world.coupons.set('q1', coupon({ kind: 'minutes', value: 30 }));
    world.merchants.set('m1', {
      ...{ id: 'm1', name: '超市', couponsLeft: null, amountLeftFen: null, state: 'active', updatedAt: 0 },
    });
    world.car(OUT, A);
    says(world, fee(1000));
    expect(billAt(world)).toMatchObject({ chargeFen: 1000, discountFen: 333, dueFen: 667 });
  });

  it('keeps the price through a look at the amount, and through a part payment', () => {
    const world = outside(90, new LaneWorld({ verifyAboveFen: 1000 }));
    world.car(OUT, A);
    says(world, fee(1200));
    expect(attention(world)).toBe('amount-check');
    world.must(OUT, { type: 'approve', reason: null, actor: user });
    expect(billAt(world)).toMatchObject({ dueFen: 1200 });
    world.must(OUT, cash(500, { part: true }));
    expect(billAt(world)).toMatchObject({ chargeFen: 1200, paidFen: 500, dueFen: 700 });
    world.must(OUT, cash(700));
    expect(exited(world).stay).toMatchObject({ chargeFen: 1200, paidFen: 1200 });
  });

  it('says first what stops the car whatever it comes to', () => {
    const world = given(outside(), { debts: [debt({ intercept: 'exit' })] });
    world.car(OUT, A);
    expect(attention(world)).toBe('arrears');
    world.must(OUT, { type: 'approve', reason: '已告知', actor: user });
    expect(asks(world)).toBe(true);
    says(world, fee(0));
    expect(billAt(world)).toMatchObject({ dueFen: 0, arrears: [{ amountFen: 700 }] });
  });

  it('lets a car go that is charged after it has left, for what they said', () => {
    const world = given(outside(), { agreements: [agreement()] });
    world.car(OUT, A);
    says(world, fee(1200));
    expect(exited(world)).toMatchObject({ how: 'departure-pay', stay: { chargeFen: 1200, owedFen: 1200 } });
  });

  it('takes the price from the balance of a stored-value card', () => {
    const world = given(new LaneWorld(), { cards: [card({ type: 'stored-value', balanceFen: 5000 })] });
    outside(90, world);
    world.car(OUT, A);
    expect(asks(world)).toBe(true);
    says(world, fee(1200));
    expect(exited(world)).toMatchObject({ how: 'paid', stay: { paidFen: 1200 } });
    expect(world.cards.get('c1')?.balanceFen).toBe(3800);
  });

  it('asks nobody between two areas', () => {
    const world = new LaneWorld();
    world.pricedBy = 'keytop';
    world.car(IN, A);
    world.now += 10 * MINUTE;
    world.car(INNER_IN, A);
    world.now += 10 * MINUTE;
    world.car(INNER_OUT, A);
    expect(asks(world, INNER_OUT)).toBe(false);
    world.now += 10 * MINUTE;
    world.car(OUT, A);
    expect(asks(world)).toBe(true);
  });

  it('asks on a lane for both ways when the car leaves', () => {
    const world = new LaneWorld();
    world.pricedBy = 'keytop';
    world.car(BOTH, A);
    expect(world.opens(BOTH)).toBe(1);
    quiet(world, BOTH);
    world.now += 2 * HOUR;
    world.car(BOTH, A);
    expect(asks(world, BOTH)).toBe(true);
    says(world, fee(900), BOTH);
    expect(billAt(world, BOTH)).toMatchObject({ dueFen: 900 });
  });

  it('changes nothing where our own tariffs price', () => {
    const world = outside();
    world.pricedBy = null;
    world.car(OUT, A);
    expect(billAt(world)).toMatchObject({ tariffId: 't', dueFen: 1000 });
    expect(world.state(OUT).passage?.price).toBeNull();
  });
});
