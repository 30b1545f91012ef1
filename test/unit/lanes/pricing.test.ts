import { describe, expect, it } from 'vitest';
import type { LaneInput } from '../../../electron/station/lanes/step.ts';
import type { FeeAnswer } from '../../../electron/station/payments/fee-source.ts';
import { BOTH, IN, INNER_IN, INNER_OUT, LaneWorld, OUT, plate } from '../../support/lane-world.ts';
import {
  A,
  agreement,
  attention,
  B,
  billAt,
  booking,
  card,
  cash,
  coupon,
  debt,
  exited,
  given,
  HOUR,
  last,
  MINUTE,
  payment,
  quiet,
  release,
  START,
  user,
  visitor,
  withdraw,
} from './given.ts';
import { hold } from './platform-lane.ts';

/** 第三方计费 at an exit: somebody else says what a stay costs. */

const outside = (minutes = 90, world = new LaneWorld()): LaneWorld => {
  world.pricedBy = 'keytop';
  world.car(IN, A);
  world.now += minutes * MINUTE;
  return world;
};
const fee = (toPayFen: number): FeeAnswer => ({ kind: 'fee', toPayFen });
const FAILED: FeeAnswer = { kind: 'failed', reason: '没有应答' };
const says = (world: LaneWorld, answer: FeeAnswer, lane = OUT) => {
  const { passage } = world.state(lane);
  const input = { type: 'priced', passageId: passage?.id ?? '', question: passage?.price?.question ?? 0, answer } as const;
  return world.must(lane, input);
};
const refresh: LaneInput = { type: 'refresh', actor: user };
const amount = (amountFen: number): LaneInput => ({ type: 'fixed-fee', amountFen, reason: '第三方系统故障', actor: user });
const asks = (world: LaneWorld, lane = OUT): boolean => world.state(lane).phase === 'pricing';

