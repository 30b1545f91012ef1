import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { isUnderWay } from '../../electron/station/payments/settlement.ts';
import { ConflictError } from '../../electron/station/runtime/errors.ts';
import { seeded } from '../support/random.ts';
import { ANNA, BOSS, Bank, type Fault, PayWorld } from '../unit/payments/pay-world.ts';

let world: PayWorld;
const start = (...args: ConstructorParameters<typeof PayWorld>): PayWorld => {
  world = new PayWorld(...args);
  return world;
};
afterEach(() => world.dispose());

const DAY = 86_400_000;
const reasonOf = (work: () => unknown): string | undefined => {
  try {
    work();
  } catch (error) {
    return error instanceof ConflictError ? error.reason : String(error);
  }
  return undefined;
};
const push = (over: object = {}) => ({
  uid: 'u1',
  reference: 'r1',
  amountFen: 500,
  method: 'alipay' as const,
  via: 'keytop',
  paidAt: world.clock.now(),
  ...over,
});

describe('an exit asks its channels', () => {
  it('settles with the first that pays, and asks no other', async () => {
    const [cmb, qingdao] = [new Bank('cmb'), new Bank('qingdao')];
    const { clock, store } = start([cmb, qingdao]);
    const bill = world.arrive();
    await clock.advance(100);
    expect(world.attempts()).toEqual(['cmb paid']);
    expect(qingdao.calls).toEqual([]);
    const attempt = store.read.attempts.ofBill(bill.id)[0];
    expect(store.read.payments.get(bill.id)).toMatchObject({
      paid_fen: 500,
      via: 'cmb',
      attempt_id: attempt?.id,
      reference: `cmb-${attempt?.id}`,
    });
    expect(attempt?.reference).toBe(`cmb-${attempt?.id}`);
  });

  it('asks the next when one declines', async () => {
    const [cmb, qingdao] = [new Bank('cmb'), new Bank('qingdao')];
    cmb.driver = 'declines';
    start([cmb, qingdao]);
    world.arrive();
    await world.clock.advance(100);
    expect(world.attempts()).toEqual(['cmb declined', 'qingdao paid']);
  });

  it('stores the attempt as sent before the request leaves', async () => {
    const cmb = new Bank('cmb');
    start([cmb]);
    const seen: string[] = [];
    cmb.fault = () => {
      seen.push(...world.attempts());
      return 'none';
    };
    world.arrive();
    await world.clock.advance(100);
    expect(seen).toEqual(['cmb sent']);
  });

  it('a lost answer is unknown: no other channel, asked again after 2 seconds, and settled by the truth', async () => {
    const [cmb, qingdao] = [new Bank('cmb'), new Bank('qingdao')];
    start([cmb, qingdao]);
    cmb.fault = () => 'lost-answer';
    world.arrive();
    await world.clock.advance(10_500);
    expect(world.attempts()).toEqual(['cmb unknown']);
    cmb.fault = () => 'none';
    await world.clock.advance(2_000);
    expect(world.attempts()).toEqual(['cmb paid']);
    expect(qingdao.calls).toEqual([]);
    expect(world.standing).toBeNull();
  });

  it('cash meanwhile: the unknown one is taken back, and where the channel refuses a manager refunds it', async () => {
    const cmb = new Bank('cmb');
    start([cmb]);
    cmb.fault = () => 'lost-answer';
    cmb.reverses = false;
    world.arrive();
    await world.clock.advance(10_500);
    cmb.fault = () => 'none';
    world.cash();
    expect(world.attempts()).toEqual(['cmb reversing']);
    await world.clock.advance(60_000);
    expect(world.attempts()).toEqual(['cmb paid']);
    expect(world.cases()).toMatchObject([{ kind: 'paid-twice', amountFen: 500, uid: 'u1' }]);
    expect(world.store.read.refunds.ofStay('u1')).toMatchObject([{ state: 'requested', amountFen: 500, billId: null }]);
  });

  it('a car that left owing: the unknown one turns out paid days later and settles the debt', async () => {
    const cmb = new Bank('cmb');
    start([cmb]);
    cmb.fault = () => 'lost-answer';
    world.arrive();
    await world.clock.advance(10_500);
    world.letGo(true);
    await world.clock.advance(DAY);
    expect(world.attempts()).toEqual(['cmb unknown']);
    cmb.fault = () => 'none';
    await world.clock.advance(DAY / 4);
    expect(world.attempts()).toEqual(['cmb paid']);
    expect(world.store.read.debts.ofStay('u1')).toMatchObject([{ state: 'paid', paidFen: 500 }]);
    expect(world.stay()).toMatchObject({ paidFen: 500, owedFen: 0 });
    expect(world.cases()).toEqual([]);
  });

  it('tells a person when the truth stays unknown, once', async () => {
    const cmb = new Bank('cmb');
    start([cmb]);
    cmb.fault = () => 'error';
    world.arrive();
    await world.clock.advance(5 * DAY);
    expect(world.cases()).toMatchObject([{ kind: 'unknown-payment', amountFen: 500 }]);
  });

  it('after a crash nothing is sent twice: what was written down is abandoned and asked anew', async () => {
    const cmb = new Bank('cmb');
    start([cmb]);
    world.arrive();
    world.restart();
    await world.clock.advance(100);
    expect(world.attempts()).toEqual(['cmb abandoned', 'cmb paid']);
    expect(cmb.calls).toEqual(['charge']);
    expect(cmb.keptFen()).toBe(500);
  });
});

