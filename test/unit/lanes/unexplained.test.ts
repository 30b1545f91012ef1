import { describe, expect, it } from 'vitest';
import type { EventDraft } from '../../../shared/domain/events.ts';
import { IN, INNER_IN, LaneWorld, OUT } from '../../support/lane-world.ts';
import { A, B, card, cash, DAY, given, last, MINUTE, parked, START, user, withdraw } from './given.ts';

/** What happens at a barrier and nobody could explain afterwards must be a case, or be refused. */

const open = { type: 'gate', action: 'open', reason: '其他', photoId: 'p1', actor: user } as const;
const loop = (on: boolean) => ({ type: 'safety-loop', on }) as const;

describe('an arm opened by hand while a car stands there', () => {
  it('at the exit is a case with what the car owes, for it may be gone before anybody is paid', () => {
    const world = parked(61);
    world.car(OUT, A);
    world.must(OUT, open);
    expect(last(world, 'case-changed').case).toMatchObject({ kind: 'opened-by-hand', amountFen: 1000, plate: A });
  });

  it('is none where nobody stands, where the car was let through, or at an entrance', () => {
    const world = parked(61);
    world.must(OUT, open);
    world.car(OUT, A);
    world.must(OUT, cash(1000));
    world.must(OUT, open);
    world.car(IN, '');
    world.must(IN, open);
    expect(world.cases()).toEqual([]);
  });
});

describe('an arm opened by hand after a car was let through', () => {
  const answered = (world: LaneWorld, outcome: 'done' | 'unknown'): void => {
    const commandId = world.state(OUT).lastCommand?.id ?? '';
    world.must(OUT, { type: 'gate-answered', commandId, outcome, detail: '' });
  };
  const paid = (outcome: 'done' | 'unknown'): LaneWorld => {
    const world = parked(61);
    world.car(OUT, A);
    world.must(OUT, cash(1000));
    answered(world, outcome);
    return world;
  };
  const opened = (world: LaneWorld): EventDraft | undefined => {
    world.must(OUT, open);
    return world.events.findLast(({ kind }) => kind === 'gate-commanded');
  };
  const ofNobody = { key: null, passageId: null, body: { origin: 'manual', plate: null } };

  it('is about nobody once that car has driven off, also twice, and also where no loop told that it did', () => {
    const world = paid('done');
    world.now += 31_000;
    expect(world.state(OUT).phase).toBe('cleared');
    expect(opened(world)).toMatchObject(ofNobody);
    answered(world, 'done');
    world.now += 5_000;
    expect(opened(world)).toMatchObject(ofNobody);
  });

  it('is about that car while it may still stand there', () => {
    const uid = (world: LaneWorld) => [...world.stays.values()][0]?.uid ?? 'none';
    const soon = paid('done');
    soon.now += 10_000;
    expect(opened(soon)?.key).toBe(uid(soon));
    const shut = paid('unknown');
    shut.now += 5 * MINUTE;
    expect(opened(shut)?.key).toBe(uid(shut));
    const read = paid('done');
    read.now += 25_000;
    read.car(OUT, A);
    read.now += 25_000;
    expect(opened(read)?.key).toBe(uid(read));
    const closed = paid('done');
    closed.must(OUT, { ...open, action: 'close', reason: null });
    answered(closed, 'done');
    closed.now += 40_000;
    expect(opened(closed)?.key).toBe(uid(closed));
    const looped = parked(61);
    looped.must(OUT, loop(true));
    looped.must(OUT, loop(false));
    looped.car(OUT, A);
    looped.must(OUT, cash(1000));
    answered(looped, 'done');
    looped.now += 40_000;
    expect(opened(looped)?.key).toBe(uid(looped));
  });
});

describe('a car that was let through and was never seen passing', () => {
  const timeout = (world: LaneWorld) =>
    world.must(OUT, { type: 'cleared-timeout', passageId: world.state(OUT).passage?.id ?? '' });
  const paidAtExit = (world: LaneWorld, text: string): void => {
    world.car(OUT, text);
    world.must(OUT, cash(world.state(OUT).passage?.bill?.dueFen ?? 0));
  };

  it('is a case where the loop is known to work, and none where there may be no loop', () => {
    const world = parked(61);
    world.car(IN, B);
    world.now += 61 * MINUTE;
    paidAtExit(world, A);
    timeout(world);
    expect(world.cases()).toEqual([]);
    world.must(OUT, loop(true));
    world.must(OUT, loop(false));
    paidAtExit(world, B);
    timeout(world);
    expect(world.cases()).toEqual(['not-seen-passing']);
  });
});