describe('an exit whose price comes from outside', () => {
  it('asks before it decides, and takes what is said as what is still to pay', () => {
    const world = outside();
    world.car(OUT, A);
    expect(world.state(OUT)).toMatchObject({ phase: 'pricing', passage: { attention: null, bill: null } });
    expect(world.opens(OUT)).toBe(0);
    says(world, fee(1200));
    expect(billAt(world)).toMatchObject({ tariffId: 'keytop', chargeFen: 1200, dueFen: 1200, minutes: 90 });
    world.must(OUT, cash(1200));
    expect(exited(world)).toMatchObject({ how: 'paid', stay: { chargeFen: 1200, paidFen: 1200, owedFen: 0, waivedFen: 0 } });
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

describe('nobody tells the price', () => {
  const silent = (world = outside()): LaneWorld => {
    world.car(OUT, A);
    says(world, FAILED);
    return world;
  };

  it('holds the car for a person, and is written down', () => {
    const world = silent();
    expect(attention(world)).toBe('fee-unknown');
    expect(world.opens(OUT)).toBe(0);
    expect(last(world, 'passage-waiting')).toMatchObject({ reason: 'fee-unknown' });
  });

  it('is no matter to be waved through', () => {
    const world = silent();
    expect(world.feed(OUT, { type: 'approve', reason: '放行', actor: user })).toEqual({ refused: 'nothing-to-approve' });
  });

  it('asks again when the attendant wants it', () => {
    const world = silent();
    world.must(OUT, refresh);
    expect(asks(world)).toBe(true);
    says(world, FAILED);
    expect(attention(world)).toBe('fee-unknown');
    world.must(OUT, refresh);
    says(world, fee(800));
    expect(billAt(world)).toMatchObject({ dueFen: 800 });
  });

  it('takes the amount that a person enters as what is still to pay, with a name beside it', () => {
    const world = outside();
    const stay = world.inside(A);
    if (!stay) throw new Error('not inside');
    world.stays.set(stay.uid, { ...stay, paidFen: 500, chargeFen: 500, dueFen: 500, lastPaidAt: world.now - 60 * MINUTE });
    silent(world);
    expect(world.feed(OUT, amount(0))).toEqual({ refused: 'amount-differs' });
    world.must(OUT, amount(1500));
    expect(billAt(world)).toMatchObject({ tariffId: 'fixed', chargeFen: 2000, paidFen: 500, dueFen: 1500 });
    const approved = world.events.findLast(({ kind }) => kind === 'passage-approved');
    expect(approved).toMatchObject({ actor: user, body: { attention: 'fee-unknown' } });
    expect(last(world, 'passage-approved').reason).toBe('核定金额 15.00 元：第三方系统故障');
    expect(world.cases()).not.toContain('no-entry');
    world.must(OUT, cash(1500));
    expect(exited(world).feeUnknown).toBeUndefined();
    expect(exited(world).stay).toMatchObject({ chargeFen: 2000, paidFen: 2000 });
  });

  it('asks anew after an amount that a person takes back', () => {
    const world = silent();
    world.must(OUT, amount(1500));
    world.must(OUT, refresh);
    expect(asks(world)).toBe(true);
    expect(last(world, 'bill-voided')).toMatchObject({ reason: 'made-anew' });
    says(world, fee(700));
    expect(billAt(world)).toMatchObject({ dueFen: 700 });
  });

  it('can be released, and the exit says that nobody knows the fee', () => {
    const world = silent();
    world.must(OUT, release());
    expect(world.opens(OUT)).toBe(1);
    expect(exited(world)).toMatchObject({ how: 'released', feeUnknown: true, reason: '特种车辆', stay: { status: 'left', chargeFen: 0 } });
  });

  it('is cancelled like any other', () => {
    const world = silent();
    world.must(OUT, { type: 'cancel', reason: '掉头', actor: user });
    expect(world.state(OUT).phase).toBe('idle');
    expect(world.inside(A)).not.toBeNull();
  });

  it('says so of a car that drives through a held arm, and somebody looks at it', () => {
    const world = outside();
    hold(world, OUT);
    world.car(OUT, A);
    expect(exited(world)).toMatchObject({ how: 'held-open', feeUnknown: true });
    expect(world.cases()).toContain('left-while-held');
  });

  it('turns back', () => {
    const world = silent();
    world.must(OUT, release());
    world.must(OUT, withdraw);
    expect(world.inside(A)).not.toBeNull();
    world.now += 2 * MINUTE;
    world.car(OUT, A);
    expect(asks(world)).toBe(true);
  });
});

describe('while they are asked', () => {
  it('a later read is the same car, and another one waits behind it', () => {
    const world = outside();
    world.car(OUT, A);
    const before = world.state(OUT);
    world.now += 5000;
    world.car(OUT, A);
    expect(world.state(OUT).passage?.price).toBe(before.passage?.price);
    world.car(OUT, B);
    expect(world.state(OUT)).toMatchObject({ phase: 'pricing', waiting: [{ plate: { text: B } }] });
  });

  it('an answer after the attendant decided changes nothing', () => {
    for (const decide of [release(), amount(900), { type: 'cancel', reason: '掉头', actor: user } as const]) {
      const world = outside();
      world.car(OUT, A);
      const { passage } = world.state(OUT);
      const late = { type: 'priced', passageId: passage?.id ?? '', question: 1, answer: fee(100) } as const;
      world.must(OUT, decide);
      const before = world.state(OUT);
      const told = world.events.length;
      world.must(OUT, late);
      expect(world.state(OUT)).toBe(before);
      expect(world.events).toHaveLength(told);
    }
  });

  it('an answer to an earlier question, or for another car, changes nothing', () => {
    const world = outside();
    world.car(IN, B);
    world.now += MINUTE;
    world.car(OUT, A);
    const { passage } = world.state(OUT);
    const early = { type: 'priced', passageId: passage?.id ?? '', question: 1, answer: fee(0) } as const;
    // The camera misread it: it is the other car, and that one's price is asked for.
    world.must(OUT, { type: 'correct-plate', plate: plate(B), actor: user });
    expect(asks(world)).toBe(true);
    world.must(OUT, early);
    expect(asks(world)).toBe(true);
    expect(world.opens(OUT)).toBe(0);
    says(world, fee(600));
    expect(billAt(world)).toMatchObject({ dueFen: 600, uid: world.inside(B)?.uid });
  });

  it('money that comes for it is counted against what they say', () => {
    const world = outside();
    world.car(OUT, A);
    const stay = world.inside(A);
    if (!stay) throw new Error('not inside');
    // By phone, for a bill that was made before.
    world.stays.set(stay.uid, { ...stay, paidFen: 400, chargeFen: 400, dueFen: 400 });
    says(world, fee(1000));
    expect(billAt(world)).toMatchObject({ chargeFen: 1000, paidFen: 400, dueFen: 600 });
  });

  it('a failure is no matter once everything was paid', () => {
    const world = outside();
    world.car(OUT, A);
    const stay = world.inside(A);
    if (!stay) throw new Error('not inside');
    world.stays.set(stay.uid, { ...stay, paidFen: 400, chargeFen: 400, dueFen: 400, lastPaidAt: world.now });
    says(world, FAILED);
    expect(exited(world)).toMatchObject({ how: 'paid', stay: { chargeFen: 400 } });
  });

  it('a declined payment does not ask anew', () => {
    const world = outside();
    world.car(OUT, A);
    says(world, fee(1200));
    const before = world.state(OUT);
    world.must(OUT, { type: 'let-go', billId: billAt(world)?.id ?? '' });
    expect(world.state(OUT)).toBe(before);
    world.must(OUT, { type: 'paid', billId: billAt(world)?.id ?? '', payment: payment(1200), actor: user });
    expect(exited(world).stay.paidFen).toBe(1200);
  });
});
