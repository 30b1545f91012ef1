import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANNA, PayWorld, reasonOf } from './pay-world.ts';

let world: PayWorld;
beforeEach(() => {
  world = new PayWorld([], { verifyAboveFen: 1000 });
});
afterEach(() => world.dispose());

const bill = () => world.payments.prepayments.bill({ uid: 'u1' }, ANNA);
const review = (uid = 'u1') => world.payments.reviews.review(uid, '照片相符', ANNA);
const holdNow = (): void => {
  world.doubts = [{ kind: 'held-open', at: world.clock.now(), detail: '东门出口' }];
};

describe('a stay in doubt', () => {
  it('is billed to nobody until a person has looked, whatever the lanes doubt it for; a later doubt is a new one', async () => {
    holdNow();
    expect(reasonOf(bill)).toBe('stay-doubtful');
    await world.clock.advance(1000);
    review();
    expect(bill()).toMatchObject({ kind: 'bill', bill: { dueFen: 500 } });
    await world.clock.advance(1000);
    holdNow();
    expect(reasonOf(bill)).toBe('stay-doubtful');
  });

  it('is told in the journal who looked, why, and how the stay was before', () => {
    review();
    const told = world.store.read.journal.list({ kind: 'stay-corrected', key: 'u1', limit: 5 });
    expect(told).toMatchObject([
      { actor: ANNA, body: { what: 'review', reason: '照片相符', before: { reviewedAt: null }, spaces: null } },
    ]);
    expect(world.stay().reviewedAt).toBe(world.clock.now());
  });

  it('that has ended is not reviewed any more', () => {
    world.arrive();
    world.letGo(false);
    expect(reasonOf(() => review())).toBe('not-inside');
    expect(reasonOf(() => review('none'))).toContain('没有这条停车记录');
  });

  it('makes the lane at which its car waits for that look anew, and no other', () => {
    const car = { laneId: 'out', uid: null, plate: '鲁B12345', attention: 'doubtful', bill: null };
    world.waiting = [{ ...car, laneId: 'other', plate: '鲁B99999' }, car];
    review();
    expect(world.refreshed).toEqual(['out']);
    world.waiting = [{ ...car, attention: 'blacklisted' }];
    review();
    expect(world.refreshed).toEqual(['out']);
  });
});

describe('an amount that wants a check', () => {
  it('is billed after a review of the last half hour', async () => {
    world.feeFen = 1500;
    expect(reasonOf(bill)).toBe('amount-unverified');
    review();
    await world.clock.advance(31 * 60_000);
    expect(reasonOf(bill)).toBe('amount-unverified');
    review();
    expect(bill()).toMatchObject({ bill: { dueFen: 1500 } });
  });
});
