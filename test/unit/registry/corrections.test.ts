import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { correctStay, type StayCorrection } from '../../../electron/station/registry/corrections.ts';
import { spacesOf } from '../../../electron/station/registry/spaces.ts';
import { closeStays, type WhichStays, youngOnes } from '../../../electron/station/registry/stale.ts';
import { attemptSchema, billSchema } from '../../../shared/domain/money-flow.ts';
import { toPlate } from '../../../shared/domain/plates.ts';
import type { Debt } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { aStay, entered } from '../../support/events.ts';
import { AREAS, at, CLERK, LiveClock, SITE, type World, world } from '../../support/registry.ts';

let park: World;
beforeEach(() => {
  park = world(new LiveClock());
});
afterEach(() => park.dispose());

const work = () => ({
  ...{ store: park.store, clock: park.clock, site: SITE, areas: AREAS },
  spaces: () => spacesOf(park.store.read.stays, SITE, AREAS).whole,
  laneOf: (uid: string) => park.atLane.get(uid) ?? null,
});
const has = (stay: Stay): void => {
  park.store.write((tx) => {
    tx.record(entered(stay.uid, stay));
    tx.stays.put(stay);
  });
};
const correct = (change: Partial<StayCorrection>, uid = 'u1') =>
  correctStay(work(), uid, { reason: '录像核对', ...change }, CLERK);
const refused = (reason: string) => expect.objectContaining({ reason });

const left = (over: Partial<Stay> = {}): Stay =>
  aStay('u1', {
    status: 'left',
    enteredAt: at('2026-03-01 08:00:00'),
    exitedAt: at('2026-03-01 12:00:00'),
    ...{ chargeFen: 1000, dueFen: 1000, paidFen: 1000 },
    ...over,
  });
const inside = (over: Partial<Stay> = {}): Stay => aStay('u1', { enteredAt: at('2026-03-01 08:00:00'), ...over });

describe('a car inside', () => {
  test('gets its plate, time and class in one event, with how it was before', () => {
    has(inside({ segments: [{ areaId: 'outer', from: at('2026-03-01 08:00:00'), to: null }] }));
    const enteredAt = at('2026-03-01 09:30:00');
    const stay = correct({ plate: toPlate('鲁b·99999', 'unknown'), enteredAt, vehicleClass: 'large' });
    expect(stay).toMatchObject({ plate: { text: '鲁B99999', color: 'blue' }, enteredAt, vehicleClass: 'large' });
    expect(stay.segments).toEqual([{ areaId: 'outer', from: enteredAt, to: null }]);
    expect(park.store.read.stays.inside('鲁B99999')?.uid).toBe('u1');
    expect(park.events('stay-corrected')).toHaveLength(1);
    expect(park.bodies('stay-corrected')).toMatchObject([
      { what: 'fee', before: { plate: { text: '鲁B12345' } }, reason: '录像核对' },
    ]);
  });

  test.each<[string, Partial<StayCorrection>, string]>([
    ['an entry in the future', { enteredAt: at('2026-03-02 08:00:01') }, 'in-the-future'],
    ['a fee while it is inside', { feeFen: 100 }, 'still-inside'],
    ['no plate', { plate: toPlate('', 'blue') }, 'plate-empty'],
    ['the plate of another car inside', { plate: toPlate('鲁B00002', 'blue') }, 'already-inside'],
    ['nothing', {}, 'nothing-changed'],
    ['what is so already', { plate: toPlate('鲁B12345', 'unknown'), vehicleClass: 'small' }, 'nothing-changed'],
  ])('is refused %s', (_what, change, reason) => {
    has(inside());
    has(aStay('u2', { plate: toPlate('鲁B00002', 'blue') }));
    const seq = park.store.read.journal.last().seq;
    expect(() => correct(change)).toThrow(refused(reason));
    expect(park.store.read.journal.last().seq).toBe(seq);
  });

  test('that was misread stands on its own card from its entry on, and leaves the booking that was not its own', () => {
    const [from, to] = [at('2026-03-01'), at('2026-03-09')];
    const booking = park.bookings.put({ plate: '鲁B12345', from, to }, {}, CLERK);
    const card = park.cards.create({ type: 'monthly', plates: ['鲁B77777'], validFrom: from, validTo: to }, CLERK);
    has(inside());
    park.bookings.put({ plate: '鲁B12345', from, to }, { immediate: true }, CLERK);
    expect(park.store.read.stays.get('u1')?.terms.kind).toBe('booking');
    const stay = correct({ plate: toPlate('鲁B77777', 'blue') });
    expect(stay).toMatchObject({ terms: { kind: 'card', id: card.id, coveredTo: to }, parkingType: 'monthly' });
    expect(park.store.read.bookings.get(booking.id)?.used).toBe(0);
    expect(correct({ plate: toPlate('鲁B12345', 'blue') }).terms.kind).toBe('booking');
    expect(park.store.read.bookings.get(booking.id)?.used).toBe(1);
  });

  test('that stands at a lane is corrected there', () => {
    has(inside());
    park.atLane.set('u1', '东门出口');
    expect(() => correct({ vehicleClass: 'large' })).toThrow(/东门出口/);
  });

  test('loses a bill that is no longer right, but not one that is being paid', () => {
    has(inside());
    const bill = billSchema.parse({
      ...{ id: 'b1', uid: 'u1', tariffId: 't', minutes: 60, chargeFen: 500, discountFen: 0, paidFen: 0, dueFen: 500 },
      ...{ steps: [], createdAt: 1 },
    });
    const attempt = attemptSchema.parse({
      ...{ id: 'a1', billId: 'b1', uid: 'u1', laneId: null, channel: 'cmb', kind: 'qr', method: 'wechat' },
      ...{ amountFen: 500, discountFen: 0, state: 'sent', reference: null, detail: '', createdAt: 1, updatedAt: 1 },
    });
    park.store.write((tx) => {
      tx.bills.put(bill);
      tx.attempts.put(attempt);
    });
    expect(() => correct({ vehicleClass: 'large' })).toThrow(refused('payment-under-way'));
    park.store.write((tx) => tx.attempts.put({ ...attempt, state: 'declined' }));
    correct({ vehicleClass: 'large' });
    expect(park.store.read.bills.get('b1')?.state).toBe('void');
  });

  test('that never was is void, and its space is free', () => {
    has(inside());
    expect(correct({ void: true }).status).toBe('abnormal');
    expect(park.bodies('stay-corrected')).toMatchObject([{ what: 'void', spaces: { inside: 0, free: 130 } }]);
    expect(() => correct({ void: true })).toThrow(refused('nothing-changed'));
    expect(() => correct({ vehicleClass: 'large' })).toThrow(refused('stay-abnormal'));
  });
});

