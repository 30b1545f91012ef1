import { describe, expect, it } from 'vitest';
import { makeBill, settleDebt } from '../../../electron/station/payments/bills.ts';
import { STATION } from '../../../shared/domain/events.ts';
import type { Agreement, Debt } from '../../../shared/domain/registry.ts';
import { IN, LaneWorld, OUT, plate } from '../../support/lane-world.ts';
import {
  A,
  agreement,
  approve,
  attention,
  B,
  billAt,
  card,
  cash,
  count,
  coupon,
  debt,
  exited,
  given,
  HOUR,
  last,
  MINUTE,
  parked,
  payment,
  quiet,
  START,
  user,
  withdraw,
} from './given.ts';

/** The car of plate A has been inside for 61 minutes: 10 yuan. */
const agreed = (over: Partial<Agreement> = {}, world = new LaneWorld()): LaneWorld =>
  parked(61, {}, A, given(world, { agreements: [agreement(over)] }));

const onlyDebt = (world: LaneWorld): Debt => {
  const [first] = [...world.debts.values()];
  if (!first) throw new Error('no debt');
  return first;
};
/** The bill that somebody is to collect, if one is open. */
const collected = (world: LaneWorld) => [...world.bills.values()].find((bill) => bill.scene === 'after-departure');

describe('a car whose platform charges it after it has left', () => {
  it('goes at once: its stay ends owing, with a debt and an open bill over that debt', () => {
    const world = agreed();
    const uid = world.inside(A)?.uid ?? '';
    world.car(OUT, A);
    expect(world.opens(OUT)).toBe(1);
    expect(world.state(OUT)).toMatchObject({ phase: 'cleared', passage: { bill: null, attention: null } });
    const { stay, how, bill } = exited(world);
    expect(how).toBe('departure-pay');
    expect(stay).toMatchObject({ uid, status: 'left', chargeFen: 1000, paidFen: 0, owedFen: 1000, waivedFen: 0 });
    expect(onlyDebt(world)).toMatchObject({
      ...{ uid, plate: A, amountFen: 1000, paidFen: 0, state: 'open', intercept: 'none', source: 'city' },
      ...{ reason: '先离场后付费', notBefore: world.now + 3 * HOUR },
    });
    expect(bill).toEqual(collected(world));
    expect(bill).toMatchObject({
      ...{ uid, scene: 'after-departure', state: 'open', dueFen: 0, chargeFen: 1000, validUntil: null },
      arrears: [{ debtId: onlyDebt(world).id, uid, amountFen: 1000 }],
    });
    expect(count(world, 'bill-voided')).toBe(0);
    expect(world.cases()).toEqual([]);
  });

  it('uses its coupons up as it leaves, and owes what they leave', () => {
    const world = agreed();
    world.merchants.set('m1', {
      ...{ id: 'm1', name: '超市', couponsLeft: null, amountLeftFen: null, state: 'active', updatedAt: 0 },
    });
    world.coupons.set('q1', coupon());
    world.car(OUT, A);
    expect(exited(world).stay).toMatchObject({ chargeFen: 1000, discountFen: 300, owedFen: 700 });
    expect(collected(world)).toMatchObject({ discounts: [], arrears: [{ amountFen: 700 }] });
    expect(world.coupons.get('q1')).toMatchObject({ state: 'used' });
  });

  it('leaves with a part paid inside, and owes the rest', () => {
    const world = agreed();
    const stay = world.inside(A);
    if (stay) world.stays.set(stay.uid, { ...stay, paidFen: 400, chargeFen: 400, dueFen: 400, lastPaidAt: START });
    world.car(OUT, A);
    expect(exited(world).stay).toMatchObject({ chargeFen: 1000, paidFen: 400, owedFen: 600, dueFen: 1000 });
  });

  it('is collected from for as long as the agreement says', () => {
    const world = agreed({ collectMinutes: 30 });
    world.car(OUT, A);
    expect(onlyDebt(world).notBefore).toBe(world.now + 30 * MINUTE);
  });

  it('pays nothing later where nothing is due', () => {
    const world = parked(5, {}, A, given(new LaneWorld(), { agreements: [agreement()] }));
    world.car(OUT, A);
    expect(exited(world).how).toBe('free');
    expect(world.debts.size).toBe(0);
  });

  it('goes with the sum at the limit, and with the agreement for this very stay', () => {
    for (const over of [{ limitFen: 1000 }, { uid: '*' }]) {
      const world = parked(61);
      const uid = world.inside(A)?.uid ?? null;
      given(world, { agreements: [agreement({ ...over, ...('uid' in over ? { uid } : {}) })] });
      world.car(OUT, A);
      expect(exited(world).how).toBe('departure-pay');
    }
  });
});

