import { describe, expect, it } from 'vitest';
import type { ListStrategy } from '../../../shared/domain/list.ts';
import type { Debt } from '../../../shared/domain/registry.ts';
import { BOTH, IN, LaneWorld, OUT, plate } from '../../support/lane-world.ts';
import {
  A,
  approve,
  attention,
  B,
  billAt,
  card,
  cash,
  count,
  debt,
  exited,
  given,
  HOUR,
  last,
  MINUTE,
  parked,
  payment,
  quiet,
  release,
  START,
  user,
  withdraw,
} from './given.ts';

/** Cars that a list, a debt or a rule stops, and how they get on. */

describe('the black list', () => {
  it.each<{ strategy: ListStrategy; entry: boolean; exit: boolean }>([
    { strategy: 'no-entry', entry: true, exit: false },
    { strategy: 'no-exit', entry: false, exit: true },
    { strategy: 'neither', entry: true, exit: true },
    { strategy: 'warn', entry: false, exit: false },
    { strategy: 'free', entry: false, exit: false },
  ])(
    'with the strategy $strategy stops the car at the entry: $entry, at the exit: $exit',
    ({ strategy, entry, exit }) => {
      const world = new LaneWorld();
      world.list(A, 'black', strategy);
      world.car(IN, A);
      expect(attention(world, IN)).toBe(entry ? 'blacklisted' : null);
      expect(world.opens(IN)).toBe(entry ? 0 : 1);
      if (strategy === 'warn') expect(world.state(IN).passage?.warnings).toContain('listed');

      const inside = new LaneWorld();
      inside.car(IN, A);
      inside.list(A, 'black', strategy);
      inside.now += 61 * MINUTE;
      inside.car(OUT, A);
      expect(attention(inside)).toBe(exit ? 'blacklisted' : null);
      if (strategy === 'free') expect(exited(inside)).toMatchObject({ how: 'whitelist', stay: { chargeFen: 0 } });
      else expect(inside.opens(OUT)).toBe(0);
      if (strategy === 'warn') expect(inside.state(OUT).passage?.warnings).toContain('listed');
    },
  );

  it.each([
    { what: 'is over', validFrom: 0, validTo: START - 1 },
    { what: 'has not begun', validFrom: START + 10 * HOUR, validTo: START + 20 * HOUR },
  ])('stops nobody when its time $what', ({ validFrom, validTo }) => {
    const world = new LaneWorld();
    world.list(A, 'black', 'neither');
    const entry = world.listed.get(A);
    if (!entry) throw new Error('no entry');
    world.listed.set(A, { ...entry, validFrom, validTo });
    parked(61, {}, A, world);
    world.car(OUT, A);
    expect(billAt(world)?.dueFen).toBe(1000);
  });

  it('is set aside only with a reason, and then the car pays like any other', () => {
    const world = parked(61);
    world.list(A, 'black', 'no-exit');
    world.car(OUT, A);
    expect(world.feed(OUT, approve())).toEqual({ refused: 'reason-needed' });
    world.must(OUT, approve('民警同意'));
    expect(last(world, 'passage-approved')).toMatchObject({ attention: 'blacklisted', reason: '民警同意' });
    expect(billAt(world)?.dueFen).toBe(1000);
  });

  it('is set aside for this passage alone', () => {
    const world = new LaneWorld();
    world.list(A, 'black', 'no-entry');
    world.car(IN, A);
    world.must(IN, approve('民警同意'));
    expect(world.opens(IN)).toBe(1);
    quiet(world);
    world.now += 20 * MINUTE;
    world.car(IN, A);
    expect(attention(world, IN)).toBe('blacklisted');
  });
});

describe('the white list', () => {
  it('pays nothing, also when the entry ended meanwhile', () => {
    const world = new LaneWorld();
    world.list(A, 'white');
    parked(600, {}, A, world);
    expect(world.inside(A)).toMatchObject({ terms: { kind: 'whitelist' }, parkingType: 'special' });
    world.listed.clear();
    world.car(OUT, A);
    expect(exited(world)).toMatchObject({ how: 'whitelist', stay: { chargeFen: 0 } });
  });
});

