import { expect, test } from 'vitest';
import { type BerthViewSources, berthView, berthViews } from '../../../electron/station/berths/view.ts';
import { newStay } from '../../../electron/station/lanes/new-stay.ts';
import { type Berth, type BerthState, UNKNOWN_BERTH } from '../../../shared/domain/berth.ts';
import { toPlate } from '../../../shared/domain/plates.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { at } from '../../support/registry.ts';

const berth: Berth = {
  ...{ id: 'b1', code: 'NS001', number: 1, areaId: 'a1', road: '深南大道', side: 'left', position: 1 },
  ...{ sensor: 'geo-1', camera: 'eye-1', inUse: true, updatedAt: at('2026-03-01') },
};
const stay = newStay({
  ...{ uid: 'u1', plate: toPlate('粤B12345', 'blue'), vehicleClass: 'small', parkingType: 'temporary' },
  ...{ entryLane: { id: 'b1', name: 'NS001', number: 1 }, enteredAt: at('2026-03-02 08:00:00'), entryRecordId: 'r1' },
});
const account = { chargeFen: 700, dueFen: 200 };

type States = Readonly<Record<string, 'online' | 'offline' | 'unknown'>>;

/** The view with a state, the stay as it is by now, and devices that stand so. */
function seen(
  state: Partial<BerthState>,
  given: { stay?: Partial<typeof stay>; states?: States; berth?: Partial<Berth> } = {},
) {
  const now = { ...stay, ...given.stay };
  const sources: BerthViewSources = {
    read: {
      berthStates: { get: () => ({ ...UNKNOWN_BERTH, ...state }) },
      stays: { get: (uid: string) => (uid === 'u1' ? now : undefined) },
    },
    lanes: { account: () => account },
    park: {
      watchOf: (id: string) => {
        const known = given.states?.[id];
        return known && { state: known };
      },
    },
  };
  return berthView({ ...berth, ...given.berth }, sources);
}

test('a berth of which nobody has told says so, and holds no car', () => {
  expect(seen({})).toMatchObject({ occupied: null, since: null, source: null, car: null });
});

test('the car in it is told with what it costs by now; one whose stay ended otherwise is no car of ours', () => {
  const state = { occupied: true, since: at('2026-03-02 08:00:00'), source: 'video', uid: 'u1' } as const;
  const { car, since } = seen(state, { stay: { paidFen: 500 } });
  expect(car).toEqual({
    ...{ uid: 'u1', plate: '粤B12345', plateColor: 'blue', vehicleClass: 'small', terms: 'temporary' },
    ...{ enteredAt: '2026-03-02T08:00:00.000+08:00', feeFen: 700, dueFen: 200, paidFen: 500 },
  });
  expect(since).toBe('2026-03-02T08:00:00.000+08:00');
  expect(seen(state, { stay: { status: 'abnormal' } })).toMatchObject({ occupied: true, car: null });
});

test('one device that is heard is enough; without any it depends on people', () => {
  const device = (states: States, change: Partial<Berth> = {}) => seen({}, { states, berth: change }).device;
  expect(device({ 'geo-1': 'offline', 'eye-1': 'online' })).toBe('online');
  expect(device({ 'geo-1': 'offline', 'eye-1': 'unknown' })).toBe('offline');
  expect(device({})).toBe('unknown');
  expect(device({ 'geo-1': 'online' }, { sensor: null })).toBe('unknown');
  expect(device({}, { sensor: null, camera: null })).toBeNull();
});

test('a long street is priced in slices, so that nobody waits for all of it', async () => {
  const clock = new FakeClock();
  const told = clock.monotonic.bind(clock);
  const berths = Array.from({ length: 30 }, (_, index) => ({ ...berth, id: `b${index}` }));
  let priced = 0;
  // Each takes a millisecond.
  clock.monotonic = () => told() + priced;
  const sources: BerthViewSources = {
    read: {
      berthStates: { get: () => ({ ...UNKNOWN_BERTH, occupied: true, uid: 'u1' }) },
      stays: { get: () => stay },
    },
    lanes: {
      account: () => {
        priced += 1;
        return account;
      },
    },
    park: { watchOf: () => undefined },
  };
  let rows: unknown[] = [];
  const done = berthViews(berths, sources, clock).then((all) => {
    rows = all;
  });
  expect(priced).toBeGreaterThan(0);
  expect(priced).toBeLessThan(8);
  for (let turn = 0; turn < 12 && rows.length === 0; turn += 1) await clock.advance(1);
  await done;
  expect(rows).toHaveLength(30);
});