describe('a car that left', () => {
  test.each<[string, Partial<StayCorrection>, string]>([
    ['an entry after its exit', { enteredAt: at('2026-03-01 12:00:01') }, 'entry-after-exit'],
    ['a fee below what it paid', { feeFen: 999 }, 'paid-more'],
    ['to be void while its money is here', { void: true }, 'paid-more'],
  ])('is refused %s', (_what, change, reason) => {
    has(left());
    expect(() => correct(change)).toThrow(refused(reason));
  });

  test('whose money went back may cost less; the refusal says how much must', () => {
    has(left());
    expect(() => correct({ feeFen: 400 })).toThrow(/退还 6\.00 元/);
    park.store.write((tx) =>
      tx.refunds.put({
        ...{ id: 'r1', billId: 'b1', attemptId: null, uid: 'u1', amountFen: 600, method: 'cash', reason: 'x' },
        ...{ state: 'done', requestedBy: 'a', decidedBy: 'b', shiftId: null, createdAt: 1, updatedAt: 1 },
      }),
    );
    expect(correct({ feeFen: 400 })).toMatchObject({ chargeFen: 400, dueFen: 400, paidFen: 1000 });
  });

  test('owes less when it should have cost less, and its debt follows', () => {
    has(left({ chargeFen: 1000, paidFen: 0, owedFen: 1000 }));
    park.store.write((tx) =>
      tx.debts.put({
        ...{ id: 'd1', uid: 'u1', plate: '鲁B12345', amountFen: 1000, paidFen: 0, since: 1, reason: '欠费离场' },
        ...{ intercept: 'none', state: 'open', source: 'x', updatedAt: 1 },
      }),
    );
    expect(correct({ feeFen: 300 })).toMatchObject({ owedFen: 300, waivedFen: 0, dueFen: 300 });
    expect(park.store.read.debts.get('d1')).toMatchObject({ amountFen: 300, state: 'open' });
    correct({ feeFen: 0 });
    expect(park.store.read.debts.get('d1')?.state).toBe('cancelled');
  });

  test('that was misread: what it owes is asked of the right plate, and no longer of the wrong one', () => {
    has(left({ chargeFen: 1000, paidFen: 0, owedFen: 1000 }));
    const debt: Omit<Debt, 'id'> = {
      ...{ uid: 'u1', plate: '鲁B12345', amountFen: 600, paidFen: 100, since: 1, reason: '欠费离场' },
      ...{ intercept: 'both', state: 'open', source: 'x', updatedAt: 1 },
    };
    park.store.write((tx) => {
      tx.debts.put({ ...debt, id: 'd1' });
      tx.debts.put({ ...debt, id: 'd2', amountFen: 500, paidFen: 0 });
      tx.debts.put({ ...debt, id: 'd3', state: 'paid', paidFen: 600 });
      tx.debts.put({ ...debt, id: 'd4', uid: null });
    });
    correct({ plate: toPlate('鲁B54321', 'blue') });
    expect(park.store.read.debts.open('鲁B54321')).toMatchObject([
      { id: 'd1', amountFen: 600, paidFen: 100, intercept: 'both' },
      { id: 'd2', amountFen: 500, paidFen: 0 },
    ]);
    // A platform's own debt under that plate is not this stay's.
    expect(park.store.read.debts.open('鲁B12345').map(({ id }) => id)).toEqual(['d4']);
    expect(park.store.read.debts.get('d3')?.plate).toBe('鲁B12345');
  });

  test('that should have cost more: the rest is let go, since nobody asked for it in time', () => {
    has(left());
    expect(correct({ feeFen: 1500 })).toMatchObject({ chargeFen: 1500, paidFen: 1000, waivedFen: 500, owedFen: 0 });
  });
});