describe('stands at the barrier with a bill as ever', () => {
  const REFUSED: readonly { readonly what: string; readonly world: () => LaneWorld }[] = [
    { what: 'over the limit', world: () => agreed({ limitFen: 999 }) },
    { what: 'another stay’s agreement', world: () => agreed({ uid: 'another' }) },
    { what: 'over already', world: () => agreed({ validTo: START }) },
    { what: 'not yet', world: () => agreed({ validFrom: START + 2 * HOUR }) },
    { what: 'another plate’s', world: () => agreed({ plate: B }) },
    { what: 'of a kind that is asked at the exit', world: () => agreed({ kind: 'auto-pay' }) },
    { what: 'of a platform that does not collect here', world: () => agreed({ platform: 'elsewhere' }) },
    {
      what: 'a try to pay is under way',
      world: () => {
        const world = agreed();
        world.beingPaid.add(world.inside(A)?.uid ?? '');
        return world;
      },
    },
    {
      what: 'a debt of an earlier visit stopped the car, and a person waved it on',
      world: () => {
        const world = given(agreed(), { debts: [debt({ intercept: 'exit' })] });
        world.car(OUT, A);
        expect(attention(world)).toBe('arrears');
        world.must(OUT, approve());
        return world;
      },
    },
    {
      what: 'a balance pays',
      world: () => {
        const stored = card({ type: 'stored-value', balanceFen: 300 });
        return parked(61, {}, A, given(new LaneWorld(), { cards: [stored], agreements: [agreement()] }));
      },
    },
    {
      what: 'an agreement of a platform that comes first is asked',
      world: () => {
        const world = given(agreed(), { agreements: [agreement({ id: 'agr2', platform: 'bank', kind: 'auto-pay' })] });
        world.collectors = ['bank', 'city'];
        return world;
      },
    },
  ];
  it.each(REFUSED)('$what', ({ world: make }) => {
    const world = make();
    if (world.state(OUT).phase === 'idle') world.car(OUT, A);
    expect(world.opens(OUT)).toBe(0);
    expect(billAt(world)?.scene).toBe('gate');
    expect(collected(world)).toBeUndefined();
    expect([...world.debts.values()].filter((each) => each.notBefore !== undefined)).toEqual([]);
  });

  it('while a platform that comes first is asked; once that has said no, the car goes on the account of the next', () => {
    const bank = agreement({ id: 'agr2', platform: 'bank', kind: 'auto-pay' });
    const world = given(agreed(), { agreements: [bank] });
    world.collectors = ['bank', 'city'];
    world.car(OUT, A);
    const asked = billAt(world);
    const events = world.events.length;
    world.must(OUT, { type: 'let-go', billId: asked?.id ?? '' });
    // Nobody has said no yet: the bill stands as it stood.
    expect(billAt(world)).toEqual(asked);
    expect(world.events).toHaveLength(events);
    world.tried.add('bank');
    world.must(OUT, { type: 'let-go', billId: 'another' });
    world.beingPaid.add(asked?.uid ?? '');
    world.must(OUT, { type: 'let-go', billId: asked?.id ?? '' });
    expect(world.events).toHaveLength(events);
    world.beingPaid.clear();
    world.must(OUT, { type: 'let-go', billId: asked?.id ?? '' });
    expect(exited(world).how).toBe('departure-pay');
    expect(last(world, 'bill-voided').bill.id).toBe(asked?.id);
    expect(onlyDebt(world)).toMatchObject({ source: 'city', amountFen: 1000 });
  });

  it('not because of a platform that comes first but cannot be asked for this bill, nor on one that has just said no', () => {
    const over = { id: 'agr2', platform: 'bank', kind: 'auto-pay', limitFen: 999 } as const;
    const small = given(agreed(), { agreements: [agreement(over)] });
    small.collectors = ['bank', 'city'];
    small.car(OUT, A);
    expect(exited(small).how).toBe('departure-pay');
    const refused = agreed();
    refused.tried.add('city');
    refused.car(OUT, A);
    expect(billAt(refused)?.dueFen).toBe(1000);
  });

  it('the bill on a phone, while it holds; afterwards the car goes and that bill is void', () => {
    const world = agreed();
    const stay = world.inside(A);
    const account =
      stay && world.world(OUT, world.state(OUT), { type: 'refresh', actor: user }).accountOf(stay, null, null);
    if (!stay || !account) throw new Error('no stay');
    const validUntil = world.now + 5 * MINUTE;
    const bill = makeBill({ id: 'phone', stay, account, scene: 'prepaid', debts: [], now: world.now, validUntil });
    const about = { key: stay.uid, laneId: null, passageId: null, actor: STATION };
    world.tell({ ...about, kind: 'bill-issued', body: { bill } });
    world.car(OUT, A);
    expect(billAt(world)?.id).toBe('phone');
    expect(world.opens(OUT)).toBe(0);
    world.must(OUT, { type: 'refresh', actor: user });
    expect(exited(world).how).toBe('departure-pay');
    expect(last(world, 'bill-voided').bill.id).toBe('phone');
    expect([...world.bills.values()].map((each) => each.scene)).toEqual(['after-departure']);
  });
});

