import { describe, expect, it } from 'vitest';
import { IN, LaneWorld, OUT, OUT2, plate } from '../../support/lane-world.ts';
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
  quiet,
  START,
  user,
  withdraw,
} from './given.ts';

/** Which car stands there: no plate, an unread one, a near one, none that is known, one too many. */

const NEAR = '鲁B1234S';

describe('a car without a plate', () => {
  it('waits for a person, who lets it in with a virtual plate', () => {
    const world = new LaneWorld();
    world.car(IN, '', 'none');
    expect(attention(world, IN)).toBe('unlicensed');
    world.must(IN, { type: 'approve', reason: null, actor: user });
    expect(last(world, 'vehicle-entered').stay).toMatchObject({
      plate: { text: '' },
      identity: expect.stringMatching(/^W/),
    });
  });

  it('enters by itself with a virtual plate where the site wants that, and an unread one does not', () => {
    const world = new LaneWorld({ unlicensed: 'admit' });
    world.car(IN, '', 'none');
    expect(world.opens(IN)).toBe(1);
    world.now += 2 * MINUTE;
    world.car(IN, '', 'unread');
    expect(attention(world, IN)).toBe('unread-plate');
  });

  it('leaves by the id that it scanned at the entry, and by no other', () => {
    const world = new LaneWorld();
    world.car(IN, '', 'none');
    world.must(IN, { type: 'identify', identity: 'openid-1', actor: user });
    expect(last(world, 'vehicle-entered').stay.identity).toBe('openid-1');
    world.now += 61 * MINUTE;
    world.car(OUT, '', 'none');
    expect(attention(world)).toBe('unlicensed');
    expect(world.feed(OUT, { type: 'identify', identity: 'openid-2', actor: user })).toEqual({ refused: 'not-inside' });
    world.must(OUT, { type: 'identify', identity: 'openid-1', actor: user });
    expect(billAt(world)?.dueFen).toBe(1000);
    world.must(OUT, cash(1000));
    expect(exited(world).stay).toMatchObject({ identity: 'openid-1', paidFen: 1000 });
  });

  it('that a person lets in can be told from the others at the exit', () => {
    const world = new LaneWorld();
    world.car(IN, '');
    world.must(IN, { type: 'release', reason: '临牌', actor: user });
    expect(last(world, 'vehicle-entered').stay.identity).toMatch(/^W/);
  });
});