describe('stale stays', () => {
  const standsAt = ({ uid }: Stay) => {
    const lane = park.atLane.get(uid);
    return lane === undefined ? null : { lane, how: 'served' as const };
  };
  const close = (which: WhichStays) => closeStays({ ...work(), standsAt, dueFen: () => 700 }, which, '车已不在', CLERK);

  test('those inside too long are closed, each with its reason; the others and the one at a lane stay', async () => {
    for (let day = 1; day <= 28; day++)
      has(
        aStay(`u${day}`, {
          plate: toPlate(`鲁B${10_000 + day}`, 'blue'),
          enteredAt: at(`2026-02-${String(day).padStart(2, '0')}`),
        }),
      );
    park.atLane.set('u3', '东门出口');
    const done = await close({ olderThanDays: 5 });
    expect(done.closed).toBe(24);
    expect(done.skipped).toMatchObject([{ uid: 'u3', reason: 'at-the-lane' }]);
    const closed = park.bodies('stay-closed');
    expect(closed).toHaveLength(24);
    expect(new Set(closed.map((body) => body.reason))).toEqual(new Set(['车已不在']));
    expect(closed.at(-1)?.spaces.inside).toBe(4);
    expect(park.store.read.stays.get('u1')).toMatchObject({ status: 'abnormal', exitedAt: null });
  });

  test('how long is too long says the rule, unless somebody says otherwise', async () => {
    has(inside({ enteredAt: park.clock.now() - 31 * 86_400_000 }));
    has(aStay('u2', { plate: toPlate('鲁B00002', 'blue'), enteredAt: park.clock.now() - 29 * 86_400_000 }));
    expect(await close({})).toMatchObject({ closed: 1 });
    expect(park.store.read.stays.get('u1')?.status).toBe('abnormal');
    expect(park.store.read.stays.get('u2')?.status).toBe('inside');
  });

  test('that are not stale yet are cases about the fee that is given up, which a manager who had no hand in it ends', async () => {
    const minutes = (n: number): number => park.clock.now() - n * 60_000;
    has(inside({ enteredAt: minutes(31 * 1440) }));
    has(aStay('u2', { plate: toPlate('鲁B00002', 'blue'), enteredAt: minutes(15) }));
    const uids = ['u1', 'u2'];
    expect(await youngOnes({ ...work(), dueFen: () => 700 }, { uids })).toMatchObject({
      ...{ young: 1, dueFen: 700 },
      first: [{ stay: { uid: 'u2' }, dueFen: 700 }],
    });
    expect(await close({ uids })).toMatchObject({ closed: 2 });
    expect(park.bodies('case-changed')).toMatchObject([
      {
        change: 'opened',
        case: {
          ...{ kind: 'closed-early', uid: 'u2', amountFen: 700, causedBy: [CLERK.name] },
          detail: '停放不到 1 小时即按滞留车清理（时限 30 天）：车已不在',
        },
      },
    ]);
  });

  test('names that are unknown, or stand twice, are told and do no harm', async () => {
    has(inside());
    expect(await close({ uids: ['u1', 'u1', 'nobody'] })).toMatchObject({ closed: 1, skipped: [{ uid: 'nobody' }] });
    expect(await close({ uids: ['u1'] })).toMatchObject({ closed: 0, skipped: [{ reason: 'not-inside' }] });
  });
});
