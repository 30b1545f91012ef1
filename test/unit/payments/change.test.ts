import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newOrderNo } from '../../../electron/station/payments/change-order.ts';
import type { Actor } from '../../../shared/domain/events.ts';
import { OUT } from '../../support/lane-world.ts';
import { ExitWorld } from './exit-world.ts';
import { reasonOf } from './pay-world.ts';

const ANNA: Actor = { kind: 'user', name: 'anna' };
const BOB: Actor = { kind: 'user', name: 'bob' };
const PLATFORM: Actor = { kind: 'platform', name: 'keytop' };
const anna = { actor: ANNA, manager: false };
const WECHAT = { chargeType: '0', method: 'wechat', account: null } as const;
const DUE = 1000;

let world: ExitWorld;
beforeEach(async () => {
  world = await new ExitWorld([], []).parked();
  world.changePage = { platform: 'keytop', title: '科拓', url: (no) => `https://x/${no}` };
});
afterEach(() => world.dispose());

const dueAtExit = (): number => world.bill()?.dueFen ?? 0;
const pay = (receivedFen: number, more: Readonly<Record<string, unknown>> = {}): void =>
  world.lanes.order(OUT.id, {
    ...{ type: 'collect', method: 'cash', amountFen: dueAtExit(), receivedFen, change: 'code', actor: ANNA },
    ...more,
  });
const orders = () => world.store.read.changeOrders.search({ offset: 0, limit: 10 }).items;
const only = () => {
  const [order, ...others] = orders();
  expect(others).toEqual([]);
  if (!order) throw new Error('no order');
  return order;
};
const { changeOrders } = { changeOrders: () => world.payments.changeOrders };

describe('at an exit', () => {
  it('pays, opens the order and lets the car go in one commit; nothing goes out of the drawer', () => {
    world.arrive();
    const bill = world.bill();
    pay(5000);
    expect(world.phase()).toBe('cleared');
    const order = only();
    expect(order).toMatchObject({
      ...{ state: 'open', platform: 'keytop', billId: bill?.id, uid: world.uid, laneId: OUT.id, cashier: 'anna' },
      ...{ payFen: DUE, receivedFen: 5000, amountFen: 5000 - DUE, enteredAt: world.stay().enteredAt },
    });
    expect(world.store.read.payments.get(bill?.id ?? '')).toMatchObject({
      ...{ paid_fen: DUE, received_fen: 5000, change_fen: 0 },
    });
    // Read back as after a power cut: either both or neither.
    world.restart();
    expect([only().id, world.stay().status]).toEqual([order.id, 'left']);
  });

  it('does not depend on the outbox of anybody: the next payment has an order of its own', () => {
    world.arrive();
    pay(700, { amountFen: 400, part: true, billId: world.bill()?.id });
    pay(DUE);
    expect(
      orders()
        .map(({ amountFen }) => amountFen)
        .toSorted((a, b) => a - b),
    ).toEqual([300, 400]);
    expect(new Set(orders().map(({ id }) => id)).size).toBe(2);
  });

  it('makes none for the exact sum, for change in cash, or for a bank card', () => {
    world.arrive();
    pay(DUE);
    expect(orders()).toEqual([]);
  });

  it('is refused where nobody gives change, and nothing happens', () => {
    world.changePage = undefined;
    world.arrive();
    expect(reasonOf(() => pay(5000))).toBe('change-not-offered');
    expect([world.phase(), world.count('bill-paid')]).toEqual(['charging', 0]);
    pay(5000, { change: 'cash' });
    expect([world.phase(), orders().length]).toEqual(['cleared', 0]);
  });

  it.each([
    ['open', 'by-hand', '，另退未找零的 40.00 元'],
    ['given', 'given', '；第三方已找零 40.00 元，不再退'],
  ])('is taken back: an order that is %s is then %s, and the case says what went back', (before, after, said) => {
    world.arrive();
    pay(5000);
    if (before === 'given') changeOrders().given(only().id, WECHAT, PLATFORM);
    world.lanes.order(OUT.id, { type: 'withdraw', reason: '掉头', actor: ANNA });
    expect(only()).toMatchObject({ state: after });
    const [turned] = world.store.read.cases.search({ kind: 'turned-back', offset: 0, limit: 10 }).items;
    expect(turned).toMatchObject({ amountFen: DUE, detail: `离场撤销，现金已退${said}：掉头` });
    // Back at the exit it pays anew, with an order of its own.
    if (before === 'open') expect(reasonOf(() => changeOrders().settle(only().id, ANNA))).toBe('change-over');
  });
});

