import { afterEach, describe, expect, it } from 'vitest';
import { wrongStays } from '../../../electron/station/reports/balance.ts';
import type { Debt } from '../../../shared/domain/registry.ts';
import { entered } from '../../support/events.ts';
import { ANNA, Bank, BOSS, PayWorld, reasonOf } from './pay-world.ts';

let world: PayWorld;
afterEach(() => {
  // Whatever happened: the stay's account adds up, and is that of its payments and open debts.
  const stay = world.stay();
  expect(wrongStays(world.store.read.reports.balance({ from: 0, to: Number.MAX_SAFE_INTEGER }))).toEqual([]);
  const open = world.store.read.debts.ofStay('u1').filter((each) => each.state === 'open');
  expect(stay.owedFen).toBe(open.reduce((sum, each) => sum + each.amountFen - each.paidFen, 0));
  world.dispose();
});

const cash = (receivedFen: number) => ({ method: 'cash' as const, receivedFen });
const notice = (billId: string, over: object = {}) => ({
  ...{ billId, reference: 'q1', amountFen: 500, method: 'platform' as const, via: 'city' },
  paidAt: world.clock.now(),
  ...over,
});
const debtOf = ({ id }: Debt) => world.store.read.debts.get(id);
const billOf = ({ id }: { readonly id: string }) => world.store.read.bills.get(id);
const rows = () => world.store.read.payments.ofStay('u1');
const refunds = () => world.store.read.refunds.ofStay('u1');

function gone(...banks: Bank[]) {
  world = new PayWorld(banks);
  return world.goFirst();
}

describe('the platform says that it collected', () => {
  it('the bill is paid, the debt with it, and the stay owes nothing', () => {
    const { bill, debt } = gone();
    const attempt = world.payments.notices.notify(notice(bill.id));
    expect(attempt).toMatchObject({ state: 'paid', billId: bill.id, laneId: null });
    expect(rows()).toMatchObject([
      {
        ...{ bill_id: bill.id, scene: 'after-departure', paid_fen: 500, via: 'city', method: 'platform' },
        ...{ debt_id: debt.id, attempt_id: attempt.id, reference: 'q1' },
      },
    ]);
    expect(billOf(bill)?.state).toBe('paid');
    expect(debtOf(debt)).toMatchObject({ state: 'paid', paidFen: 500 });
    expect(world.stay()).toMatchObject({ status: 'left', paidFen: 500, owedFen: 0, chargeFen: 500 });
    expect(world.cases()).toEqual([]);
  });

  it('twice, and nothing changes; with another number, and the second money goes back', () => {
    const { bill } = gone();
    const first = world.payments.notices.notify(notice(bill.id));
    expect(world.payments.notices.notify(notice(bill.id)).id).toBe(first.id);
    expect([rows().length, world.cases().length]).toEqual([1, 0]);
    world.payments.notices.notify(notice(bill.id, { reference: 'q2' }));
    expect(rows()).toHaveLength(1);
    expect(world.cases()).toMatchObject([{ kind: 'paid-twice', amountFen: 500 }]);
    expect(refunds()).toMatchObject([{ amountFen: 500, state: 'requested' }]);
  });

  it('days later as well, and finds the bill by the stay alone', async () => {
    const { bill, debt } = gone();
    await world.clock.advance(3 * 86_400_000);
    const { billId: _, ...named } = notice(bill.id);
    world.payments.notices.notify({ ...named, uid: 'u1' });
    expect(debtOf(debt)?.state).toBe('paid');
  });

  it('less than is owed, and is refused', () => {
    const { bill, debt } = gone();
    expect(reasonOf(() => world.payments.notices.notify(notice(bill.id, { amountFen: 499 })))).toBe('amount-short');
    expect(debtOf(debt)?.state).toBe('open');
  });

  it('after cash was taken for the bill at the desk: the money is a case with a refund', () => {
    const { bill, debt } = gone();
    world.payments.prepayments.pay(bill.id, cash(1000), ANNA);
    expect(rows()).toMatchObject([
      { bill_id: bill.id, scene: 'after-departure', received_fen: 1000, change_fen: 500, debt_id: debt.id },
    ]);
    expect(debtOf(debt)?.state).toBe('paid');
    world.payments.notices.notify(notice(bill.id));
    expect(rows()).toHaveLength(1);
    expect(world.cases()).toMatchObject([{ kind: 'paid-twice', amountFen: 500 }]);
    expect(refunds()).toMatchObject([{ amountFen: 500, state: 'requested' }]);
  });

  it('after the debt was paid by itself: its bill went with it, and the money is a case with a refund', () => {
    const { bill, debt } = gone(new Bank('city'));
    world.payments.arrears.pay(debt.id, cash(500), ANNA);
    expect(billOf(bill)?.state).toBe('void');
    expect(rows()).toMatchObject([{ scene: 'arrears', paid_fen: 500 }]);
    world.payments.notices.notify(notice(bill.id));
    expect(rows()).toHaveLength(1);
    expect(world.cases()).toMatchObject([
      { kind: 'paid-twice', amountFen: 500, detail: expect.stringContaining('欠费') },
    ]);
    expect(refunds()).toMatchObject([{ amountFen: 500, state: 'requested' }]);
  });

  it('after the debt was let go of: what becomes of the money is a person’s decision', () => {
    const { bill, debt } = gone();
    world.debts().cancel(debt.id, '平台无法扣款', BOSS);
    expect(billOf(bill)?.state).toBe('void');
    expect(world.stay()).toMatchObject({ owedFen: 0, waivedFen: 500 });
    world.payments.notices.notify(notice(bill.id));
    expect(rows()).toEqual([]);
    expect(world.cases()).toMatchObject([{ kind: 'late-payment', amountFen: 500 }]);
  });
});