describe('a plate that was read a little differently', () => {
  it('is taken for the only one near it, and what was read stays visible', () => {
    const world = parked(61);
    world.car(OUT, NEAR);
    expect(world.state(OUT).passage).toMatchObject({
      plate: { text: A },
      readPlate: { text: NEAR },
      bill: { dueFen: 1000 },
    });
    expect(last(world, 'plate-corrected')).toMatchObject({ before: { text: NEAR }, after: { text: A } });
  });

  it('asks a person where two are near, and bills the one that was picked', () => {
    const world = parked(5);
    parked(61, {}, '鲁B12348', world);
    world.car(OUT, '鲁B1234B');
    expect(world.state(OUT).passage?.attention).toBe('near-match');
    expect(world.state(OUT).passage?.candidates.map((each) => each.plate)).toEqual(['鲁B12348', A]);
    const uid = world.inside('鲁B12348')?.uid ?? '';
    world.must(OUT, { type: 'pick-stay', uid, actor: user });
    expect(billAt(world)).toMatchObject({ uid, dueFen: 1000 });
    world.must(OUT, cash(1000));
    expect(world.inside(A)).not.toBeNull();
  });

  it.each([
    { who: 'on a card', setup: (world: LaneWorld) => given(world, { cards: [card()] }) },
    {
      who: 'on an expired card',
      setup: (world: LaneWorld) => given(world, { cards: [card({ validTo: START - MINUTE })] }),
    },
    { who: 'booked', setup: (world: LaneWorld) => given(world, { bookings: [booking()] }) },
    {
      who: 'on the white list',
      setup: (world: LaneWorld) => {
        world.list(A, 'white');
        return world;
      },
    },
  ])('never is taken alone for a car $who', ({ setup }) => {
    const world = parked(61, {}, A, setup(new LaneWorld()));
    world.car(OUT, NEAR);
    expect(attention(world)).toBe('near-match');
    expect(world.opens(OUT)).toBe(0);
  });

  it('is never taken alone where the site wants to be asked', () => {
    const world = parked(61, { nearMatch: 'ask' });
    world.car(OUT, NEAR);
    expect(attention(world)).toBe('near-match');
  });

  it('is held to the lists of the car that it is', () => {
    const world = parked(61);
    world.list(A, 'black', 'no-exit');
    world.car(OUT, NEAR);
    expect(attention(world)).toBe('blacklisted');
  });

  it('typed right by the attendant is billed as what it is, and what was approved of the other car is forgotten', () => {
    const world = parked(61, { verifyAboveFen: 999 });
    parked(61, {}, B, world);
    world.car(OUT, A);
    world.must(OUT, { type: 'approve', reason: null, actor: user });
    world.must(OUT, { type: 'correct-plate', plate: plate(B), actor: user });
    expect(attention(world)).toBe('amount-check');
    expect(world.bills.size).toBe(0);
  });

  it('corrected after a part was paid takes no money from one car to the other', () => {
    const world = parked(61);
    parked(61, {}, B, world);
    world.car(OUT, A);
    world.must(OUT, cash(300, { part: true }));
    world.must(OUT, { type: 'correct-plate', plate: plate(B), actor: user });
    expect(last(world, 'case-changed').case).toMatchObject({ kind: 'paid-twice', amountFen: 300, plate: A });
    world.must(OUT, cash(1000));
    world.must(OUT, withdraw);
    expect(world.inside(B)).toMatchObject({ paidFen: 0 });
    expect(world.inside(A)).toMatchObject({ paidFen: 300 });
  });

  it('corrected while the car still enters gives it the terms of its own plate', () => {
    const world = given(new LaneWorld(), { cards: [card()], bookings: [booking({ plate: B })] });
    world.car(IN, B);
    expect(world.bookings.get('b1')?.used).toBe(1);
    world.must(IN, { type: 'correct-plate', plate: plate(A), actor: user });
    expect(world.inside(A)).toMatchObject({ terms: { kind: 'card', id: 'c1' }, parkingType: 'monthly' });
    expect(world.bookings.get('b1')?.used).toBe(0);
    expect(world.opens(IN)).toBe(1);
  });

  it('is not corrected to a car that stands inside already', () => {
    const world = parked(5);
    world.car(IN, B);
    expect(world.feed(IN, { type: 'correct-plate', plate: plate(A), actor: user })).toEqual({
      refused: 'already-inside',
    });
  });
});

