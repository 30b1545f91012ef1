import { describe, expect, it } from 'vitest';
import { BOTH, IN, LaneWorld, OUT } from '../../support/lane-world.ts';
import {
  A,
  attention,
  B,
  billAt,
  booking,
  card,
  cash,
  count,
  exited,
  given,
  last,
  MINUTE,
  parked,
  payment,
  quiet,
  user,
  visitor,
  withdraw,
} from './given.ts';

const hold = { type: 'gate', action: 'hold', reason: '高峰', photoId: null, actor: user } as const;
const letGo = { ...hold, action: 'release-hold' } as const;
const loop = (on: boolean) => ({ type: 'safety-loop', on }) as const;

describe('a car that turns back at the entrance', () => {
  it('was never there, and its visit is given back', () => {
    const world = given(new LaneWorld(), { bookings: [booking()] });
    world.car(IN, A);
    world.must(IN, withdraw);
    expect(last(world, 'stay-closed')).toMatchObject({
      reason: 'turned-back',
      stay: { status: 'abnormal', chargeFen: 0 },
    });
    expect(world.bookings.get('b1')?.used).toBe(0);
    expect(last(world, 'passage-ended').how).toBe('turned-back');
    world.car(IN, A);
    expect(world.inside(A)?.terms.kind).toBe('booking');
  });

  it('gives a counted visit back', () => {
    const world = given(new LaneWorld(), { visitors: [visitor({ visitsLeft: 3 })] });
    world.car(IN, A);
    world.must(IN, withdraw);
    expect(world.visitors.get('v1')?.visitsLeft).toBe(3);
  });

  it('cannot be taken back once it is under the arm or another car stands there', () => {
    const world = new LaneWorld();
    world.car(IN, A);
    world.must(IN, loop(true));
    expect(world.feed(IN, withdraw)).toEqual({ refused: 'car-has-gone' });
    world.must(IN, loop(false));
    expect(world.feed(IN, withdraw)).toEqual({ refused: 'no-car' });
    expect(world.inside(A)).not.toBeNull();
  });
});