describe('codes', () => {
  it('shows the same code again, and settles when the driver paid it', async () => {
    const qr = new Bank('qr', 'qr');
    start([qr]);
    const bill = world.arrive();
    const [shown] = await Promise.all([world.payments.desk.charge(bill.id, { channel: 'qr' }, ANNA), world.clock.advance(10)]);
    expect(shown.text).toBe(`pay:${shown.attempt.id}`);
    expect(await world.payments.desk.charge(bill.id, { channel: 'qr' }, ANNA)).toMatchObject({ text: shown.text });
    qr.pay(shown.attempt.id);
    await world.clock.advance(20_000);
    expect(world.attempts()).toEqual(['qr paid']);
    expect(world.standing).toBeNull();
  });

  it('refuses a scanned code while another try is open, unless the attendant decides', async () => {
    const [cmb, scan] = [new Bank('cmb'), new Bank('scan', 'scan')];
    cmb.fault = () => 'lost-question';
    start([cmb, scan]);
    const bill = world.arrive();
    await world.clock.advance(10_500);
    const { desk } = world.payments;
    const what = { channel: 'scan', authCode: '134567890123456789' };
    await expect(desk.charge(bill.id, what, ANNA)).rejects.toMatchObject({ reason: 'payment-under-way' });
    const charged = desk.charge(bill.id, { ...what, despiteUnknown: true }, ANNA);
    await world.clock.advance(50);
    expect((await charged).attempt.state).toBe('paid');
    expect(JSON.stringify(world.store.read.journal.page?.({ limit: 100 }) ?? world.attempts())).not.toContain('134567890123456789');
    cmb.fault = () => 'none';
    await world.clock.advance(60_000);
    expect(world.attempts()).toEqual(['cmb reversed', 'scan paid']);
    expect(scan.keptFen() + cmb.keptFen()).toBe(500);
  });
});