describe('a car that nobody saw come in', () => {
  const unknown = (world = new LaneWorld()): LaneWorld => {
    world.car(OUT, A);
    expect(attention(world)).toBe('no-entry');
    return world;
  };

  it('is back-filled with proof, billed from then, and stays a case', () => {
    const world = unknown();
    const input = { type: 'back-fill', proof: '监控录像', actor: user } as const;
    expect(world.feed(OUT, { ...input, enteredAt: world.now + 1 })).toEqual({ refused: 'in-the-future' });
    world.must(OUT, { ...input, enteredAt: world.now - 61 * MINUTE });
    expect(billAt(world)?.dueFen).toBe(1000);
    expect(last(world, 'vehicle-entered')).toMatchObject({
      how: 'by-hand',
      proof: '监控录像',
      stay: { plate: { text: A } },
    });
    expect(last(world, 'case-changed').case.kind).toBe('no-entry');
    world.must(OUT, cash(1000));
    expect(exited(world).stay).toMatchObject({ chargeFen: 1000, paidFen: 1000 });
  });

  it('and is typed in on a wrong day has its amount checked like any other', () => {
    const world = unknown();
    world.must(OUT, { type: 'back-fill', enteredAt: world.now - 38 * 24 * 60 * MINUTE, proof: '口述', actor: user });
    expect(attention(world)).toBe('amount-check');
    world.must(OUT, { type: 'approve', reason: null, actor: user });
    expect(billAt(world)?.dueFen).toBe(456_000);
  });

  it('and has a card stands on it', () => {
    const world = unknown(given(new LaneWorld(), { cards: [card()] }));
    world.must(OUT, { type: 'back-fill', enteredAt: world.now - 61 * MINUTE, proof: '物业证明', actor: user });
    expect(exited(world)).toMatchObject({ how: 'covered', stay: { terms: { kind: 'card' } } });
  });

  it('pays a fixed fee', () => {
    const world = unknown();
    world.must(OUT, { type: 'fixed-fee', amountFen: 2000, reason: '无法查到入场', actor: user });
    expect(billAt(world)).toMatchObject({ dueFen: 2000, tariffId: 'fixed' });
    world.must(OUT, cash(2000));
    expect(exited(world).stay).toMatchObject({ chargeFen: 2000, paidFen: 2000 });
  });

  it('is found among the others by its picture, and pays its own fee from then on', () => {
    const world = parked(61, {}, B);
    world.car(OUT, A);
    world.must(OUT, { type: 'fixed-fee', amountFen: 2000, reason: '无法查到入场', actor: user });
    world.must(OUT, { type: 'pick-stay', uid: world.inside(B)?.uid ?? '', actor: user });
    expect(billAt(world)?.dueFen).toBe(1000);
    expect(world.feed(OUT, { type: 'pick-stay', uid: 'nobody', actor: user })).toEqual({ refused: 'not-inside' });
  });

  it('is no business of an entrance', () => {
    const world = new LaneWorld();
    world.car(IN, '');
    expect(world.feed(IN, { type: 'back-fill', enteredAt: START, proof: 'p', actor: user })).toEqual({
      refused: 'wrong-direction',
    });
    expect(world.feed(IN, { type: 'pick-stay', uid: 'x', actor: user })).toEqual({ refused: 'wrong-direction' });
  });
});

describe('the same plate once more', () => {
  it('at an entrance closes the stay that never left, visibly, and bills nobody for it', () => {
    const world = parked(120);
    const old = world.inside(A)?.uid ?? '';
    quiet(world);
    world.car(IN, A);
    expect(world.stays.get(old)).toMatchObject({ status: 'abnormal', paidFen: 0 });
    expect(last(world, 'case-changed').case).toMatchObject({ kind: 'entered-twice', uid: old });
    world.now += 61 * MINUTE;
    world.car(OUT, A);
    expect(billAt(world)?.dueFen).toBe(1000);
  });

  it('at another exit takes its bill along: there is never a second one', () => {
    const world = parked(61);
    world.car(OUT, A);
    const first = billAt(world)?.id;
    world.now += 3 * MINUTE;
    world.car(OUT2, A);
    expect(world.state(OUT)).toMatchObject({ phase: 'idle', passage: null });
    expect(world.bills.size).toBe(1);
    expect(billAt(world, OUT2)?.id).not.toBe(first);
    world.must(OUT2, cash(1000));
    expect(world.bills.size).toBe(0);
    expect(count(world, 'bill-paid')).toBe(1);
  });

  it('soon after it left is a case to look at, and opens nothing', () => {
    const world = parked(5);
    world.car(OUT, A);
    quiet(world, OUT);
    world.now += 9 * MINUTE;
    world.car(OUT, A);
    expect(attention(world)).toBe('seen-again');
    expect(last(world, 'case-changed').case.kind).toBe('seen-again');
    world.must(OUT, { type: 'refresh', actor: user });
    expect(count(world, 'case-changed')).toBe(1);
    expect(world.opens(OUT)).toBe(1);
  });

  it('behind the barrier that it just passed is the same car, and nothing happens', () => {
    const world = parked(5);
    world.car(OUT, A);
    world.must(OUT, { type: 'safety-loop', on: true });
    world.must(OUT, { type: 'safety-loop', on: false });
    world.now += 4000;
    world.car(OUT, A);
    expect(world.state(OUT)).toMatchObject({ phase: 'idle', passage: null });
    expect(count(world, 'case-changed')).toBe(0);
    expect(world.opens(OUT)).toBe(1);
  });

  it('long after it left is a car without an entry', () => {
    const world = parked(5);
    world.car(OUT, A);
    quiet(world, OUT);
    world.now += 11 * MINUTE;
    world.car(OUT, A);
    expect(attention(world)).toBe('no-entry');
  });
});
