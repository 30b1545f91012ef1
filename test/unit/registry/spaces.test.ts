import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recountSpaces, spacesOf } from '../../../electron/station/registry/spaces.ts';
import { closeStays } from '../../../electron/station/registry/stale.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { TEMPORARY } from '../../../shared/domain/terms.ts';
import { entered } from '../../support/events.ts';
import { AREAS, at, CLERK, LiveClock, SITE, type World, world } from '../../support/registry.ts';

let park: World;
beforeEach(() => {
  park = world(new LiveClock());
});
afterEach(() => park.dispose());

let cars = 0;
const enter = (over: Partial<Stay>): string => {
  const uid = `u${cars++}`;
  const plate = { text: `鲁B${10_000 + cars}`, color: 'blue', kind: 'ordinary' } as const;
  park.store.write((tx) => tx.record(entered(uid, { plate, ...over })));
  return uid;
};
const now = () => spacesOf(park.store.read.stays, SITE, AREAS);
const area = (id: string) => now().areas.find((each) => each.areaId === id);
const recount = (areaId: string | null, actualInside: number): void =>
  recountSpaces({ store: park.store, areas: AREAS }, { areaId, actualInside, reason: '人工盘点' }, CLERK);

test('a car in an inner area counts there and in the outer one, and once in the whole', () => {
  enter({ areaId: 'outer' });
  enter({ areaId: 'inner', vehicleClass: 'large' });
  enter({ areaId: 'inner', terms: { ...TEMPORARY, quotaId: 'q1' } });
  enter({});
  expect(area('outer')).toMatchObject({ total: 100, inside: 3, free: 97, byClass: { small: 2, medium: 0, large: 1 } });
  expect(area('inner')).toMatchObject({ total: 40, inside: 2, free: 38 });
  // The car on the reserved quota takes no open space.
  expect(now().whole).toEqual({ total: 150, open: 130, inside: 4, free: 127 });
  expect(now().quotas).toEqual([{ quotaId: 'q1', name: '租户甲', total: 20, inside: 1, free: 19 }]);
  expect(now().classes).toContainEqual({ vehicleClass: 'large', total: 2, inside: 1, free: 1 });
  expect(now().classes).toContainEqual({ vehicleClass: 'small', total: null, inside: 3, free: null });
});

test('a recount is true at once, is logged with both figures, and cars go on counting from it', () => {
  enter({ areaId: 'inner' });
  recount('inner', 5);
  expect([area('inner')?.inside, area('outer')?.inside, now().whole.inside]).toEqual([5, 5, 5]);
  expect(park.bodies('spaces-corrected')).toEqual([
    { areaId: 'inner', countedInside: 1, actualInside: 5, reason: '人工盘点' },
  ]);
  enter({ areaId: 'inner' });
  expect(now().whole.inside).toBe(6);
  expect(park.store.read.stays.countInside()).toBe(6);
  recount(null, 6);
  expect(park.bodies('spaces-corrected')).toHaveLength(1);
  expect(() => recount('nowhere', 1)).toThrow('没有这个区域');
});

test('however the counts are corrected, nothing is negative, and what was counted last is what is shown', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(null, 'outer', 'inner'), fc.nat({ max: 200 })), { maxLength: 12 }),
      (steps) => {
        for (const [areaId, actual] of steps) {
          if (actual % 5 === 0) enter({ areaId: areaId ?? 'outer' });
          recount(areaId, actual);
          const shown = areaId === null ? now().whole : area(areaId);
          expect(shown?.inside).toBe(actual);
          for (const each of [now().whole, ...now().areas]) {
            expect(each.inside).toBeGreaterThanOrEqual(0);
            expect(each.free).toBeGreaterThanOrEqual(0);
          }
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('a stale stay that a recount had taken off already is not missing twice when it is closed', async () => {
  const gone = enter({ areaId: 'outer', enteredAt: at('2026-01-01') });
  enter({ areaId: 'outer' });
  recount('outer', 1);
  expect(now().whole.inside).toBe(1);
  const work = {
    ...{ store: park.store, clock: park.clock, site: SITE, areas: AREAS },
    ...{ spaces: () => now().whole, laneOf: () => null, standsAt: () => null, dueFen: () => 0 },
  };
  await closeStays(work, { uids: [gone] }, '车已不在', CLERK);
  expect([now().whole.inside, now().correction, area('outer')?.inside]).toEqual([1, 0, 1]);
});
