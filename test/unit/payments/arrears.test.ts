import { afterEach, describe, expect, it } from 'vitest';
import type { Debt } from '../../../shared/domain/registry.ts';
import { ANNA, Bank, PayWorld, reasonOf } from './pay-world.ts';

let world: PayWorld;
afterEach(() => world.dispose());

const cash = (receivedFen: number) => ({ method: 'cash' as const, receivedFen });
const anna = { actor: ANNA, manager: false };

/** The car of `u1` left owing its fee. */
function owing(...banks: Bank[]): Debt {
  world = new PayWorld(banks);
  world.arrive();
  world.letGo(true);
  const [debt] = world.store.read.debts.ofStay('u1');
  if (!debt) throw new Error('no debt');
  return debt;
}

function elsewhere(): Debt {
  const debt: Debt = {
    ...{ id: 'debt-x', uid: null, plate: '鲁B12345', amountFen: 900, paidFen: 0, since: 0, reason: '冲卡' },
    ...{ intercept: 'both', state: 'open', source: 'boss', updatedAt: 0 },
  };
  const about = { key: null, laneId: null, passageId: null, actor: ANNA };
  world.record({ ...about, kind: 'debt-changed', body: { change: 'added', debt } });
  return debt;
}

const debtOf = (id: string) => world.store.read.debts.get(id);
const rows = () => world.store.read.payments.ofStay('u1');

describe('a debt paid by itself over the counter', () => {
  it('is booked once, as arrears of the stay that owed it, with the change and the shift', () => {
    const debt = owing();
    const shift = world.shifts().open({ booth: 'office', floatFen: 0 }, anna);
    const { arrears } = world.payments;
    expect(reasonOf(() => arrears.pay(debt.id, cash(499), ANNA))).toBe('amount-short');
    const paid = arrears.pay(debt.id, cash(1000), ANNA);
    expect(paid).toMatchObject({ amountFen: 500, changeFen: 500, debt: { state: 'paid', paidFen: 500 } });
    expect(world.stay()).toMatchObject({ status: 'left', paidFen: 500, owedFen: 0 });
    expect(rows()).toMatchObject([
      {
        ...{ bill_id: paid.billId, scene: 'arrears', method: 'cash', paid_fen: 500, received_fen: 1000 },
        ...{ change_fen: 500, shift_id: shift.id, operator: 'anna', debt_id: debt.id },
      },
    ]);
    expect(world.store.read.shiftCash.sums(shift.id).payment).toBe(500);
    expect(reasonOf(() => arrears.pay(debt.id, cash(500), ANNA))).toBe('debt-over');
    expect(rows()).toHaveLength(1);
  });

  it('goes through the drawer of the booth where its car waits, and lets the lane decide anew', async () => {
    const debt = owing();
    const shift = world.shifts().open({ booth: 'booth-in', floatFen: 0 }, anna);
    const car = { laneId: 'in', uid: null, plate: '鲁B12345', attention: 'arrears', bill: null };
    world.waiting = [{ ...car, laneId: 'other', plate: '鲁B99999' }, car];
    world.shifts().pause(shift.id, anna);
    expect(reasonOf(() => world.payments.arrears.pay(debt.id, cash(500), ANNA))).toBe('till-paused');
    expect(debtOf(debt.id)?.state).toBe('open');
    world.shifts().resume(shift.id, anna);
    world.payments.arrears.pay(debt.id, cash(500), ANNA);
    expect(rows()).toMatchObject([{ shift_id: shift.id }]);
    await world.clock.advance(10);
    expect(world.refreshed).toEqual(['in']);
  });

  it('is booked on the car’s present or last stay where no stay of ours owes it, and refused where there is none', () => {
    world = new PayWorld([]);
    const debt = elsewhere();
    world.payments.arrears.pay(debt.id, cash(900), ANNA);
    expect(debtOf(debt.id)?.state).toBe('paid');
    expect(world.stay()).toMatchObject({ status: 'inside', paidFen: 0, owedFen: 0 });
    expect(rows()).toMatchObject([{ scene: 'arrears', paid_fen: 900, debt_id: debt.id }]);
    const about = { key: null, laneId: null, passageId: null, actor: ANNA };
    const stranger = { ...debt, id: 'debt-y', plate: '鲁B77777' };
    world.record({ ...about, kind: 'debt-changed', body: { change: 'added', debt: stranger } });
    expect(reasonOf(() => world.payments.arrears.pay('debt-y', cash(900), ANNA))).toBe('no-stay');
  });

  it('is no longer asked for by a bill that was to collect it', () => {
    world = new PayWorld([]);
    const debt = elsewhere();
    const { prepayments, arrears } = world.payments;
    const made = prepayments.bill({ uid: 'u1' }, ANNA);
    if (made.kind !== 'bill') throw new Error('nothing due');
    expect(made.bill.arrears).toHaveLength(1);
    arrears.pay(debt.id, cash(900), ANNA);
    expect(reasonOf(() => prepayments.pay(made.bill.id, cash(1400), ANNA))).toBe('bill-over');
    expect(prepayments.bill({ uid: 'u1' }, ANNA)).toMatchObject({ bill: { dueFen: 500, arrears: [] } });
  });

  it('cancelled since the bill was made, it is not taken with the bill', () => {
    world = new PayWorld([]);
    const debt = elsewhere();
    const made = world.payments.prepayments.bill({ uid: 'u1' }, ANNA);
    if (made.kind !== 'bill') throw new Error('nothing due');
    const about = { key: null, laneId: null, passageId: null, actor: ANNA };
    world.record({
      ...{ ...about, kind: 'debt-changed' },
      body: { change: 'updated', debt: { ...debt, state: 'cancelled' } },
    });
    expect(reasonOf(() => world.payments.prepayments.pay(made.bill.id, cash(1400), ANNA))).toBe('debts-changed');
  });

  it('settled since a platform was told the bill, it is not booked twice: the surplus is a case with a refund', () => {
    world = new PayWorld([]);
    const debt = elsewhere();
    const made = world.payments.prepayments.bill({ uid: 'u1' }, ANNA);
    if (made.kind !== 'bill') throw new Error('nothing due');
    const about = { key: null, laneId: null, passageId: null, actor: ANNA };
    const paid: Debt = { ...debt, state: 'paid', paidFen: 900 };
    world.record({ ...about, kind: 'debt-changed', body: { change: 'updated', debt: paid } });
    const notice = {
      reference: 'r1',
      amountFen: 1400,
      method: 'alipay' as const,
      via: 'keytop',
      paidAt: world.clock.now(),
    };
    world.payments.notices.notify({ ...notice, billId: made.bill.id });
    expect(debtOf(debt.id)).toEqual(paid);
    expect(rows()).toMatchObject([{ paid_fen: 500 }]);
    expect(world.cases()).toMatchObject([{ kind: 'paid-twice', amountFen: 900 }]);
    expect(world.store.read.refunds.ofStay('u1')).toMatchObject([{ amountFen: 900, state: 'requested' }]);
  });
});