describe('a try at the bill that is under way', () => {
  async function shown(bank: Bank) {
    const { bill, debt } = gone(bank);
    const charging = world.payments.desk.charge(bill.id, { channel: 'qr' }, ANNA);
    await world.clock.advance(100);
    return { bill, debt, attempt: (await charging).attempt };
  }

  it('keeps the bill open when the debt is let go of; money that comes is a case with a refund', async () => {
    const bank = new Bank('qr', 'qr');
    const { bill, debt, attempt } = await shown(bank);
    world.debts().cancel(debt.id, '协商减免', BOSS);
    expect(billOf(bill)?.state).toBe('open');
    bank.pay(attempt.id);
    await world.clock.advance(60_000);
    expect(billOf(bill)?.state).toBe('void');
    expect(world.cases()).toMatchObject([{ kind: 'paid-twice', amountFen: 500 }]);
    expect(rows()).toEqual([]);
  });

  it('and that comes to nothing takes the bill with it', async () => {
    const bank = new Bank('qr', 'qr');
    const { bill, debt } = await shown(bank);
    world.debts().cancel(debt.id, '协商减免', BOSS);
    bank.shut = true;
    for (const order of bank.orders.values()) order.closed = true;
    await world.clock.advance(60_000);
    expect(world.attempts()).toEqual(['qr declined']);
    expect(billOf(bill)).toMatchObject({ state: 'void' });
    expect(world.cases()).toEqual([]);
  });

  it('is taken back when a person takes cash for the bill', async () => {
    const bank = new Bank('qr', 'qr');
    const { bill } = await shown(bank);
    world.payments.prepayments.pay(bill.id, cash(500), ANNA);
    await world.clock.advance(60_000);
    expect(world.attempts()).toEqual(['qr reversed']);
    expect(rows()).toMatchObject([{ method: 'cash', bill_id: bill.id }]);
  });
});

describe('the next visit', () => {
  it('adds the debt to its bill on a phone once the platform had its time, and not before', async () => {
    const { bill, debt } = gone();
    world.record(entered('u2', { enteredAt: world.clock.now() }));
    const asked = (): number => {
      const made = world.payments.prepayments.bill({ uid: 'u2' }, ANNA);
      return made.kind === 'bill' ? made.bill.arrears.reduce((sum, each) => sum + each.amountFen, 0) : 0;
    };
    expect(asked()).toBe(0);
    expect(world.store.read.debts.open(debt.plate)).toHaveLength(1);
    await world.clock.advance(3_600_000);
    expect(asked()).toBe(500);
    const made = world.payments.prepayments.bill({ uid: 'u2' }, ANNA);
    if (made.kind !== 'bill') throw new Error('nothing due');
    world.payments.prepayments.pay(made.bill.id, cash(1000), ANNA);
    expect(debtOf(debt)?.state).toBe('paid');
    expect(billOf(bill)?.state).toBe('void');
    expect(rows()).toMatchObject([{ scene: 'arrears', bill_id: `${made.bill.id}-a1` }]);
  });

  it('is not asked for it where the platform collected in between', async () => {
    const { bill, debt } = gone();
    world.record(entered('u2', { enteredAt: world.clock.now() }));
    await world.clock.advance(3_600_000);
    const made = world.payments.prepayments.bill({ uid: 'u2' }, ANNA);
    if (made.kind !== 'bill') throw new Error('nothing due');
    world.payments.notices.notify(notice(bill.id));
    expect(reasonOf(() => world.payments.prepayments.pay(made.bill.id, cash(1000), ANNA))).toBe('debts-changed');
    expect(debtOf(debt)).toMatchObject({ state: 'paid', paidFen: 500 });
  });
});

describe('whoever follows them up', () => {
  it('finds the open ones, oldest first, and those of a day whatever became of them', async () => {
    const { bill, debt } = gone();
    const from = world.clock.now();
    const { bills } = world.store.read;
    expect(bills.afterDeparture().map((each) => each.id)).toEqual([bill.id]);
    expect(bills.collectedAfterDeparture(from, from + 1).map((each) => each.id)).toEqual([bill.id]);
    expect(bills.collectedAfterDeparture(from + 1, from + 2)).toEqual([]);
    await world.clock.advance(1000);
    world.payments.arrears.pay(debt.id, cash(500), ANNA);
    expect(bills.afterDeparture()).toEqual([]);
    expect(bills.collectedAfterDeparture(0, from + 1)).toMatchObject([{ id: bill.id, state: 'void' }]);
  });

  it('is answered out of an index', () => {
    gone();
    world.store.read.bills.afterDeparture();
    const plans = ["AND state = 'open'", 'AND created_at_ms >= 1 AND created_at_ms < 2'].map((rest) =>
      world.plan(
        `SELECT body FROM bills WHERE body ->> '$.scene' = 'after-departure' ${rest} ORDER BY created_at_ms, id`,
      ),
    );
    expect(plans.map((plan) => plan.includes('USING INDEX bills_after_departure'))).toEqual([true, true]);
  });
});