describe('doubt', () => {
  it('is looked at by a person first', () => {
    const world = agreed();
    world.doubts.push({ kind: 'held-open', at: world.now - MINUTE, detail: '出口' });
    world.car(OUT, A);
    expect(attention(world)).toBe('doubtful');
    world.must(OUT, approve());
    expect(exited(world).how).toBe('departure-pay');
  });

  it('lets nobody leave on the account of a plate that is merely near, until a person says so', () => {
    const world = agreed();
    world.car(OUT, '鲁B1234S');
    expect(world.state(OUT).passage).toMatchObject({ plate: { text: A }, guessed: true });
    expect(billAt(world)?.dueFen).toBe(1000);
    world.must(OUT, { type: 'refresh', actor: user });
    expect(world.opens(OUT)).toBe(0);
    world.must(OUT, { type: 'correct-plate', plate: plate(A), actor: user });
    expect(exited(world).how).toBe('departure-pay');
  });

  it('lets nobody leave who has no plate', () => {
    const world = given(new LaneWorld({ unlicensed: 'admit' }), { agreements: [agreement({ plate: 'W1' })] });
    world.car(IN, '', 'none');
    const identity = world.state(IN).passage?.identity ?? '';
    world.now += 61 * MINUTE;
    world.car(OUT, '', 'none');
    world.must(OUT, { type: 'identify', identity, actor: user });
    expect(billAt(world)?.dueFen).toBe(1000);
  });
});

describe('the car turns back', () => {
  it('and nothing is owed, nothing collected, until it leaves again', () => {
    const world = agreed();
    world.car(OUT, A);
    const bill = collected(world);
    world.must(OUT, withdraw);
    expect(onlyDebt(world).state).toBe('cancelled');
    expect(last(world, 'bill-voided')).toMatchObject({ bill: { id: bill?.id }, reason: 'turned-back' });
    expect(world.inside(A)).toMatchObject({ status: 'inside', owedFen: 0, chargeFen: 0 });
    expect(world.bills.size).toBe(0);
    world.now += HOUR;
    world.car(OUT, A);
    expect(exited(world).stay.owedFen).toBe(1500);
    expect(collected(world)?.arrears[0]?.amountFen).toBe(1500);
  });
});

describe('the next visit', () => {
  /** Leaves first, and comes again after so long; at the exit it is asked for money because its agreement is over. */
  function again(afterMs: number): LaneWorld {
    const world = agreed();
    world.car(OUT, A);
    quiet(world, OUT);
    world.agreements.splice(0);
    world.now += afterMs;
    quiet(world, IN);
    world.car(IN, A);
    expect(attention(world, IN)).toBeNull();
    world.now += 61 * MINUTE;
    world.car(OUT, A);
    return world;
  }

  it('is asked for nothing more while the platform collects', () => {
    const world = again(HOUR);
    expect(billAt(world)).toMatchObject({ dueFen: 1000, arrears: [] });
    expect(world.state(OUT).passage?.warnings).toEqual([]);
  });

  it('pays it with its bill once that time is over, and the platform’s bill goes in the same step', () => {
    const world = again(3 * HOUR);
    const gone = onlyDebt(world);
    const bill = collected(world);
    expect(billAt(world)).toMatchObject({ dueFen: 1000, arrears: [{ debtId: gone.id, amountFen: 1000 }] });
    world.must(OUT, cash(2000));
    expect(world.debts.get(gone.id)).toMatchObject({ state: 'paid', paidFen: 1000 });
    expect(world.stays.get(gone.uid ?? '')).toMatchObject({ paidFen: 1000, owedFen: 0, chargeFen: 1000 });
    expect(last(world, 'bill-voided')).toMatchObject({ bill: { id: bill?.id }, reason: 'debt-settled' });
    expect(collected(world)).toBeUndefined();
  });

  it('leaves the platform’s bill alone while a try to pay it may still turn into money', () => {
    const world = again(3 * HOUR);
    world.beingPaid.add(onlyDebt(world).uid ?? '');
    world.must(OUT, cash(2000));
    expect(collected(world)?.state).toBe('open');
  });

  it('owes nothing where the platform has collected meanwhile', () => {
    const world = again(3 * HOUR);
    const owed = onlyDebt(world);
    const [current, owing] = [world.inside(A), world.stays.get(owed.uid ?? '')];
    const bill = collected(world);
    if (!current || !owing || !bill) throw new Error('nothing owed');
    const about = { key: owing.uid, laneId: null, passageId: null, actor: STATION };
    const booked = settleDebt({ billId: bill.id, debt: owed, owing, current, payment: payment(1000), lane: null });
    world.tell({ ...about, kind: 'bill-paid', body: { ...booked.paid, scene: 'after-departure' } });
    world.tell({ ...about, kind: 'debt-changed', body: { change: 'updated', debt: booked.debt } });
    world.must(OUT, { type: 'refresh', actor: STATION });
    expect(billAt(world)).toMatchObject({ dueFen: 1000, arrears: [] });
  });
});
