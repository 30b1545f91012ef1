import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Berths } from '../../../electron/station/registry/berths.ts';
import { seedBerthSchema, seedBerths, takenBerths } from '../../../electron/station/registry/berths-seed.ts';
import { SystemIds } from '../../../electron/station/runtime/ids.ts';
import type { BerthState } from '../../../shared/domain/berth.ts';
import { CLERK, fakeClockAt, type World, world } from '../../support/registry.ts';
import { memoryLog } from '../../support/silent-log.ts';

let park: World;
let berths: World['berths'];
beforeEach(() => {
  park = world(fakeClockAt('2026-03-02 08:00:00'));
  ({ berths } = park);
});
afterEach(() => {
  park.dispose();
});

const A1 = { code: 'NS001', areaId: 'outer' };

/** What the kerb would have written down. */
function taken(id: string, code: string, state: Partial<BerthState>): void {
  const before = park.store.read.berthStates.get(id);
  park.store.write((tx) =>
    tx.record({
      ...{ kind: 'berth-observed', key: null, laneId: null, passageId: null, actor: CLERK },
      body: { berth: { id, code }, before, state: { ...before, ...state }, at: park.clock.now() },
    }),
  );
}

describe('a berth comes onto the register', () => {
  test('with what it needs, and defaults for the rest; who did it stands in the journal', () => {
    const berth = berths.add(A1, CLERK);
    expect(berth).toMatchObject({ code: 'NS001', number: 1, position: 1, side: 'right', inUse: true, sensor: null });
    expect(park.store.read.berths.byCode('NS001')).toEqual(berth);
    expect(park.events('berth-changed')).toMatchObject([{ actor: CLERK, body: { change: 'added', berth } }]);
  });

  test('with the number after the last one, also where one in between is free', () => {
    berths.add({ ...A1, number: 7 }, CLERK);
    expect(berths.add({ code: 'NS002', areaId: 'outer' }, CLERK).number).toBe(8);
    berths.add({ code: 'NS003', areaId: 'outer', number: 9999 }, CLERK);
    expect(berths.add({ code: 'NS004', areaId: 'outer' }, CLERK).number).toBe(1);
  });

  test('not with a code or a number that another has, nor where no such road section or device is', () => {
    berths.add({ ...A1, number: 3 }, CLERK);
    const said = (change: object): unknown => {
      try {
        return berths.add({ code: 'NS009', areaId: 'outer', ...change }, CLERK);
      } catch (error) {
        return error;
      }
    };
    expect(said({ code: 'NS001' })).toMatchObject({ reason: 'berth-code-taken' });
    expect(said({ number: 3 })).toMatchObject({
      reason: 'berth-number-taken',
      message: expect.stringContaining('NS001'),
    });
    expect(said({ areaId: 'moon' })).toMatchObject({ reason: 'berth-area-unknown' });
    expect(said({ sensor: 'geo-9' })).toMatchObject({ reason: 'sensor-unfit' });
    expect(said({ sensor: 'eye-1' })).toMatchObject({ reason: 'sensor-unfit' });
    expect(said({ camera: 'cam-1' })).toMatchObject({ reason: 'camera-unfit' });
    expect(said({ sensor: 'geo-1', camera: 'eye-1' })).toMatchObject({ sensor: 'geo-1', camera: 'eye-1' });
  });
});

describe('a berth is changed', () => {
  test('in what is said, and the same again writes nothing', () => {
    const { id } = berths.add({ ...A1, sensor: 'geo-1' }, CLERK);
    expect(berths.update(id, { road: '深南大道', sensor: null }, CLERK)).toMatchObject({
      road: '深南大道',
      sensor: null,
    });
    berths.update(id, { road: '深南大道' }, CLERK);
    expect(park.bodies('berth-changed').map(({ change }) => change)).toEqual(['added', 'updated']);
  });

  test('although its device went from the settings since', () => {
    const { id } = berths.add({ ...A1, sensor: 'geo-1' }, CLERK);
    const { store, clock } = park;
    const later = new Berths({ store, clock, ids: new SystemIds(clock), areas: [], devices: [] });
    expect(later.update(id, { road: '深南大道', sensor: 'geo-1', areaId: 'outer' }, CLERK).road).toBe('深南大道');
    expect(() => later.update(id, { camera: 'eye-1' }, CLERK)).toThrow('没有设备');
  });
});

describe('a berth with a car in it', () => {
  test('is neither removed nor taken out of use; when the car is gone, it is', () => {
    const berth = berths.add(A1, CLERK);
    taken(berth.id, berth.code, { occupied: true });
    expect(() => berths.remove(berth.id, CLERK)).toThrow('内有车');
    expect(() => berths.update(berth.id, { inUse: false }, CLERK)).toThrow('内有车');
    expect(berths.update(berth.id, { road: '深南大道' }, CLERK).inUse).toBe(true);
    taken(berth.id, berth.code, { occupied: false });
    berths.update(berth.id, { inUse: false }, CLERK);
    // Out of use, what a stuck sensor says begins no stay and keeps nobody from taking it off.
    taken(berth.id, berth.code, { occupied: true });
    berths.remove(berth.id, CLERK, '道路改造');
    expect(park.store.read.berths.all()).toEqual([]);
    expect(park.store.read.berthStates.get(berth.id).occupied).toBeNull();
    expect(park.bodies('berth-changed').at(-1)).toMatchObject({ change: 'removed', reason: '道路改造' });
  });
});

describe('berths of a provision file', () => {
  const log = memoryLog();
  const seeds = (...entries: readonly object[]) => entries.map((entry) => seedBerthSchema.parse(entry));

  test('come once: what people changed stays, and what they took off stays off', () => {
    const file = seeds({ code: 'NS001', area: 'outer' }, { code: 'NS002', area: 'outer', number: 1 });
    seedBerths(berths, park.store, file, log);
    expect(park.store.read.berths.all().map(({ code, number }) => [code, number])).toEqual([
      ['NS002', 1],
      ['NS001', 2],
    ]);
    const first = park.store.read.berths.byCode('NS001');
    const second = park.store.read.berths.byCode('NS002');
    berths.update(first?.id ?? '', { road: '深南大道' }, CLERK);
    berths.remove(second?.id ?? '', CLERK);
    seedBerths(berths, park.store, [...file, ...seeds({ code: 'NS003', area: 'outer' })], log);
    expect(park.store.read.berths.all().map(({ code, road }) => [code, road])).toEqual([
      ['NS001', '深南大道'],
      ['NS003', ''],
    ]);
    expect([...takenBerths(park.store.read)].sort()).toEqual(['NS001', 'NS002', 'NS003']);
  });

  test('are left out where they contradict the register, and the others come', () => {
    berths.add({ ...A1, number: 5 }, CLERK);
    const noted = memoryLog();
    seedBerths(berths, park.store, seeds({ code: 'X', area: 'outer', number: 5 }, { code: 'Y', area: 'outer' }), noted);
    expect(park.store.read.berths.all().map(({ code }) => code)).toEqual(['NS001', 'Y']);
  });
});