describe('notices of platforms', () => {
  it('settles once, however often it is told', () => {
    start([]);
    const bill = world.arrive();
    const attempt = world.payments.notices.notify(push());
    expect(attempt.state).toBe('paid');
    const before = world.store.read.journal.last().seq;
    expect(world.payments.notices.notify(push())).toEqual(attempt);
    expect(world.store.read.journal.last().seq).toBe(before);
    expect(world.store.read.payments.get(bill.id)).toMatchObject({ paid_fen: 500, via: 'keytop', reference: 'r1', method: 'alipay' });
  });

  it('refuses too little, and another amount under the same number', () => {
    start([]);
    world.arrive();
    expect(reasonOf(() => world.payments.notices.notify(push({ amountFen: 499 })))).toBe('amount-short');
    expect(world.attempts()).toEqual([]);
    world.payments.notices.notify(push());
    expect(reasonOf(() => world.payments.notices.notify(push({ amountFen: 400 })))).toBe('notice-differs');
  });

  it('takes what the platform discounted off the bill, with its origin', () => {
    start([]);
    const bill = world.arrive();
    world.payments.notices.notify(push({ amountFen: 300, discountFen: 200 }));
    expect(world.store.read.payments.get(bill.id)).toMatchObject({ paid_fen: 300, discount_fen: 200 });
    expect(world.stay()).toMatchObject({ paidFen: 300, discountFen: 200, usedDiscounts: [{ amountFen: 200 }] });
  });

  it('reports what was paid too much, with a refund ready', () => {
    start([]);
    world.arrive();
    world.payments.notices.notify(push({ amountFen: 700 }));
    expect(world.cases()).toMatchObject([{ kind: 'paid-twice', amountFen: 200 }]);
    expect(world.store.read.refunds.ofStay('u1')).toMatchObject([{ amountFen: 200, state: 'requested' }]);
  });

  it('after cash it is a case and a refund; for a car let go for nothing it is a case', () => {
    start([]);
    world.arrive();
    world.cash();
    expect(world.payments.notices.notify(push()).state).toBe('paid');
    expect(world.cases()).toMatchObject([{ kind: 'paid-twice', amountFen: 500 }]);
    world.dispose();
    start([]);
    world.arrive();
    world.letGo(false);
    world.payments.notices.notify(push());
    expect(world.cases()).toMatchObject([{ kind: 'late-payment', amountFen: 500 }]);
    expect(world.store.read.refunds.ofStay('u1')).toEqual([]);
  });

  it('settles the debt of a car that left owing, and a part of it', () => {
    start([]);
    world.arrive();
    world.letGo(true);
    world.payments.notices.notify(push({ amountFen: 200 }));
    expect(world.stay()).toMatchObject({ paidFen: 200, owedFen: 300 });
    world.payments.notices.notify(push({ amountFen: 300, reference: 'r2' }));
    expect(world.store.read.debts.ofStay('u1')).toMatchObject([{ state: 'paid', paidFen: 500 }]);
  });

  it('money for nothing we know is refused, and a person sees it', () => {
    start([]);
    expect(() => world.payments.notices.notify(push({ uid: 'nobody' }))).toThrow('没有对应的账单');
    expect(() => world.payments.notices.notify(push({ uid: 'nobody' }))).toThrow('没有对应的账单');
    expect(world.cases()).toMatchObject([{ kind: 'unknown-payment', amountFen: 500 }]);
  });

  it('answers the try of ours that lost its answer', async () => {
    const cmb = new Bank('cmb');
    start([cmb]);
    cmb.fault = () => 'lost-answer';
    world.arrive();
    await world.clock.advance(10_500);
    const attempt = world.payments.notices.notify(push({ via: 'cmb', reference: 'theirs' }));
    expect(world.attempts()).toEqual(['cmb paid']);
    expect(attempt.reference).toBe('theirs');
  });
});

describe('paying inside', () => {
  it('bills a car inside, returns the same bill while it holds, takes cash with change, and then lets it leave in time', async () => {
    start([]);
    const { prepayments } = world.payments;
    const made = prepayments.bill({ uid: 'u1' }, ANNA);
    if (made.kind !== 'bill') throw new Error('nothing due');
    expect(made.bill).toMatchObject({ scene: 'prepaid', dueFen: 500, validUntil: world.clock.now() + 5 * 60_000 });
    expect(prepayments.bill({ plate: '鲁B12345' }, ANNA)).toEqual(made);
    expect(prepayments.pay(made.bill.id, { method: 'cash', receivedFen: 1000 }, ANNA)).toMatchObject({ changeFen: 500, rest: null });
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
    expect(reasonOf(() => prepayments.pay(first.bill.id, { method: 'cash', receivedFen: 500 }, ANNA))).toBe('bill-expired');
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
    expect(reasonOf(() => prepayments.pay(made.bill.id, { method: 'pos', receivedFen: 600 }, ANNA))).toBe('amount-differs');
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
    expect(grants.grant('u1', grant, BOSS, null).discounts.map((each) => each.origin)).toEqual(['anna（投诉）', 'boss（投诉）']);
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
    expect(reasonOf(() => refunds.request({ from: { billId }, amountFen: 201, reason: '多收' }, BOSS))).toBe('refund-too-much');
    expect(reasonOf(() => refunds.approve(refund.id, BOSS, false))).toBe('own-refund');
    expect(reasonOf(() => refunds.done(refund.id, undefined, ANNA))).toBe('refund-state');
    refunds.approve(refund.id, { kind: 'user', name: 'chief' }, false);
    expect(refunds.done(refund.id, undefined, ANNA)).toMatchObject({ state: 'done', method: 'cash', decidedBy: 'chief' });
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
    world.restart();
    await world.clock.advance(1_000);
    expect(world.store.read.refunds.get(refund.id)?.state).toBe('done');
    expect(cmb.keptFen()).toBe(0);
  });
});

