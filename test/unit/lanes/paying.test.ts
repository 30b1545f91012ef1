import { describe, expect, it } from 'vitest';
import { settleBill } from '../../../electron/station/payments/bills.ts';
import type { Bill } from '../../../shared/domain/money-flow.ts';
import { IN, LaneWorld, OUT } from '../../support/lane-world.ts';
import {
  A,
  billAt,
  card,
  cash,
  count,
  coupon,
  debt,
  exited,
  given,
  last,
  MINUTE,
  parked,
  payment,
  quiet,
  release,
  START,
  user,
} from './given.ts';

/** A bill for a phone, made while the car stood inside and valid for `minutes`. */
function phoneBill(world: LaneWorld, minutes: number): Bill {
  world.car(OUT, A);
  const bill = billAt(world);
  if (!bill) throw new Error('no bill');
  world.must(OUT, { type: 'cancel', reason: 'r', actor: user });
  const made: Bill = { ...bill, id: 'phone1', scene: 'prepaid', validUntil: world.now + minutes * MINUTE };
  world.bills.set(made.id, made);
  return made;
}

/** Pays a bill while the car stands inside, as the desk does. */
function prepay(world: LaneWorld, bill: Bill): void {
  const stay = world.stays.get(bill.uid);
  if (!stay) throw new Error('no stay');
  world.bills.delete(bill.id);
  world.stays.set(stay.uid, settleBill(bill, stay, payment(bill.dueFen, { paidAt: world.now }), null).stay);
}

describe('paying at the exit', () => {
  it('in parts: each part has its bill, they add up, and only the last opens', () => {
    const world = parked(61);
    world.car(OUT, A);
    for (const amount of [300, 500]) {
      world.must(OUT, cash(amount, { part: true, receivedFen: 1000 }));
      expect(world.opens(OUT)).toBe(0);
      expect(world.bills.size).toBe(1);
    }
    expect(world.feed(OUT, cash(300))).toEqual({ refused: 'amount-differs' });
    world.must(OUT, cash(200));
    const paid = world.events.flatMap((event) => (event.kind === 'bill-paid' ? [event.body] : []));
    expect(paid.map((each) => each.paidFen)).toEqual([300, 500, 200]);
    expect(new Set(paid.map((each) => each.billId)).size).toBe(3);
    expect(exited(world).stay).toMatchObject({ chargeFen: 1000, paidFen: 1000 });
  });

  it.each([0, 1000, 1500])('a part of %i of 1000 is none', (amount) => {
    const world = parked(61);
    world.car(OUT, A);
    expect(world.feed(OUT, cash(amount, { part: true }))).toEqual({ refused: 'amount-differs' });
  });

  it('gives change, and not on less than is due', () => {
    const world = parked(61);
    world.car(OUT, A);
    expect(world.feed(OUT, cash(1000, { receivedFen: 900 }))).toEqual({ refused: 'change-impossible' });
    world.must(OUT, cash(1000, { receivedFen: 5000 }));
    expect(last(world, 'bill-paid')).toMatchObject({ receivedFen: 5000, changeFen: 4000, paidFen: 1000 });
  });

  it('by bank card needs no shift, cash does where the site wants one', () => {
    const world = parked(61, { shiftRequired: true });
    world.car(OUT, A);
    expect(world.feed(OUT, cash(1000))).toEqual({ refused: 'shift-required' });
    world.must(OUT, { type: 'collect', method: 'pos', amountFen: 1000, actor: user });
    expect(last(world, 'bill-paid')).toMatchObject({ method: 'pos', shiftId: null });

    const staffed = parked(61, { shiftRequired: true });
    staffed.shiftId = 's1';
    staffed.car(OUT, A);
    staffed.must(OUT, cash(1000));
    expect(last(staffed, 'bill-paid').shiftId).toBe('s1');
  });

  it('money for a bill that no longer stands there is not wanted', () => {
    const world = parked(61);
    world.car(OUT, A);
    const billId = billAt(world)?.id ?? '';
    // Somebody who was asked for it said no: it is made anew.
    world.askedFor.add(billId);
    world.must(OUT, { type: 'refresh', actor: user });
    const paid = { type: 'paid', payment: payment(1000), actor: user } as const;
    expect(world.feed(OUT, { ...paid, billId })).toEqual({ refused: 'not-wanted' });
    world.must(OUT, { ...paid, billId: billAt(world)?.id ?? '' });
    expect(world.feed(OUT, { ...paid, billId })).toEqual({ refused: 'not-wanted' });
    expect(count(world, 'bill-paid')).toBe(1);
  });

  it('a platform that takes a part off when it collects has paid the whole', () => {
    const world = parked(61);
    world.car(OUT, A);
    const off = { id: 'by-att1', kind: 'amount' as const, value: 200, maxFen: null, minimumFen: 0, origin: '平台' };
    const discount = { ...off, originKind: 'platform' as const, couponId: null, grantedAt: START };
    world.must(OUT, {
      type: 'paid',
      billId: billAt(world)?.id ?? '',
      payment: payment(800, { discounts: [{ discount, amountFen: 200, text: '平台优惠' }] }),
      actor: user,
    });
    expect(exited(world)).toMatchObject({ how: 'paid', stay: { chargeFen: 1000, paidFen: 800, discountFen: 200 } });
  });
});