describe('arrears', () => {
  it.each<{ intercept: Debt['intercept']; entry: boolean; exit: boolean }>([
    { intercept: 'none', entry: false, exit: false },
    { intercept: 'entry', entry: true, exit: false },
    { intercept: 'exit', entry: false, exit: true },
    { intercept: 'both', entry: true, exit: true },
  ])('that intercept $intercept', ({ intercept, entry, exit }) => {
    const world = given(new LaneWorld(), { debts: [debt({ intercept })] });
    world.car(IN, A);
    expect(attention(world, IN)).toBe(entry ? 'arrears' : null);
    if (entry) world.must(IN, approve('承诺出场缴清'));
    expect(world.state(IN).passage?.warnings).toContain('owing');
    world.now += 61 * MINUTE;
    world.car(OUT, A);
    expect(attention(world)).toBe(exit ? 'arrears' : null);
    if (exit) world.must(OUT, approve());
    expect(billAt(world)).toMatchObject({ dueFen: 1000, arrears: [{ debtId: 'd1', amountFen: 700 }] });
  });

  /** A stay of an hour and a minute that left owing 10 yuan. */
  const owing = (): LaneWorld => {
    const world = parked(61);
    world.car(OUT, A);
    world.must(OUT, { type: 'owe', reason: '未带手机', actor: user });
    quiet(world, OUT);
    world.now += 20 * MINUTE;
    return world;
  };

  it('of an own stay are collected with the next bill, and booked on the stay that owed them', () => {
    const world = owing();
    const old = exited(world).stay;
    expect(old).toMatchObject({ chargeFen: 1000, paidFen: 0, owedFen: 1000, dueFen: 1000 });
    parked(61, {}, A, world);
    world.car(OUT, A);
    expect(billAt(world)).toMatchObject({ dueFen: 1000, arrears: [{ uid: old.uid, amountFen: 1000 }] });
    expect(world.feed(OUT, cash(1000))).toEqual({ refused: 'amount-differs' });
    world.must(OUT, cash(2000));
    expect(world.stays.get(old.uid)).toMatchObject({ status: 'left', paidFen: 1000, owedFen: 0 });
    expect(exited(world).stay).toMatchObject({ chargeFen: 1000, paidFen: 1000 });
    expect([...world.debts.values()]).toMatchObject([{ state: 'paid', paidFen: 1000 }]);
    expect(last(world, 'bill-paid')).toMatchObject({ scene: 'arrears', paidFen: 1000, stay: { uid: old.uid } });
  });

  it('two of one stay add up on it', () => {
    const world = owing();
    const { uid } = exited(world).stay;
    const first = [...world.debts.values()][0];
    if (!first) throw new Error('no debt');
    given(world, {
      debts: [
        { ...first, amountFen: 400 },
        { ...first, id: 'd2', amountFen: 600 },
      ],
    });
    parked(61, {}, A, world);
    world.car(OUT, A);
    world.must(OUT, cash(2000));
    expect(world.stays.get(uid)).toMatchObject({ paidFen: 1000, owedFen: 0 });
    expect([...world.debts.values()].map((each) => each.state)).toEqual(['paid', 'paid']);
  });

  it('that a platform reported are booked on the stay that pays them', () => {
    const world = parked(61, {}, A, given(new LaneWorld(), { debts: [debt()] }));
    world.car(OUT, A);
    world.must(OUT, cash(1700));
    expect(world.debts.get('d1')).toMatchObject({ state: 'paid', paidFen: 700 });
    // What settles the debt is no part of what this stay cost.
    expect(exited(world).stay).toMatchObject({ chargeFen: 1000, paidFen: 1000 });
  });

  it('that were cancelled while the bill stood there are not collected over the counter', () => {
    const world = parked(61, {}, A, given(new LaneWorld(), { debts: [debt()] }));
    world.car(OUT, A);
    given(world, { debts: [debt({ state: 'cancelled' })] });
    expect(world.feed(OUT, cash(1700))).toEqual({ refused: 'stay-changed' });
    world.must(OUT, { type: 'refresh', actor: user });
    world.must(OUT, cash(1000));
    expect(world.debts.get('d1')).toMatchObject({ state: 'cancelled', paidFen: 0 });
  });

  it('that were cancelled while the driver paid by phone are a case for somebody', () => {
    const world = parked(61, {}, A, given(new LaneWorld(), { debts: [debt()] }));
    world.car(OUT, A);
    given(world, { debts: [debt({ state: 'cancelled' })] });
    world.must(OUT, { type: 'paid', billId: billAt(world)?.id ?? '', payment: payment(1700), actor: user });
    expect(world.opens(OUT)).toBe(1);
    expect(world.debts.get('d1')).toMatchObject({ state: 'cancelled' });
    expect(last(world, 'case-changed').case).toMatchObject({ kind: 'paid-twice', amountFen: 700 });
  });

  it('stay when the car is let go for nothing, and when it turns back', () => {
    const world = parked(61, {}, A, given(new LaneWorld(), { debts: [debt()] }));
    world.car(OUT, A);
    world.must(OUT, release());
    expect(world.debts.get('d1')).toMatchObject({ state: 'open', paidFen: 0 });
    expect(exited(world).stay).toMatchObject({ chargeFen: 1000, waivedFen: 1000, owedFen: 0 });
  });

  it('that were paid stay paid when the car turns back', () => {
    const world = parked(61, {}, A, given(new LaneWorld(), { debts: [debt()] }));
    world.car(OUT, A);
    world.must(OUT, cash(1700));
    world.must(OUT, withdraw);
    expect(world.debts.get('d1')).toMatchObject({ state: 'paid' });
    expect(world.inside(A)).toMatchObject({ paidFen: 0 });
  });

  it('are never those of the plate that was merely read', () => {
    const world = given(new LaneWorld(), { debts: [debt({ plate: '鲁B1234S' }), debt({ id: 'd2', amountFen: 300 })] });
    parked(61, {}, A, world);
    world.car(OUT, '鲁B1234S');
    expect(billAt(world)?.arrears.map((each) => each.debtId)).toEqual(['d2']);
  });
});

