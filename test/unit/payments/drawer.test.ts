import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANNA, BOSS, PayWorld, reasonOf } from './pay-world.ts';

let world: PayWorld;
beforeEach(() => {
  world = new PayWorld([]);
});
afterEach(() => world.dispose());

const anna = { actor: ANNA, manager: false };
const cash = { method: 'cash' as const, receivedFen: 500 };
const pos = { method: 'pos' as const, receivedFen: 500 };
const paidOf = (billId: string) => world.store.read.payments.get(billId);

function inside(): string {
  const made = world.payments.prepayments.bill({ uid: 'u1' }, ANNA);
  if (made.kind !== 'bill') throw new Error('nothing due');
  return made.bill.id;
}

describe('cash for a bill at a lane goes through the drawer of its booth', () => {
  it('is refused while that drawer is locked, and nothing happens; then it is booked to its shift', () => {
    const shift = world.shifts().open({ booth: 'booth-out', floatFen: 0 }, anna);
    world.shifts().pause(shift.id, anna);
    const bill = world.arrive();
    expect(reasonOf(() => world.payments.prepayments.pay(bill.id, cash, ANNA))).toBe('till-paused');
    expect(world.standing?.id).toBe(bill.id);
    world.shifts().resume(shift.id, anna);
    world.payments.prepayments.pay(bill.id, cash, ANNA);
    expect(paidOf(bill.id)).toMatchObject({ shift_id: shift.id });
  });

  it('is refused to whoever is not its cashier; a bank card is not', () => {
    const shift = world.shifts().open({ booth: 'booth-out', floatFen: 0 }, anna);
    const bill = world.arrive();
    const other = { kind: 'user' as const, name: 'bob' };
    expect(reasonOf(() => world.payments.prepayments.pay(bill.id, cash, other))).toBe('not-your-till');
    world.payments.prepayments.pay(bill.id, pos, other);
    expect(paidOf(bill.id)).toMatchObject({ method: 'pos', shift_id: shift.id });
  });
});

describe('cash taken away from the lanes goes into the drawer of whoever takes it', () => {
  it('is refused while that drawer is locked; a bank card is not', () => {
    const shift = world.shifts().open({ booth: 'office', floatFen: 0 }, anna);
    const billId = inside();
    world.shifts().pause(shift.id, anna);
    expect(reasonOf(() => world.payments.prepayments.pay(billId, cash, ANNA))).toBe('till-paused');
    expect(paidOf(billId)).toBeUndefined();
    world.payments.prepayments.pay(billId, pos, ANNA);
    expect(paidOf(billId)).toMatchObject({ method: 'pos', shift_id: null });
  });

  it('is booked to their shift; a refund in cash comes out of it, and not while it is locked', () => {
    const shift = world.shifts().open({ booth: 'office', floatFen: 0 }, anna);
    const billId = inside();
    world.payments.prepayments.pay(billId, cash, ANNA);
    expect(paidOf(billId)).toMatchObject({ shift_id: shift.id });
    const { refunds } = world.payments;
    const { id } = refunds.request({ from: { billId }, amountFen: 200, reason: '多收' }, ANNA);
    refunds.approve(id, BOSS, false);
    world.shifts().pause(shift.id, anna);
    expect(reasonOf(() => refunds.done(id, undefined, ANNA))).toBe('till-paused');
    world.shifts().resume(shift.id, anna);
    expect(refunds.done(id, undefined, ANNA)).toMatchObject({ shiftId: shift.id });
  });

  it('needs a shift where the rules demand one; a bank card needs none', () => {
    world.dispose();
    world = new PayWorld([], { shiftRequired: true });
    const billId = inside();
    expect(reasonOf(() => world.payments.prepayments.pay(billId, cash, ANNA))).toBe('shift-required');
    world.payments.prepayments.pay(billId, pos, ANNA);
    expect(world.stay().paidFen).toBe(500);
  });
});