describe('a car that turns back at the exit', () => {
  it('gets its money back and stands inside again, owing what it owed', () => {
    const world = parked(61);
    world.car(OUT, A);
    world.must(OUT, cash(300, { part: true }));
    world.must(OUT, cash(700));
    world.must(OUT, withdraw);
    expect(world.events.filter((event) => event.kind === 'payment-reversed').map((event) => event.body)).toMatchObject([
      { amountFen: 300, method: 'cash' },
      { amountFen: 700, method: 'cash' },
    ]);
    expect(world.inside(A)).toMatchObject({ status: 'inside', paidFen: 0, dueFen: 0, exitLane: null, exitedAt: null });
    expect(world.cases()).toEqual(['turned-back']);
    world.car(OUT, A);
    expect(billAt(world)?.dueFen).toBe(1000);
  });

  it('that paid by phone is a case for somebody, who gives the money back', () => {
    const world = parked(61);
    world.car(OUT, A);
    world.must(OUT, { type: 'paid', billId: billAt(world)?.id ?? '', payment: payment(1000), actor: user });
    world.must(OUT, withdraw);
    expect(last(world, 'case-changed').case).toMatchObject({ kind: 'turned-back', amountFen: 1000 });
  });

  it('keeps paid what nobody gives back, and is asked for the rest alone', () => {
    const world = parked(61);
    world.car(OUT, A);
    const paying = { billId: billAt(world)?.id ?? '', payment: payment(1000, { via: 'cmb', final: true }) };
    world.must(OUT, { type: 'paid', ...paying, actor: { kind: 'platform', name: 'cmb' } });
    const leftAt = world.now;
    world.must(OUT, withdraw);
    expect(world.events.filter(({ kind }) => kind === 'payment-reversed')).toEqual([]);
    expect(world.cases()).toEqual([]);
    expect(world.inside(A)).toMatchObject({ ...{ paidFen: 1000, chargeFen: 1000, owedFen: 0 }, exitedAt: null });
    expect(world.inside(A)?.lastPaidAt).not.toBeNull();
    world.now = leftAt + 5 * MINUTE;
    world.car(OUT, A);
    expect([world.opens(OUT), billAt(world)]).toEqual([2, null]);
  });

  it('gets its cash back, and not what nobody gives back', () => {
    const world = parked(61);
    world.car(OUT, A);
    world.must(OUT, cash(300, { part: true }));
    const paying = { billId: billAt(world)?.id ?? '', payment: payment(700, { via: 'cmb', final: true }) };
    world.must(OUT, { type: 'paid', ...paying, actor: { kind: 'platform', name: 'cmb' } });
    world.must(OUT, withdraw);
    expect(world.inside(A)).toMatchObject({ paidFen: 700, lastPaidAt: null });
    expect(world.events.filter(({ kind }) => kind === 'payment-reversed')).toMatchObject([
      { body: { amountFen: 300 } },
    ]);
    expect(last(world, 'case-changed').case).toMatchObject({ kind: 'turned-back', amountFen: 300 });
    world.car(OUT, A);
    expect(billAt(world)?.dueFen).toBe(300);
  });

  it.each([
    { what: 'balance', over: { type: 'stored-value' as const, balanceFen: 1500 } },
    { what: 'minutes', over: { type: 'hours' as const, minutesLeft: 100 } },
    { what: 'a pass', over: { type: 'counted' as const, timesLeft: 4 } },
  ])('gets $what back on its card', ({ over }) => {
    const world = parked(61, {}, A, given(new LaneWorld(), { cards: [card(over)] }));
    const before = world.cards.get('c1');
    world.car(OUT, A);
    expect(world.opens(OUT)).toBe(1);
    expect(world.cards.get('c1')).not.toEqual(before);
    world.must(OUT, withdraw);
    expect(world.cards.get('c1')).toMatchObject(over);
  });

  it('gets back what its card paid in two parts', () => {
    const world = parked(
      61,
      {},
      A,
      given(new LaneWorld(), { cards: [card({ type: 'stored-value', balanceFen: 400 })] }),
    );
    world.car(OUT, A);
    world.cards.set('c1', card({ type: 'stored-value', balanceFen: 2000 }));
    world.must(OUT, { type: 'refresh', actor: user });
    expect(world.cards.get('c1')?.balanceFen).toBe(1400);
    world.must(OUT, withdraw);
    expect(world.cards.get('c1')?.balanceFen).toBe(2400);
  });

  it('keeps what it had paid inside before', () => {
    const world = parked(61);
    const stay = world.inside(A);
    if (!stay) throw new Error('no stay');
    world.stays.set(stay.uid, { ...stay, paidFen: 1000, dueFen: 1000, chargeFen: 1000, lastPaidAt: world.now });
    world.car(OUT, A);
    expect(world.opens(OUT)).toBe(1);
    world.must(OUT, withdraw);
    expect(world.inside(A)).toMatchObject({ paidFen: 1000, chargeFen: 1000, lastPaidAt: world.now });
  });

  it('that was let go for nothing owes again', () => {
    const world = parked(61);
    world.car(OUT, A);
    world.must(OUT, { type: 'release', reason: '领导安排', actor: user });
    world.must(OUT, withdraw);
    expect(world.inside(A)).toMatchObject({ waivedFen: 0, chargeFen: 0 });
    world.car(OUT, A);
    expect(billAt(world)?.dueFen).toBe(1000);
  });
});