describe('at a counter', () => {
  it('a bill of a car inside', () => {
    const made = world.payments.prepayments.bill({ uid: world.uid }, ANNA);
    if (made.kind !== 'bill') throw new Error('nothing due');
    const money = { method: 'cash', receivedFen: 2000, change: 'code' } as const;
    const paid = world.payments.prepayments.pay(made.bill.id, money, ANNA);
    expect(paid).toMatchObject({ changeFen: 0, changeOrderNo: only().id });
    expect(only()).toMatchObject({ payFen: DUE, amountFen: 1000, laneId: null });
  });

  it('a bill whose car stands at a lane: the car goes', () => {
    world.arrive();
    const money = { method: 'cash', receivedFen: 2000, change: 'code' } as const;
    world.payments.prepayments.pay(world.bill()?.id ?? '', money, ANNA);
    expect([world.phase(), only().laneId]).toEqual(['cleared', OUT.id]);
  });

  it('a debt', () => {
    world.arrive();
    world.owe();
    const debt = world.store.read.debts.ofStay(world.uid)[0];
    const money = { method: 'cash', receivedFen: 2000, change: 'code' } as const;
    const paid = world.payments.arrears.pay(debt?.id ?? '', money, ANNA);
    expect(paid).toMatchObject({ changeFen: 0, changeOrderNo: only().id });
    expect(only()).toMatchObject({ billId: paid.billId, payFen: DUE, amountFen: 1000 });
  });
});

describe('in cash after all', () => {
  it('goes out of the drawer of whoever hands it over, also where another one keeps it', () => {
    const shift = world.shifts?.open({ booth: OUT.booth ?? '', floatFen: 10_000 }, anna);
    world.arrive();
    pay(5000);
    const office = world.shifts?.open({ booth: 'office', floatFen: 10_000 }, { actor: BOB, manager: false });
    changeOrders().settle(only().id, BOB);
    expect(only()).toMatchObject({ shiftId: shift?.id, settled: { why: 'cash', by: 'bob', shiftId: office?.id } });
    const expected = (id: string | undefined) => world.store.read.shiftCash.sums(id ?? '');
    expect(expected(shift?.id)).toMatchObject({ payment: DUE, 'change-kept': 4000, 'change-handed': 0 });
    expect(expected(office?.id)).toMatchObject({ payment: 0, 'change-kept': 0, 'change-handed': -4000 });
  });

  it('is refused while the drawer is locked, and once the platform gave it', () => {
    const shift = world.shifts?.open({ booth: OUT.booth ?? '', floatFen: 10_000 }, anna);
    world.arrive();
    pay(5000);
    world.shifts?.pause(shift?.id ?? '', anna);
    expect(reasonOf(() => changeOrders().settle(only().id, ANNA))).toBe('till-paused');
    expect(only().state).toBe('open');
    changeOrders().given(only().id, WECHAT, PLATFORM);
    expect(reasonOf(() => changeOrders().settle(only().id, ANNA))).toBe('change-over');
  });

  it('is told to nobody but the platform whose page it is', () => {
    world.arrive();
    pay(5000);
    expect(() => changeOrders().given(only().id, WECHAT, { kind: 'platform', name: 'cmb' })).toThrow(
      '没有这个找零订单',
    );
    expect(only().state).toBe('open');
  });
});

it('gives out numbers that a slip of the finger does not turn into another', () => {
  const made: string[] = [];
  const ids = { next: (prefix: string) => `${prefix}${made.push(prefix)}` };
  const numbers = Array.from({ length: 500 }, () => newOrderNo(ids, () => false));
  expect(numbers.every((no) => /^\d{12}$/.test(no))).toBe(true);
  const known = new Set(numbers);
  expect(known.size).toBe(500);
  const slips = numbers.flatMap((no) =>
    [...no].map((digit, at) => no.slice(0, at) + String((Number(digit) + 1) % 10) + no.slice(at + 1)),
  );
  expect(slips.filter((no) => known.has(no))).toEqual([]);
  // Luhn holds for each of them, so a terminal can refuse a slip before it asks anybody.
  const sum = (no: string): number =>
    [...no].toReversed().reduce((total, digit, at) => {
      const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  expect(numbers.every((no) => sum(no) % 10 === 0)).toBe(true);
  expect(slips.some((no) => sum(no) % 10 === 0)).toBe(false);
  expect(newOrderNo(ids, (no) => no === numbers[0])).not.toBe(numbers[0]);
});