describe('leaving in debt', () => {
  it('is refused where the site does not want it, and for a car without a plate', () => {
    const world = parked(61, { debtExit: false });
    world.car(OUT, A);
    expect(world.feed(OUT, { type: 'owe', reason: 'r', actor: user })).toEqual({ refused: 'no-debts-here' });

    const nameless = new LaneWorld({ unlicensed: 'admit' });
    nameless.car(IN, '', 'none');
    const identity = nameless.state(IN).passage?.identity ?? '';
    nameless.now += 61 * MINUTE;
    nameless.car(OUT, '', 'none');
    nameless.must(OUT, { type: 'identify', identity, actor: user });
    expect(nameless.feed(OUT, { type: 'owe', reason: 'r', actor: user })).toEqual({ refused: 'plate-empty' });
  });

  it('stops the car at its next visit where the rules say so, and is taken back when the car turns back', () => {
    const world = parked(61, { debtIntercept: 'both' });
    world.car(OUT, A);
    world.must(OUT, { type: 'owe', reason: '未带手机', actor: user });
    expect([...world.debts.values()]).toMatchObject([{ intercept: 'both', state: 'open', amountFen: 1000 }]);
    world.must(OUT, withdraw);
    expect([...world.debts.values()]).toMatchObject([{ state: 'cancelled' }]);
    expect(world.inside(A)).toMatchObject({ owedFen: 0, status: 'inside' });
  });

  it('owes what is left after a part was paid', () => {
    const world = parked(61);
    world.car(OUT, A);
    world.must(OUT, cash(300, { part: true }));
    world.must(OUT, { type: 'owe', reason: '钱不够', actor: user });
    expect(exited(world).stay).toMatchObject({ chargeFen: 1000, paidFen: 300, owedFen: 700, dueFen: 1000 });
  });
});