describe('cars that follow', () => {
  const passed = (world = new LaneWorld()): LaneWorld => {
    parked(5, {}, A, world);
    world.car(OUT, A);
    world.must(OUT, loop(true));
    world.must(OUT, loop(false));
    return world;
  };

  it('a car under the arm right behind the one that was let through is a case', () => {
    const world = passed();
    world.now += 3000;
    world.must(OUT, loop(true));
    expect(last(world, 'followed-through')).toMatchObject({ plate: null });
    expect(last(world, 'case-changed').case.kind).toBe('followed-through');
    world.must(OUT, loop(false));
    world.must(OUT, loop(true));
    expect(count(world, 'followed-through')).toBe(1);
  });

  it('is named when it was read', () => {
    const world = passed(parked(61, {}, B));
    world.now += 3000;
    world.car(OUT, B);
    world.must(OUT, loop(true));
    expect(last(world, 'followed-through')).toMatchObject({ plate: { text: B } });
    expect(last(world, 'case-changed').case.uid).toBe(world.inside(B)?.uid);
  });

  it.each([
    {
      why: 'comes later',
      before: (world: LaneWorld) => {
        world.now += 16_000;
      },
    },
    {
      why: 'was let through by hand',
      before: (world: LaneWorld) => {
        world.now += 1000;
        world.must(OUT, { type: 'gate', action: 'open', reason: '设备故障', photoId: null, actor: user });
      },
    },
    { why: 'drives through a held arm', before: (world: LaneWorld) => void world.must(OUT, hold) },
  ])('a car that $why followed nobody', ({ before }) => {
    const world = passed();
    before(world);
    world.must(OUT, loop(true));
    expect(count(world, 'followed-through')).toBe(0);
  });

  it('a second car waits while one is served, and the first keeps its bill', () => {
    const world = parked(61);
    parked(61, {}, B, world);
    world.car(OUT, A);
    const bill = billAt(world);
    world.car(OUT, B);
    expect(billAt(world)).toEqual(bill);
    expect(world.state(OUT).waiting).toHaveLength(1);
    world.must(OUT, { type: 'cancel', reason: '倒车让行', actor: user });
    expect(world.state(OUT)).toMatchObject({ phase: 'idle', waiting: [{ plate: { text: B } }] });
    expect(world.bills.size).toBe(0);
  });
});

describe('a held arm', () => {
  it('at the exit lets everybody pass, keeps what was due, and leaves a case', () => {
    const world = parked(61);
    world.must(OUT, hold);
    world.car(OUT, A);
    expect(exited(world)).toMatchObject({ how: 'held-open', stay: { chargeFen: 1000, waivedFen: 1000, paidFen: 0 } });
    expect(last(world, 'case-changed').case).toMatchObject({ kind: 'left-while-held', amountFen: 1000 });
    expect(world.opens(OUT)).toBe(0);
  });

  it('leaves no case for a car that owed nothing', () => {
    const world = parked(5);
    world.must(OUT, hold);
    world.car(OUT, A);
    expect(exited(world).how).toBe('held-open');
    expect(count(world, 'case-changed')).toBe(0);
  });

  it('stops nobody whom it does not know: the next car is served at once', () => {
    const world = parked(61);
    world.must(OUT, hold);
    world.car(OUT, B);
    expect(attention(world)).toBe('no-entry');
    world.car(OUT, A);
    expect(exited(world).stay.plate.text).toBe(A);
    expect(world.state(OUT).waiting).toEqual([]);
  });

  it('at the entrance writes down everybody who drives in, without a command', () => {
    const world = new LaneWorld({ full: { small: 'refuse', medium: 'refuse', large: 'refuse' } });
    world.site = { ...world.site, openSpaces: 0 };
    world.list(B, 'black', 'no-entry');
    world.must(IN, hold);
    world.car(IN, A);
    world.car(IN, B);
    expect(world.inside(A)).not.toBeNull();
    expect(world.inside(B)).not.toBeNull();
    expect(world.state(IN).passage?.warnings).toContain('listed');
    expect(world.opens(IN)).toBe(0);
  });

  it('is one gap from the hold to its end, however often it is held', () => {
    const world = new LaneWorld();
    world.must(OUT, hold);
    const from = world.now;
    world.now += 5 * MINUTE;
    world.must(OUT, hold);
    world.now += 5 * MINUTE;
    world.must(OUT, letGo);
    expect([...world.gaps.values()]).toMatchObject([{ kind: 'held-open', direction: 'out', from, to: world.now }]);
  });

  it('of a lane for both ways is one by which cars may leave', () => {
    const world = new LaneWorld();
    world.must(BOTH, hold);
    expect([...world.gaps.values()]).toMatchObject([{ direction: 'out' }]);
  });
});

describe('the same-plate interval', () => {
  it('tells a car that stands there from one that came again', () => {
    const world = new LaneWorld();
    world.car(IN, A);
    quiet(world);
    world.now += 59_000;
    world.car(IN, A);
    expect(count(world, 'vehicle-entered')).toBe(1);
    world.now += 2000;
    world.car(IN, A);
    expect(count(world, 'vehicle-entered')).toBe(2);
  });
});
