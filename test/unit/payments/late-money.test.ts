import { afterEach, describe, expect, it } from 'vitest';
import { type Bill, billSchema } from '../../../shared/domain/money-flow.ts';
import { ANNA, Bank, PayWorld, reasonOf } from './pay-world.ts';

let world: PayWorld;
afterEach(() => world.dispose());

const MINUTE = 60_000;
const about = { key: 'u1', laneId: null, passageId: null, actor: ANNA };
const notice = (over: object = {}) => ({
  ...{ uid: 'u1', reference: 'r1', amountFen: 500, method: 'alipay' as const, via: 'city' },
  ...{ paidAt: world.clock.now(), givesBack: false },
  ...over,
});

/** A bill that a phone was shown and that ran out since. */
function shown(): Bill {
  const now = world.clock.now();
  const bill = billSchema.parse({
    ...{ id: 'shown', uid: 'u1', scene: 'prepaid', tariffId: 't', minutes: 60, steps: [], createdAt: now },
    ...{ chargeFen: 500, discountFen: 0, paidFen: 0, dueFen: 500, validUntil: now + 5 * MINUTE },
  });
  world.record({ ...about, kind: 'bill-issued', body: { bill } });
  world.clock.jumpWall(60 * MINUTE);
  return bill;
}
function voided(bill: Bill): void {
  world.record({ ...about, kind: 'bill-voided', body: { bill, reason: 'made-anew' } });
}

describe('money for a bill that ran out', () => {
  it('is refused where the platform gives it back, and taken where it does not', () => {
    world = new PayWorld([]);
    const bill = shown();
    expect(reasonOf(() => world.payments.notices.notify(notice({ givesBack: true })))).toBe('bill-expired');
    expect(world.payments.notices.notify(notice({ reference: 'r2' })).state).toBe('paid');
    // Paid up to when the bill ran out: the hour since then is not given away.
    expect(world.stay()).toMatchObject({ paidFen: 500, lastPaidAt: bill.validUntil });
  });

  it('pays it although another stands at the lane, which asks for the rest; what is tried for that is taken back', async () => {
    const cmb = new Bank('cmb');
    world = new PayWorld([cmb]);
    const bill = shown();
    voided(bill);
    cmb.fault = () => 'lost-answer';
    world.feeFen = 900;
    const atLane = world.arrive();
    await world.clock.advance(10_500);
    expect(world.attempts()).toEqual(['cmb unknown']);
    expect(world.payments.notices.notify(notice({ billId: bill.id })).state).toBe('paid');
    expect(world.stay().paidFen).toBe(500);
    expect([bill.id, atLane.id].map((id) => world.store.read.bills.get(id)?.state)).toEqual(['paid', 'void']);
    expect(world.refreshed).toEqual(['out']);
    expect(world.attempts()).toEqual(['cmb reversing', 'city paid']);
    cmb.fault = () => 'none';
    await world.clock.advance(MINUTE);
    expect([world.attempts(), world.cases()]).toEqual([['cmb reversed', 'city paid'], []]);
  });

  it('is a case where the stay was paid for since, or the car is gone', () => {
    world = new PayWorld([]);
    const bill = shown();
    voided(bill);
    world.arrive();
    world.cash();
    world.payments.notices.notify(notice({ billId: bill.id }));
    expect([world.stay().paidFen, world.cases().map(({ kind }) => kind)]).toEqual([500, ['late-payment']]);
    world.dispose();
    world = new PayWorld([]);
    const other = shown();
    voided(other);
    world.arrive();
    world.letGo(false);
    world.payments.notices.notify(notice({ billId: other.id }));
    expect([world.stay().paidFen, world.cases().map(({ kind }) => kind)]).toEqual([0, ['late-payment']]);
  });

  it('too little of it pays nothing, and a person sees the sum', () => {
    world = new PayWorld([]);
    const bill = shown();
    voided(bill);
    world.payments.notices.notify(notice({ billId: bill.id, amountFen: 300 }));
    expect(world.stay().paidFen).toBe(0);
    expect(world.cases()).toMatchObject([{ kind: 'late-payment', amountFen: 300 }]);
  });

  it('leaves a bill over an old debt alone', () => {
    world = new PayWorld([]);
    const bill = shown();
    voided(bill);
    const debt = billSchema.parse({ ...bill, id: 'debt', scene: 'arrears', dueFen: 0, validUntil: null });
    world.record({ ...about, kind: 'bill-issued', body: { bill: debt } });
    world.payments.notices.notify(notice({ billId: bill.id }));
    expect(world.store.read.bills.get('debt')?.state).toBe('open');
  });

  it('a lane that did not hear of it before the station died hears of it after the start', () => {
    world = new PayWorld([]);
    const atLane = world.arrive();
    voided(atLane);
    world.restart();
    expect(world.refreshed).toEqual(['out']);
  });
});

describe('a channel that gives nothing back', () => {
  it('has paid once it says so: a person sees it at once, whatever the channel says later', async () => {
    const city = new Bank('city');
    city.givesBack = false;
    city.fault = () => 'lost-answer';
    world = new PayWorld([city]);
    world.arrive();
    await world.clock.advance(10_500);
    world.cash();
    expect(world.attempts()).toEqual(['city reversing']);
    world.payments.notices.notify(notice());
    expect(world.attempts()).toEqual(['city paid']);
    expect(world.cases()).toMatchObject([{ kind: 'paid-twice', amountFen: 500 }]);
    city.driver = 'declines';
    city.fault = () => 'none';
    await world.clock.advance(60 * MINUTE);
    expect(world.attempts()).toEqual(['city paid']);
  });
});

describe('money for a car that left owing', () => {
  it('is booked under the number of its bill, and what comes in parts under one of its own each', () => {
    world = new PayWorld([]);
    const bill = world.arrive();
    world.letGo(true);
    world.payments.notices.notify(notice({ amountFen: 200 }));
    world.payments.notices.notify(notice({ amountFen: 300, reference: 'r2' }));
    const rows = world.store.read.payments
      .ofStay('u1')
      .map(({ bill_id, scene, paid_fen }) => ({ bill_id, scene, paid_fen }));
    expect(rows).toContainEqual({ bill_id: bill.id, scene: 'gate', paid_fen: 200 });
    expect(rows.reduce((sum, { paid_fen }) => sum + paid_fen, 0)).toBe(500);
    expect(rows).toHaveLength(2);
    expect(world.stay()).toMatchObject({ paidFen: 500, owedFen: 0 });
    expect(world.cases()).toEqual([]);
  });
});