describe('money given back at the window', () => {
  it('needs an open drawer, as taking it does', () => {
    const world = new LaneWorld({ shiftRequired: true });
    world.shiftId = 's1';
    world.car(IN, A);
    world.now += 61 * MINUTE;
    world.car(OUT, A);
    world.must(OUT, cash(1000));
    world.shiftId = null;
    expect(world.feed(OUT, withdraw)).toEqual({ refused: 'shift-required' });
  });
});

describe("reasons from the manager's list", () => {
  const strict = { freeTextReasons: false, releaseReasons: ['业主投诉'] };

  it('are asked for wherever a person lets money or a car go', () => {
    const world = new LaneWorld(strict);
    world.car(IN, A);
    world.now += 61 * MINUTE;
    world.car(OUT, A);
    for (const type of ['release', 'owe', 'cancel'] as const)
      expect(world.feed(OUT, { type, reason: '随便', actor: user })).toEqual({ refused: 'reason-not-listed' });
    world.must(OUT, { type: 'owe', reason: '业主投诉', actor: user });
    expect(world.feed(OUT, { type: 'withdraw', reason: '随便', actor: user })).toEqual({
      refused: 'reason-not-listed',
    });
  });
});

describe('what the rules had to say', () => {
  it('stands in the record of the entry: a reserved space that was borrowed', () => {
    const world = given(new LaneWorld(), { cards: [card({ quotaId: 'q1' })] });
    world.site = { ...world.site, quotas: [{ id: 'q1', name: '公司', spaces: 0 }] };
    world.car(IN, A);
    expect(last(world, 'vehicle-entered').warnings).toEqual(['quota-borrowed']);
  });

  it('is said on the way out as well: a card that ends soon', () => {
    const world = given(new LaneWorld(), { cards: [card({ validTo: START + 2 * DAY })] });
    world.car(IN, A);
    world.now += 61 * MINUTE;
    world.car(OUT, A);
    expect(world.state(OUT).passage?.warnings).toEqual(['card-expires-soon']);
  });
});

describe('an inner area', () => {
  it('is full by its own spaces: a car from the outer area waits as the rules say', () => {
    const world = new LaneWorld({ full: { small: 'wait', medium: 'wait', large: 'wait' } });
    for (let car = 0; car < 20; car += 1) {
      const text = `鲁B1${1000 + car}`;
      world.car(IN, text);
      world.car(INNER_IN, text);
      world.now += 2 * MINUTE;
    }
    world.car(IN, A);
    world.car(INNER_IN, A);
    expect(world.state(INNER_IN).passage).toMatchObject({ attention: 'lot-full' });
    expect(world.inside(A)?.areaId).toBe('a1');
    world.must(INNER_IN, { type: 'approve', reason: null, actor: user });
    expect(world.inside(A)?.areaId).toBe('a2');
  });
});

describe('a stay that was made up at the exit', () => {
  const backFill = { type: 'back-fill', enteredAt: START - 60 * MINUTE, proof: '小票', actor: user } as const;

  it('is gone when the car turns out to be another one, or none', () => {
    const world = parked(61);
    world.car(OUT, B);
    world.must(OUT, { ...backFill, enteredAt: world.now - 60 * MINUTE });
    expect(world.inside(B)).not.toBeNull();
    const uid = world.inside(A)?.uid ?? '';
    world.must(OUT, { type: 'pick-stay', uid, actor: user });
    expect(world.inside(B)).toBeNull();
    expect(last(world, 'stay-closed')).toMatchObject({ reason: 'back-fill-withdrawn', stay: { chargeFen: 0 } });
    world.must(OUT, cash(1000));

    world.now += 10 * MINUTE;
    world.car(OUT, '鲁B99999');
    world.must(OUT, { ...backFill, enteredAt: world.now - 60 * MINUTE });
    world.must(OUT, { type: 'cancel', reason: '倒车', actor: user });
    expect(world.inside('鲁B99999')).toBeNull();
  });
});

describe('a car that has paid inside', () => {
  it('leaves within its time as one that paid, and nobody is asked to confirm a free exit', () => {
    const world = new LaneWorld({
      confirm: { temporaryEntry: false, cardEntry: false, cardExit: false, freeExit: true },
    });
    world.car(IN, A);
    world.now += 61 * MINUTE;
    const stay = world.inside(A);
    if (!stay) throw new Error('not inside');
    world.stays.set(stay.uid, { ...stay, chargeFen: 1000, paidFen: 1000, dueFen: 1000, lastPaidAt: world.now });
    world.now += 5 * MINUTE;
    world.car(OUT, A);
    expect(last(world, 'vehicle-exited')).toMatchObject({ how: 'paid', stay: { chargeFen: 1000, paidFen: 1000 } });
  });
});