describe('a payment taken back at the lane', () => {
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
      body: { billId: bill.id, stay: world.stay(), amountFen: 500, method: 'platform', shiftId: null, reason: '未离场' },
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
    cases.close(id, '已退款', BOSS);
    expect(reasonOf(() => cases.close(id, '又一次', ANNA))).toBe('case-closed');
    world.payments.notices.notify(push());
    expect(world.cases()).toMatchObject([{ owner: 'boss', closedBy: 'boss', resolution: '已退款' }]);
  });
});

describe('whatever goes wrong', () => {
  type Act = 'wait' | 'long' | 'crash' | 'cash' | 'release' | 'owe' | 'scan' | 'qr' | 'notice' | 'driver';
  const acts = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom<Act[]>('wait', 'long', 'driver') },
      { weight: 3, arbitrary: fc.constantFrom<Act[]>('crash', 'notice', 'scan', 'qr') },
      { weight: 1, arbitrary: fc.constantFrom<Act[]>('cash', 'release', 'owe') },
    ),
    { minLength: 3, maxLength: 14 },
  );

  it('money that came equals money in the books and in cases; a bill is paid once; every try comes to an end', async () => {
    await fc.assert(
      fc.asyncProperty(acts, fc.nat(), fc.boolean(), async (steps, seed, reverses) => {
        const random = seeded(seed);
        const banks = [new Bank('cmb'), new Bank('qingdao'), new Bank('scan', 'scan'), new Bank('qr', 'qr')];
        const faults: Fault[] = ['none', 'none', 'lost-question', 'lost-answer', 'error'];
        const drivers: Bank['driver'][] = ['pays', 'declines', 'waits'];
        for (const bank of banks) {
          bank.reverses = reverses;
          bank.driver = drivers[Math.floor(random() * drivers.length)] ?? 'pays';
          bank.fault = () => faults[Math.floor(random() * faults.length)] ?? 'none';
        }
        start(banks);
        const bill = world.arrive();
        const charge = (channel: string): void => {
          world.payments.desk
            .charge(bill.id, { channel, authCode: '1300000000000', despiteUnknown: random() < 0.5 }, ANNA)
            .catch(() => undefined);
        };
        for (const act of steps) {
          // Any number of promises may have run when the next thing happens.
          if (act === 'wait') await world.clock.advance(Math.floor(random() * 4_000));
          else if (act === 'long') await world.clock.advance(Math.floor(random() * 3_600_000));
          else if (act === 'crash') world.restart();
          else if (act === 'cash') world.cash();
          else if (act === 'release' || act === 'owe') world.letGo(act === 'owe');
          else if (act === 'scan' || act === 'qr') charge(act);
          else
            for (const bank of banks)
              for (const [attemptId, order] of bank.orders) {
                if (act === 'driver' && random() < 0.7) bank.pay(attemptId);
                if (act === 'notice' && order.paid)
                  world.payments.notices.notify({
                    attemptId,
                    reference: `${bank.id}-${attemptId}`,
                    amountFen: order.amountFen,
                    method: 'wechat',
                    via: bank.id,
                    paidAt: world.clock.now(),
                  });
              }
        }
        for (const bank of banks) {
          bank.fault = () => 'none';
          for (const order of bank.orders.values()) if (!order.paid) order.closed = true;
          bank.driver = 'declines';
        }
        await world.clock.advance(2 * DAY);
        const { read } = world.store;
        expect(read.attempts.ofStay('u1').filter(isUnderWay)).toEqual([]);
        const came = world.cashFen + banks.reduce((sum, bank) => sum + bank.keptFen(), 0);
        const reported = world.cases().reduce((sum, each) => sum + each.amountFen, 0);
        expect(came).toBe(read.payments.sumOfStay('u1') + reported);
        expect(read.payments.ofStay('u1').length).toBeLessThanOrEqual(1);
        expect(world.log.lines.filter((line) => line.level === 'error')).toEqual([]);
        world.dispose();
      }),
      { numRuns: 150 },
    );
    start([]);
  });
});