describe('paying inside', () => {
  it('leaves the time of grace to drive out, and nothing is due in it', () => {
    const world = parked(61);
    prepay(world, phoneBill(world, 5));
    world.now += 15 * MINUTE;
    world.car(OUT, A);
    expect(world.opens(OUT)).toBe(1);
    expect(exited(world).stay).toMatchObject({ chargeFen: 1000, paidFen: 1000, owedFen: 0, waivedFen: 0 });
  });

  it('and staying on is charged for what has come on top', () => {
    const world = parked(61);
    prepay(world, phoneBill(world, 5));
    world.now += 61 * MINUTE;
    world.car(OUT, A);
    const bill = billAt(world);
    expect(bill).toMatchObject({ paidFen: 1000, dueFen: 500, chargeFen: 1500 });
    world.must(OUT, cash(500));
    expect(exited(world).stay).toMatchObject({ chargeFen: 1500, paidFen: 1500 });
  });

  it('a bill on a phone that still holds is the one that counts at the exit', () => {
    const world = parked(61);
    phoneBill(world, 5);
    world.now += 4 * MINUTE;
    world.car(OUT, A);
    expect(billAt(world)?.id).toBe('phone1');
    world.must(OUT, { type: 'paid', billId: 'phone1', payment: payment(1000), actor: user });
    expect(exited(world).how).toBe('paid');
  });

  it('such a bill counts as money of the exit where it is paid there, whole or in part', () => {
    for (const parts of [[1000], [300, 700]]) {
      const world = parked(61);
      phoneBill(world, 5);
      world.car(OUT, A);
      for (const [index, part] of parts.entries())
        world.must(OUT, cash(part, { part: index < parts.length - 1, receivedFen: part }));
      const paid = world.events.flatMap((event) => (event.kind === 'bill-paid' ? [event.body] : []));
      expect(paid.map(({ scene, paidFen }) => `${scene} ${paidFen}`)).toEqual(parts.map((part) => `gate ${part}`));
    }
  });

  it('a bill on a phone that leaves out a debt gives way to one that asks for it; one that asks for the whole of it stays', () => {
    for (const [asked, stays] of [
      [0, false],
      [300, false],
      [700, true],
    ] as const) {
      const world = parked(61);
      const made = phoneBill(world, 5);
      world.debts.set('d1', debt());
      const arrears = asked > 0 ? [{ debtId: 'd1', uid: null, amountFen: asked }] : [];
      world.bills.set(made.id, { ...made, arrears });
      world.car(OUT, A);
      expect(billAt(world)?.id === made.id).toBe(stays);
      expect(billAt(world)).toMatchObject({ dueFen: 1000, arrears: [{ debtId: 'd1', amountFen: 700 }] });
      expect(world.bills.size).toBe(1);
    }
  });

  it('one that ran out is made anew', () => {
    const world = parked(61);
    phoneBill(world, 5);
    world.now += 6 * MINUTE;
    world.car(OUT, A);
    expect(billAt(world)?.id).not.toBe('phone1');
    expect(last(world, 'bill-voided').bill.id).toBe('phone1');
    expect(world.bills.size).toBe(1);
  });
});

describe('a lane that looks anew', () => {
  const refresh = { type: 'refresh', actor: user } as const;

  it('keeps the bill that it would make again, however much time has passed', () => {
    const world = parked(61);
    world.car(OUT, A);
    const bill = billAt(world);
    world.now += 10 * MINUTE;
    const { events } = world.must(OUT, refresh);
    expect(billAt(world)).toEqual(bill);
    expect(events.map(({ kind }) => kind)).toEqual([]);
    world.must(OUT, cash(1000));
    expect(exited(world)).toMatchObject({ how: 'paid', stay: { chargeFen: 1000, paidFen: 1000 } });
  });

  it.each<[string, (world: LaneWorld) => void]>([
    ['it costs more by now', (world) => (world.now += 60 * MINUTE)],
    ['there is a debt', (world) => world.debts.set('d1', debt())],
    ['somebody was asked for it', (world) => world.askedFor.add(billAt(world)?.id ?? '')],
    ['money for an earlier one made it void', (world) => world.bills.clear()],
  ])('makes it anew where %s', (_what, happens) => {
    const world = parked(61);
    world.car(OUT, A);
    const before = billAt(world)?.id;
    happens(world);
    world.must(OUT, refresh);
    expect(billAt(world)?.id).not.toBe(before);
    expect([...world.bills.keys()]).toEqual([billAt(world)?.id]);
  });

  it('makes a bill from a phone anew once that has run out', () => {
    const world = parked(61);
    phoneBill(world, 5);
    world.car(OUT, A);
    world.must(OUT, refresh);
    expect(billAt(world)?.id).toBe('phone1');
    world.now += 6 * MINUTE;
    world.must(OUT, refresh);
    expect(billAt(world)?.id).not.toBe('phone1');
  });
});

