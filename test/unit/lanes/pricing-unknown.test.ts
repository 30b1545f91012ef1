import { describe, expect, it } from 'vitest';
import { IN, type LaneWorld, OUT, plate } from '../../support/lane-world.ts';
import { A, attention, B, billAt, cash, exited, last, MINUTE, payment, release, user, withdraw } from './given.ts';
import { hold } from './platform-lane.ts';
import { amount, asks, FAILED, fee, outside, refresh, says } from './priced-lane.ts';

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
    expect(world.feed(OUT, { type: 'approve', reason: '放行', actor: user })).toEqual({
      refused: 'nothing-to-approve',
    });
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
    world.stays.set(stay.uid, {
      ...stay,
      paidFen: 500,
      chargeFen: 500,
      dueFen: 500,
      lastPaidAt: world.now - 60 * MINUTE,
    });
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
    expect(exited(world)).toMatchObject({
      how: 'released',
      feeUnknown: true,
      reason: '特种车辆',
      stay: { status: 'left', chargeFen: 0 },
    });
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
