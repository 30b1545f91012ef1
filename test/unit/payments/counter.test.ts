import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { ANNA, Bank, BOSS, PayWorld, reasonOf } from './pay-world.ts';

let world: PayWorld;
const start = (...args: ConstructorParameters<typeof PayWorld>): PayWorld => {
  world = new PayWorld(...args);
  return world;
};
afterEach(() => world.dispose());

const push = (over: object = {}) => ({
  uid: 'u1',
  reference: 'r1',
  amountFen: 500,
  method: 'alipay' as const,
  via: 'keytop',
  paidAt: world.clock.now(),
  ...over,
});

describe('paying inside', () => {
  it('bills a car inside, returns the same bill while it holds, takes cash with change, and then lets it leave in time', async () => {
    start([]);
    const { prepayments } = world.payments;
    const made = prepayments.bill({ uid: 'u1' }, ANNA);
    if (made.kind !== 'bill') throw new Error('nothing due');
    expect(made.bill).toMatchObject({ scene: 'prepaid', dueFen: 500, validUntil: world.clock.now() + 5 * 60_000 });
    expect(prepayments.bill({ plate: '鲁B12345' }, ANNA)).toEqual(made);
    expect(prepayments.pay(made.bill.id, { method: 'cash', receivedFen: 1000 }, ANNA)).toMatchObject({
      changeFen: 500,
      rest: null,
    });
    expect(world.stay()).toMatchObject({ status: 'inside', paidFen: 500, lastPaidAt: world.clock.now() });
    const graceUntil = world.clock.now() + 15 * 60_000;
    expect(prepayments.bill({ uid: 'u1' }, ANNA)).toMatchObject({ kind: 'nothing-due', graceUntil });
    await world.clock.advance(16 * 60_000);
    world.feeFen = 800;
    expect(prepayments.bill({ uid: 'u1' }, ANNA)).toMatchObject({ kind: 'bill', bill: { dueFen: 300, paidFen: 500 } });
  });

  it('makes an expired bill anew and refuses money for the old one', async () => {
    start([]);
    const { prepayments, notices } = world.payments;
    const first = prepayments.bill({ uid: 'u1' }, ANNA);
    if (first.kind !== 'bill') throw new Error('nothing due');
    await world.clock.advance(6 * 60_000);
    expect(reasonOf(() => prepayments.pay(first.bill.id, { method: 'cash', receivedFen: 500 }, ANNA))).toBe(
      'bill-expired',
    );
    expect(reasonOf(() => notices.notify(push({ billId: first.bill.id })))).toBe('bill-expired');
    const second = prepayments.bill({ uid: 'u1' }, ANNA);
    expect(second).toMatchObject({ kind: 'bill' });
    expect(world.store.read.bills.get(first.bill.id)?.state).toBe('void');
    // Paid in time, told late.
    expect(notices.notify(push({ reference: 'r3', paidAt: world.clock.now() })).state).toBe('paid');
  });

  it('takes a part, and the rest stays due on a bill of its own', () => {
    start([]);
    const { prepayments } = world.payments;
    const made = prepayments.bill({ uid: 'u1' }, ANNA);
    if (made.kind !== 'bill') throw new Error('nothing due');
    expect(reasonOf(() => prepayments.pay(made.bill.id, { method: 'pos', receivedFen: 600 }, ANNA))).toBe(
      'amount-differs',
    );
    const paid = prepayments.pay(made.bill.id, { method: 'cash', receivedFen: 200, partFen: 200 }, ANNA);
    expect(paid.rest).toMatchObject({ dueFen: 300, state: 'open' });
    prepayments.pay(paid.rest?.id ?? '', { method: 'cash', receivedFen: 300 }, ANNA);
    expect(world.store.read.payments.sumOfStay('u1')).toBe(500);
    expect(world.stay()).toMatchObject({ paidFen: 500, chargeFen: 500 });
  });

  it('settles a bill that stands at a lane through the lane', () => {
    start([]);
    const bill = world.arrive();
    world.payments.prepayments.pay(bill.id, { method: 'pos', receivedFen: 500 }, ANNA);
    expect(world.standing).toBeNull();
    expect(world.store.read.payments.get(bill.id)).toMatchObject({ method: 'pos', operator: 'anna' });
  });
});

describe('discounts by people', () => {
  const grant = { kind: 'amount' as const, value: 300, maxFen: null, minimumFen: 0, reason: '投诉' };
  it('keeps attendants within their limit, all grants together', () => {
    start([]);
    const { grants } = world.payments;
    grants.grant('u1', grant, ANNA, 500);
    expect(reasonOf(() => grants.grant('u1', grant, ANNA, 500))).toBe('discount-too-much');
    expect(reasonOf(() => grants.grant('u1', { ...grant, kind: 'free' }, ANNA, 500))).toBe('discount-too-much');
    expect(grants.grant('u1', grant, BOSS, null).discounts.map((each) => each.origin)).toEqual([
      'anna（投诉）',
      'boss（投诉）',
    ]);
  });

  it('has the bill made anew: at the lane by the lane, inside by the next request', () => {
    start([]);
    world.arrive();
    world.payments.grants.grant('u1', grant, BOSS, null);
    expect(world.refreshed).toEqual(['out']);
    world.dispose();
    start([]);
    const made = world.payments.prepayments.bill({ uid: 'u1' }, ANNA);
    world.payments.grants.grant('u1', grant, BOSS, null);
    expect(made.kind === 'bill' && world.store.read.bills.get(made.bill.id)?.state).toBe('void');
  });
});

