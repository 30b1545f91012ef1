import { expect, it, onTestFinished } from 'vitest';
import { type CloudOptions, type ParkingCloud, startCloud } from '../../../peers/shenzhen/index.ts';
import type { FakeClock } from '../../../support/fake-clock.ts';
import { OUT } from '../../../support/lane-world.ts';
import type { Data } from '../platform-station.ts';
import { SITE } from './up-support.ts';
import { ANNA, CAR, device, UpWorld } from './up-world.ts';

/** The independent cloud looks at everything that it is told: fields, signatures, order, pauses. */
async function met(options: { readonly wire?: Data; readonly cloud?: CloudOptions } = {}) {
  let clock: FakeClock | undefined;
  const cloud = await startCloud({
    ...{ now: () => clock?.now() ?? 0, monotonic: () => clock?.monotonic() ?? 0 },
    ...options.cloud,
  });
  const world = await UpWorld.built({
    hardware: [
      ...[device('cam-in1', 'camera'), device('cam-out1', 'camera'), device('led', 'display')],
      ...[device('eye', 'berth-camera'), device('magnet', 'berth-sensor', 'offline')],
    ],
    site: { address: '深圳市南山区科技园', kind: 'kerbside' },
    settings: { baseUrl: cloud.baseUrl.replace(/\/api$/, ''), ...cloud.keys, site: SITE, wire: options.wire ?? {} },
  });
  ({ clock } = world);
  onTestFinished(async () => {
    await world.dispose();
    await cloud.close();
  });
  return { world, cloud };
}

const fine = (cloud: ParkingCloud): void => {
  expect(cloud.violations).toEqual([]);
  expect(cloud.doubts).toEqual([]);
};

/** A street of eight berths, a car that comes and goes, lists and devices that change, and an hour that passes. */
async function day(world: UpWorld): Promise<string> {
  const street = Array.from({ length: 8 }, (_, index) => world.addBerth(index + 1, { camera: 'eye' }));
  for (const berth of street) world.observe(berth, berth.number % 3 === 0);
  await world.start();
  const uid = await world.parked(65);
  await world.settled();
  const [first] = street;
  if (!first) throw new Error('no berth');
  world.observe(first, true);
  await world.settled();
  world.car(OUT.id);
  world.cash(world.bill(uid));
  await world.settled();
  world.observe(first, false);
  world.turns('led', 'offline');
  world.registry.lists.put(
    {
      ...{ list: 'black', plate: '粤B00009', strategy: 'no-entry', vehicleClass: null, remark: '' },
      ...{ validFrom: world.clock.now(), validTo: world.clock.now() + 86_400_000 },
    },
    ANNA,
  );
  await world.pass(660_000, 66);
  world.registry.lists.remove({ list: 'black', plate: '粤B00009' }, ANNA);
  await world.settled();
  return uid;
}

it.each([
  ['forms', {}, {}],
  ['JSON', { body: 'json' }, { bodyMode: 'json' }],
  ['envelopes', { body: 'envelope', batch: 5 }, { bodyMode: 'envelope' }],
  ['seconds and text dates', { epochUnit: 's', listDates: 'text' }, { epochUnit: 's', listDates: 'text' }],
] as const)('a day as the document wants it, in %s', async (_name, wire, cloud) => {
  const { world, cloud: city } = await met({ wire, cloud });
  const uid = await day(world);
  fine(city);
  const told = new Set(city.log.map((one) => one.interface));
  expect([...told].sort()).toEqual(
    [
      ...['berthInfo', 'berthStatus', 'blackWhite', 'entranceInfo', 'equipment', 'freeNum', 'park'],
      ...['parkRecordEntry', 'parkRecordExit'],
    ].sort(),
  );
  const record = city.state.records.get(`${uid.slice(-15)}0001`);
  expect(record?.entry?.['plateNumber']).toBe(CAR);
  expect(record?.exit).toMatchObject({ shouldPay: '1000', actualPay: '1000', agioMoney: '0' });
});

it('a city that answers oddly, loses answers and goes away is told everything once, in order, after the pauses', async () => {
  const { world, cloud } = await met();
  cloud.state.style.envelope = 'table35';
  cloud.state.style.codeAs = 'string';
  cloud.state.style.data = 'null';
  for (const name of ['parkRecordEntry', 'parkRecordExit', 'berthInfo', 'equipment'])
    cloud.fault({ kind: 'answer-lost' }, { interface: name, times: 1 });
  const uid = await day(world);
  await world.pass(400_000, 80);
  expect(cloud.violations).toEqual([]);
  const exits = cloud.log.filter((one) => one.interface === 'parkRecordExit');
  expect(exits).toHaveLength(2);
  expect(new Set(exits.map(({ fields }) => `${fields['exitTime']} ${fields['shouldPay']}`)).size).toBe(1);
  expect(world.read.outbox.ofStay(uid).map(({ state }) => state)).toEqual([1, 1]);
});

it.each([
  ['heard it', 'answer-lost'],
  ['did not hear it', 'cut'],
] as const)('a berth that turns back while nobody can know whether the city %s is told again', async (_name, kind) => {
  const { world, cloud } = await met();
  const berth = world.addBerth(1, { camera: 'eye' });
  world.observe(berth, false);
  await world.start();
  cloud.fault({ kind }, { interface: 'berthInfo', times: 1 });
  world.observe(berth, true);
  await world.pass(1000);
  world.observe(berth, false);
  await world.pass(10_000, 10);
  expect(cloud.received('berthInfo').map(({ fields }) => fields['state'])).toEqual(['0', '1', '0']);
  expect(cloud.state.berths.get(berth.code)?.state).toBe('0');
  expect(cloud.violations).toEqual([]);
  // Once it is known what the city holds, it is not told again.
  await world.pass(600_000, 20);
  expect(cloud.log.filter((one) => one.interface === 'berthInfo')).toHaveLength(3);
});

it('a city that was away for an hour gets every record, and of berths and free spaces only the newest', async () => {
  const { world, cloud } = await met();
  const berth = world.addBerth(1, { camera: 'eye' });
  world.observe(berth, false);
  await world.start();
  await cloud.goAway();
  const uid = await world.parked(65);
  for (const occupied of [true, false, true]) {
    world.observe(berth, occupied);
    await world.pass(600_000, 40);
  }
  world.car(OUT.id);
  world.cash(world.bill(uid));
  await world.pass(1_800_000, 60);
  expect(world.platform.status().uplink.state).toBe('offline');
  await cloud.comeBack();
  await world.pass(320_000, 64);
  expect(cloud.violations).toEqual([]);
  expect(world.platform.status().uplink.state).toBe('online');
  expect(world.read.outbox.ofStay(uid).map(({ state }) => state)).toEqual([1, 1]);
  expect(cloud.received('berthInfo').map(({ fields }) => [fields['state'], fields['sequence']])).toEqual([
    ['0', '1'],
    ['1', '4'],
  ]);
  expect(cloud.state.freeSpaces?.count).toBe(world.lanes.spaces().free);
  expect(cloud.waiting()).toEqual([]);
});

it('a station that starts again tells everything again, and no record twice', async () => {
  const { world, cloud } = await met();
  const uid = await day(world);
  await world.hub.stop();
  cloud.carParkStarted();
  await world.reopened();
  await world.pass(20_000, 20);
  fine(cloud);
  expect(cloud.received('park')).toHaveLength(2);
  expect(cloud.received('parkRecordExit')).toHaveLength(1);
  expect(cloud.record(`${uid.slice(-15)}0001`)?.exit).not.toBeNull();
});