describe('coupons', () => {
  const shop = (over: object = {}): LaneWorld => {
    const world = new LaneWorld();
    world.merchants.set('m1', {
      id: 'm1',
      name: '超市',
      couponsLeft: null,
      amountLeftFen: 5000,
      state: 'active',
      updatedAt: 0,
    });
    world.coupons.set('q1', coupon(over));
    return world;
  };

  it('are used up by the payment, and count against the quota of the shop', () => {
    const world = parked(61, {}, A, shop());
    world.car(OUT, A);
    expect(billAt(world)?.dueFen).toBe(700);
    world.must(OUT, cash(700));
    expect(exited(world).stay).toMatchObject({ chargeFen: 1000, paidFen: 700, discountFen: 300 });
    expect(world.coupons.get('q1')).toMatchObject({ state: 'used', uid: exited(world).stay.uid });
    expect(world.merchants.get('m1')?.amountLeftFen).toBe(4700);
  });

  it('are used up by an exit that they make free of charge', () => {
    const world = parked(61, {}, A, shop({ kind: 'free', value: 0 }));
    world.car(OUT, A);
    expect(exited(world)).toMatchObject({ how: 'free', stay: { chargeFen: 1000, discountFen: 1000, paidFen: 0 } });
    expect(world.coupons.get('q1')?.state).toBe('used');
    expect(world.merchants.get('m1')?.amountLeftFen).toBe(4000);
    quiet(world, OUT);
    world.now += 20 * MINUTE;
    parked(61, {}, A, world);
    world.car(OUT, A);
    expect(billAt(world)?.dueFen).toBe(1000);
  });

  it('are used once by the first part of a payment in parts', () => {
    const world = parked(61, {}, A, shop());
    world.car(OUT, A);
    world.must(OUT, cash(100, { part: true }));
    expect(world.coupons.get('q1')?.state).toBe('used');
    world.must(OUT, cash(600));
    expect(world.merchants.get('m1')?.amountLeftFen).toBe(4700);
    expect(exited(world).stay).toMatchObject({ chargeFen: 1000, paidFen: 700, discountFen: 300 });
  });

  it('make a debt smaller, and are used up by it', () => {
    const world = parked(61, {}, A, shop());
    world.car(OUT, A);
    world.must(OUT, { type: 'owe', reason: '未带手机', actor: user });
    expect([...world.debts.values()]).toMatchObject([{ amountFen: 700 }]);
    expect(exited(world).stay).toMatchObject({ chargeFen: 1000, discountFen: 300, owedFen: 700 });
    expect(world.coupons.get('q1')?.state).toBe('used');
  });

  it('stay with the driver when the car is let go for nothing', () => {
    const world = parked(61, {}, A, shop());
    world.car(OUT, A);
    world.must(OUT, release());
    expect(world.coupons.get('q1')?.state).toBe('given');
    expect(exited(world).stay).toMatchObject({ chargeFen: 1000, waivedFen: 1000, discountFen: 0 });
  });
});

describe('a card with debts beside it', () => {
  it('pays its own bill, and the driver the debt', () => {
    const world = given(new LaneWorld(), {
      cards: [card({ type: 'stored-value', balanceFen: 9000 })],
      debts: [debt()],
    });
    parked(61, {}, A, world);
    world.car(OUT, A);
    expect(world.cards.get('c1')?.balanceFen).toBe(8000);
    expect(billAt(world)).toMatchObject({ dueFen: 0, arrears: [{ amountFen: 700 }] });
    expect(world.opens(OUT)).toBe(0);
    world.must(OUT, cash(700));
    expect(world.opens(OUT)).toBe(1);
    expect(world.debts.get('d1')?.state).toBe('paid');
    expect(exited(world).stay).toMatchObject({ chargeFen: 1000, paidFen: 1000 });
    expect(world.state(IN).phase).toBe('cleared');
  });
});