describe('an implausible or doubtful bill', () => {
  it('above the threshold waits for a check', () => {
    const world = parked(61, { verifyAboveFen: 999 });
    world.car(OUT, A);
    expect(attention(world)).toBe('amount-check');
    expect(world.bills.size).toBe(0);
    world.must(OUT, approve());
    expect(billAt(world)?.dueFen).toBe(1000);
  });

  it('at the threshold, or where there is none, does not wait', () => {
    for (const verifyAboveFen of [1000, 0]) {
      const world = parked(61, { verifyAboveFen });
      world.car(OUT, A);
      expect(billAt(world)?.dueFen).toBe(1000);
    }
  });

  it('of a stay in doubt is shown to nobody before somebody looked, and asks once', () => {
    const world = parked(61);
    world.doubts.push({ kind: 'held-open', at: world.now - MINUTE, detail: '出口' });
    world.car(OUT, A);
    expect(attention(world)).toBe('doubtful');
    expect(world.bills.size).toBe(0);
    world.must(OUT, approve());
    expect(last(world, 'stay-corrected')).toMatchObject({ what: 'review', stay: { reviewedAt: world.now } });
    expect(billAt(world)?.dueFen).toBe(1000);
    world.must(OUT, { type: 'refresh', actor: user });
    expect(billAt(world)?.dueFen).toBe(1000);
  });

  it('does not stop a car that has nothing to pay', () => {
    const world = parked(600, {}, A, given(new LaneWorld(), { cards: [card()] }));
    world.doubts.push({ kind: 'held-open', at: world.now - MINUTE, detail: '出口' });
    world.car(OUT, A);
    expect(exited(world).how).toBe('covered');
  });
});

describe('confirmation by the attendant', () => {
  const confirm = { temporaryEntry: true, cardEntry: true, cardExit: true, freeExit: true };

  it.each([
    { who: 'a temporary car', cards: [] },
    { who: 'a card', cards: [card()] },
  ])('$who waits at both ends', ({ cards }) => {
    const world = given(new LaneWorld({ confirm }), { cards });
    world.car(IN, A);
    expect(attention(world, IN)).toBe('confirm');
    world.must(IN, approve());
    expect(world.opens(IN)).toBe(1);
    world.now += 5 * MINUTE;
    world.car(OUT, A);
    expect(attention(world)).toBe('confirm');
    world.must(OUT, approve());
    expect(world.opens(OUT)).toBe(1);
  });
});

describe('reasons', () => {
  const strict = { freeTextReasons: false, releaseReasons: ['特种车辆'], openReasons: ['设备故障'] };

  it('for letting a car go must be on the list', () => {
    const world = parked(61, strict);
    world.car(OUT, A);
    expect(world.feed(OUT, release('朋友'))).toEqual({ refused: 'reason-not-listed' });
    world.must(OUT, release('特种车辆'));
    expect(exited(world)).toMatchObject({ how: 'released', reason: '特种车辆', stay: { waivedFen: 1000 } });
  });

  it('for opening by hand must be on the list, for people and not for platforms', () => {
    const world = new LaneWorld(strict);
    const open = { type: 'gate', action: 'open', photoId: null } as const;
    expect(world.feed(BOTH, { ...open, reason: '朋友', actor: user })).toEqual({ refused: 'reason-not-listed' });
    world.must(BOTH, { ...open, reason: '设备故障', actor: user });
    world.must(BOTH, { ...open, reason: '远程开闸', actor: { kind: 'platform', name: 'keytop' } });
    expect(world.opens(BOTH)).toBe(2);
    expect(last(world, 'gate-commanded').origin).toBe('platform');
  });

  it('may be typed freely otherwise', () => {
    const world = parked(61);
    world.car(OUT, A);
    world.must(OUT, release('朋友'));
    expect(count(world, 'vehicle-exited')).toBe(1);
  });

  it('a car that nobody saw come in is not let go without a trace', () => {
    const world = new LaneWorld();
    world.car(OUT, B);
    world.must(OUT, release());
    expect(world.opens(OUT)).toBe(1);
    expect(last(world, 'case-changed').case).toMatchObject({ kind: 'released', plate: B });
    world.car(OUT, plate('').text);
    expect(count(world, 'vehicle-exited')).toBe(0);
  });
});