describe('refunds', () => {
  const paidCash = (): string => {
    const bill = world.arrive();
    world.cash();
    return bill.id;
  };

  it('needs a second person, never exceeds the payment, and is done once', () => {
    start([]);
    const billId = paidCash();
    const { refunds } = world.payments;
    const refund = refunds.request({ from: { billId }, amountFen: 300, reason: '多收' }, BOSS);
    expect(reasonOf(() => refunds.request({ from: { billId }, amountFen: 201, reason: '多收' }, BOSS))).toBe(
      'refund-too-much',
    );
    expect(reasonOf(() => refunds.approve(refund.id, BOSS, false))).toBe('own-refund');
    expect(reasonOf(() => refunds.done(refund.id, undefined, ANNA))).toBe('refund-state');
    refunds.approve(refund.id, { kind: 'user', name: 'chief' }, false);
    expect(refunds.done(refund.id, undefined, ANNA)).toMatchObject({
      state: 'done',
      method: 'cash',
      decidedBy: 'chief',
    });
    expect(reasonOf(() => refunds.done(refund.id, undefined, ANNA))).toBe('refund-state');
  });

  it('whatever is asked, rejected and asked again: what is given back is never more than was paid', () => {
    const step = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        start([]);
        const billId = paidCash();
        const { refunds } = world.payments;
        for (const [amountFen, approve] of steps) {
          if (reasonOf(() => refunds.request({ from: { billId }, amountFen, reason: 'x' }, ANNA))) continue;
          const asked = world.store.read.refunds.ofStay('u1').at(-1);
          if (approve) refunds.approve(asked?.id ?? '', BOSS, false);
          else refunds.reject(asked?.id ?? '', BOSS, false);
        }
        const given = world.store.read.refunds.ofStay('u1').filter((each) => each.state === 'approved');
        expect(given.reduce((sum, each) => sum + each.amountFen, 0)).toBeLessThanOrEqual(500);
        world.dispose();
      }),
      { numRuns: 20 },
    );
    start([]);
  });

  it('is carried out by the channel, asked again while it does not answer, also after a restart', async () => {
    const cmb = new Bank('cmb');
    start([cmb]);
    const bill = world.arrive();
    await world.clock.advance(100);
    const refund = world.payments.refunds.request({ from: { billId: bill.id }, amountFen: 500, reason: '误收' }, ANNA);
    cmb.fault = () => 'lost-answer';
    world.payments.refunds.approve(refund.id, BOSS, false);
    await world.clock.advance(11_000);
    expect(reasonOf(() => world.payments.refunds.done(refund.id, 'cash', ANNA))).toBe('refund-under-way');
    cmb.fault = () => 'none';
    cmb.unsure = true;
    await world.clock.advance(30_000);
    expect(world.store.read.refunds.get(refund.id)?.state).toBe('approved');
    cmb.unsure = false;
    world.restart();
    await world.clock.advance(1_000);
    expect(world.store.read.refunds.get(refund.id)?.state).toBe('done');
    expect(cmb.keptFen()).toBe(0);
  });
});

describe('a payment taken back at the lane', () => {
  it('goes back by its channel at once; where that refuses, a manager refunds it', async () => {
    const cmb = new Bank('cmb');
    cmb.reverses = false;
    start([cmb]);
    const bill = world.arrive();
    await world.clock.advance(100);
    const taken = { uid: 'u1', amountFen: 500, method: 'platform' as const, shiftId: null, reason: '未离场' };
    world.record({
      kind: 'payment-reversed',
      key: 'u1',
      laneId: 'out',
      passageId: null,
      actor: ANNA,
      body: { ...taken, billId: bill.id, stay: world.stay() },
    });
    await world.clock.advance(1_000);
    expect(world.attempts()).toEqual(['cmb paid']);
    expect(world.store.read.refunds.ofStay('u1')).toMatchObject([{ amountFen: 500, state: 'requested' }]);
    world.restart();
    await world.clock.advance(60_000);
    expect(world.cases()).toHaveLength(1);
    expect(cmb.calls.filter((call) => call === 'reverse')).toHaveLength(1);
  });

  it('goes back by its channel, also when the station died in between', async () => {
    const cmb = new Bank('cmb');
    start([cmb]);
    const bill = world.arrive();
    await world.clock.advance(100);
    world.payments.stop();
    world.record({
      kind: 'payment-reversed',
      key: 'u1',
      laneId: 'out',
      passageId: null,
      actor: ANNA,
      body: {
        billId: bill.id,
        stay: world.stay(),
        amountFen: 500,
        method: 'platform',
        shiftId: null,
        reason: '未离场',
      },
    });
    expect(cmb.keptFen()).toBe(500);
    world.restart();
    await world.clock.advance(1_000);
    expect(world.attempts()).toEqual(['cmb reversed']);
    expect(cmb.keptFen()).toBe(0);
  });
});

describe('cases', () => {
  it('has one owner at a time, ends with a resolution, and stays', () => {
    start([]);
    world.arrive();
    world.cash();
    world.payments.notices.notify(push());
    const [opened] = world.cases();
    const { cases } = world.payments;
    const id = opened?.id ?? '';
    cases.take(id, ANNA, false);
    expect(reasonOf(() => cases.take(id, BOSS, false))).toBe('case-taken');
    expect(cases.take(id, BOSS, true).owner).toBe('boss');
    cases.close(id, '已退款', { actor: BOSS, role: 'manager' });
    expect(reasonOf(() => cases.close(id, '又一次', { actor: BOSS, role: 'manager' }))).toBe('case-closed');
    world.payments.notices.notify(push());
    expect(world.cases()).toMatchObject([{ owner: 'boss', closedBy: 'boss', resolution: '已退款' }]);
  });
});