describe('a debt paid by itself through a channel', () => {
  const scan = { channel: 'scan', authCode: '1300000000000' };

  it('is settled by the attempt’s money, without a payment of its own for the stay', async () => {
    const bank = new Bank('scan', 'scan');
    const debt = owing(bank);
    const charging = world.payments.arrears.charge(debt.id, scan, ANNA);
    await world.clock.advance(100);
    const { attempt } = await charging;
    expect(attempt).toMatchObject({ state: 'paid', amountFen: 500 });
    expect(debtOf(debt.id)?.state).toBe('paid');
    expect(rows()).toMatchObject([
      { bill_id: attempt.billId, scene: 'arrears', paid_fen: 500, attempt_id: attempt.id },
    ]);
    expect(world.store.read.bills.get(attempt.billId)).toMatchObject({ state: 'paid', scene: 'arrears' });
    expect(world.stay()).toMatchObject({ paidFen: 500, owedFen: 0 });
    expect(world.cases()).toEqual([]);
    await expect(world.payments.arrears.charge(debt.id, scan, ANNA)).rejects.toMatchObject({ reason: 'debt-over' });
  });

  it('shows the same code again, and takes no cash while it may be paid', async () => {
    const bank = new Bank('qr', 'qr');
    const debt = owing(bank);
    const show = async () => {
      const charging = world.payments.arrears.charge(debt.id, { channel: 'qr' }, ANNA);
      await world.clock.advance(100);
      return charging;
    };
    const first = await show();
    expect((await show()).attempt.id).toBe(first.attempt.id);
    expect(reasonOf(() => world.payments.arrears.pay(debt.id, cash(500), ANNA))).toBe('payment-under-way');
    bank.pay(first.attempt.id);
    await world.clock.advance(30_000);
    expect(debtOf(debt.id)?.state).toBe('paid');
    expect(bank.keptFen()).toBe(500);
  });

  it('that ended otherwise meanwhile makes the money a case with a refund', async () => {
    const bank = new Bank('qr', 'qr');
    bank.reverses = false;
    const debt = owing(bank);
    const charging = world.payments.arrears.charge(debt.id, { channel: 'qr' }, ANNA);
    await world.clock.advance(100);
    const { attempt } = await charging;
    const about = { key: null, laneId: null, passageId: null, actor: ANNA };
    world.record({
      ...{ ...about, kind: 'debt-changed' },
      body: { change: 'updated', debt: { ...debt, state: 'cancelled' } },
    });
    bank.pay(attempt.id);
    await world.clock.advance(60_000);
    expect(world.cases()).toMatchObject([{ kind: 'paid-twice', amountFen: 500 }]);
    expect(world.store.read.refunds.ofStay('u1')).toMatchObject([{ amountFen: 500, state: 'requested' }]);
    expect(rows()).toEqual([]);
    expect(world.store.read.bills.get(attempt.billId)?.state).toBe('void');
  });

  it('is left to the lane where its bill stands', async () => {
    world = new PayWorld([new Bank('qr', 'qr')]);
    const debt = elsewhere();
    world.arrive({ arrears: [{ debtId: debt.id, uid: null, amountFen: 900 }] });
    const charging = world.payments.arrears.charge(debt.id, { channel: 'qr' }, ANNA);
    await expect(charging).rejects.toMatchObject({ reason: 'bill-at-lane' });
  });
});
