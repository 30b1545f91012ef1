import { afterEach, describe, expect, it } from 'vitest';
import { ANNA, Bank, PayWorld, reasonOf } from './pay-world.ts';

let world: PayWorld;
const start = (...args: ConstructorParameters<typeof PayWorld>): PayWorld => {
  world = new PayWorld(...args);
  return world;
};
afterEach(() => world.dispose());

const DAY = 86_400_000;
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
    const [shown] = await Promise.all([
      world.payments.desk.charge(bill.id, { channel: 'qr' }, ANNA),
      world.clock.advance(10),
    ]);
    expect(shown.text).toBe(`pay:${shown.attempt.id}`);
    expect(await world.payments.desk.charge(bill.id, { channel: 'qr' }, ANNA)).toMatchObject({ text: shown.text });
    qr.fault = () => 'lost-question';
    const silent = expect(world.payments.desk.charge(bill.id, { channel: 'qr' }, ANNA)).rejects.toMatchObject({
      reason: 'channel-silent',
    });
    await world.clock.advance(10_500);
    await silent;
    qr.fault = () => 'none';
    qr.pay(shown.attempt.id);
    await world.clock.advance(30_000);
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
    expect(JSON.stringify(world.store.read.journal.after(0, 1000))).not.toContain(what.authCode);
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
    expect(world.store.read.payments.get(bill.id)).toMatchObject({
      paid_fen: 500,
      via: 'keytop',
      reference: 'r1',
      method: 'alipay',
    });
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
    world.dispose();
    start([]);
    world.arrive();
    world.letGo(true);
    world.payments.notices.notify(push({ amountFen: 650 }));
    expect(world.cases()).toMatchObject([{ kind: 'late-payment', amountFen: 150 }]);
  });

  it("settles what the car left owing and a platform's debt with it, and forgets neither", () => {
    start([]);
    const debt = {
      ...{ id: 'd9', uid: null, plate: '鲁B12345', amountFen: 200, paidFen: 0, since: 0, reason: '' },
      ...{ intercept: 'none' as const, state: 'open' as const, source: 'city', updatedAt: 0 },
    };
    world.store.write((tx) =>
      tx.record({
        ...{ kind: 'debt-changed' as const, key: null, laneId: null, passageId: null, actor: ANNA },
        body: { change: 'added', debt },
      }),
    );
    world.arrive({ arrears: [{ debtId: 'd9', uid: null, amountFen: 200 }] });
    world.letGo(true);
    world.payments.notices.notify(push({ amountFen: 700 }));
    expect(world.stay()).toMatchObject({ paidFen: 500, owedFen: 0 });
    expect(world.store.read.debts.get('d9')).toMatchObject({ state: 'paid', paidFen: 200 });
  });

  it('a car that turns back gets its fee again, and not the debt that was paid with it', () => {
    start([]);
    const debt = {
      ...{ id: 'd9', uid: null, plate: '鲁B12345', amountFen: 200, paidFen: 0, since: 0, reason: '' },
      ...{ intercept: 'none' as const, state: 'open' as const, source: 'city', updatedAt: 0 },
    };
    const about = { key: 'u1', laneId: 'out', passageId: null, actor: ANNA };
    world.record({ ...about, kind: 'debt-changed', body: { change: 'added', debt } });
    const bill = world.arrive({ arrears: [{ debtId: 'd9', uid: null, amountFen: 200 }] });
    world.payments.notices.notify(push({ amountFen: 700 }));
    const stay = { ...world.stay(), paidFen: 0 };
    const taken = { billId: bill.id, stay, amountFen: 500, method: 'alipay' as const, shiftId: null, reason: '调头' };
    world.record({ ...about, kind: 'payment-reversed', body: taken });
    expect(world.attempts().every((attempt) => attempt.endsWith(' paid'))).toBe(true);
    expect(world.store.read.refunds.ofStay('u1')).toMatchObject([{ state: 'requested', amountFen: 500 }]);
  });

  it('money for nothing we know is refused, and a person sees it', () => {
    start([]);
    expect(() => world.payments.notices.notify(push({ uid: 'nobody' }))).toThrow('没有对应的账单');
    expect(() => world.payments.notices.notify(push({ uid: 'nobody' }))).toThrow('没有对应的账单');
    expect(world.cases()).toMatchObject([{ kind: 'unknown-payment', amountFen: 500 }]);
  });

  it('takes a part by the driver and a part by the platform for a try of ours, but nothing else', async () => {
    const cmb = new Bank('cmb');
    start([cmb]);
    cmb.fault = () => 'lost-answer';
    const bill = world.arrive();
    await world.clock.advance(10_500);
    const attemptId = world.store.read.attempts.ofBill(bill.id)[0]?.id;
    const notice = push({ attemptId, via: 'cmb', amountFen: 400 });
    expect(reasonOf(() => world.payments.notices.notify(notice))).toBe('notice-differs');
    world.payments.notices.notify({ ...notice, discountFen: 100 });
    expect(world.attempts()).toEqual(['cmb paid']);
    expect(world.store.read.payments.get(bill.id)).toMatchObject({ paid_fen: 400, discount_fen: 100 });
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
