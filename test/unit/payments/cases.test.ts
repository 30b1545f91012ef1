import { afterEach, beforeEach, expect, it } from 'vitest';
import { openCase } from '../../../electron/station/payments/cases.ts';
import { type Actor, STATION } from '../../../shared/domain/events.ts';
import type { Case, CaseKind } from '../../../shared/domain/money-flow.ts';
import { ANNA, BOSS, PayWorld, reasonOf } from './pay-world.ts';

const CHIEF: Actor = { kind: 'user', name: 'chief' };
let world: PayWorld;
beforeEach(() => {
  world = new PayWorld([]);
});
afterEach(() => world.dispose());

function opened(kind: CaseKind, actor: Actor = STATION, passageId: string | null = null): Case {
  const facts = { kind, uid: 'u1', laneId: 'out', passageId, plate: '', amountFen: 1, detail: '' };
  return world.store.write((tx) => openCase(tx, facts, actor, { now: world.clock.now(), id: world.id('case') }));
}
const close = (of: Case, actor: Actor, role: 'attendant' | 'manager' | 'admin' = 'attendant') =>
  reasonOf(() => world.payments.cases.close(of.id, '已处理', { actor, role })) ?? 'closed';

it('is ended by whoever took it, or by a manager', () => {
  const seen = opened('seen-again');
  expect(close(seen, ANNA)).toBe('case-not-taken');
  world.payments.cases.take(seen.id, BOSS, false);
  expect(close(seen, ANNA)).toBe('case-taken');
  expect(close(seen, BOSS)).toBe('closed');
  expect(close(opened('near-plate'), BOSS, 'manager')).toBe('closed');
});

const aboutMoney: readonly CaseKind[] = [
  'shift-difference',
  'released',
  'no-entry',
  'left-while-held',
  'paid-twice',
  'opened-by-hand',
  'turned-back',
];
it.each(aboutMoney)('%s is about money: ended by a manager who had no hand in it, or by an administrator', (kind) => {
  const found = opened(kind, BOSS);
  world.payments.cases.take(found.id, ANNA, false);
  expect(close(found, ANNA)).toBe('managers-only');
  expect(close(found, BOSS, 'manager')).toBe('own-case');
  expect(close(found, CHIEF, 'manager')).toBe('closed');
  expect(close(opened(kind, BOSS), BOSS, 'admin')).toBe('closed');
});

it('knows who had a hand in it by what they did with the car, also where the station itself opened it', () => {
  const found = opened('released', STATION, 'pass-7');
  const stay = world.stay();
  world.record({
    ...{ kind: 'vehicle-exited', key: 'u1', laneId: 'out', passageId: 'pass-7', actor: BOSS },
    body: {
      ...{
        stay: { ...stay, status: 'left' as const },
        lane: stay.entryLane,
        booth: null,
        how: 'released',
        reason: '特种车辆',
      },
      ...{ spaces: { total: 10, open: 10, free: 10, inside: 0 }, steps: [] },
    },
  });
  // To have looked at it is no hand in it.
  world.payments.cases.take(found.id, CHIEF, true);
  expect(close(found, BOSS, 'manager')).toBe('own-case');
  expect(close(found, CHIEF, 'manager')).toBe('closed');
});
