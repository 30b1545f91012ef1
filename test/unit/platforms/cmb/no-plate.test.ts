import { afterEach, beforeEach, expect, test } from 'vitest';
import { IN, OUT } from '../../../support/lane-world.ts';
import { ANNA, CAR, CmbWorld, MINUTE } from './cmb-world.ts';

let world: CmbWorld;
beforeEach(async () => {
  world = await CmbWorld.open();
});
afterEach(() => world.dispose());

const VIRTUAL = '无A20190307000001';
const scan = (vpl = VIRTUAL, entry = String(IN.number)) => world.push('NoVpln', { vpl_number: vpl, in_code: entry });

/** Orders to raise the arm of the entry, whoever gave them. */
const raised = (): number =>
  world.read.journal
    .after(0, 10_000)
    .filter((event) => event.kind === 'gate-commanded' && event.laneId === IN.id && event.body.action === 'open')
    .length;

test('a car without a plate is let in under the plate that the bank sent', async () => {
  world.car(IN.id, '');
  expect(world.lanes.state(IN.id).phase).toBe('attention');
  expect(await scan()).toEqual({ status: 0, message: 'success', data: { vpl_number: VIRTUAL } });
  expect(world.lanes.state(IN.id).phase).toBe('cleared');
  expect(world.read.stays.insideIdentity(VIRTUAL)).toMatchObject({ status: 'inside', identity: VIRTUAL });
  expect(raised()).toBe(1);
});

test('under a plate of our own, where the site wants that: 16 ASCII characters, by which it is known at the exit', async () => {
  await world.dispose();
  world = await CmbWorld.open({ settings: { noPlate: { plate: 'own' } } });
  world.car(IN.id, '');
  const own = (await scan()).data?.['vpl_number'];
  expect(own).toMatch(/^[\x21-\x7e]{16,30}$/);
  expect(await scan()).toMatchObject({ status: 0, data: { vpl_number: own } });
  world.clock.jumpWall(65 * MINUTE);
  expect(await world.push('calc', { vpl_number: String(own) })).toMatchObject({ status: 0, data: { vpl_number: own } });
});

test('the plate of a car inside is no name for another one', async () => {
  await world.parked(5);
  world.car(IN.id, '');
  const told = await scan(CAR);
  expect(told.status).toBe(0);
  expect(told.data?.['vpl_number']).not.toBe(CAR);
  expect(world.read.stays.inside(CAR)?.identity).toBeNull();
});

test('a plated car is 1, nobody is 2, and nothing moves', async () => {
  const before = world.read.journal.last().seq;
  expect(await scan()).toEqual({ status: 2, message: '入口无车' });
  expect(await scan(VIRTUAL, '99')).toMatchObject({ status: 2 });
  // The number of an exit is no entry's.
  expect(await scan(VIRTUAL, String(OUT.number))).toMatchObject({ status: 2 });
  expect(world.read.journal.last().seq).toBe(before);
  expect(world.lanes.state(IN.id).phase).toBe('idle');
  world.car(IN.id);
  await world.settled();
  const plated = world.read.journal.last().seq;
  expect(await scan()).toEqual({ status: 1, message: '入口识别到有牌车' });
  expect(world.read.journal.last().seq).toBe(plated);
  expect(raised()).toBe(1);
});

test('the same scan again is answered as before, and the arm moves once', async () => {
  world.car(IN.id, '');
  const first = await scan();
  await world.settled();
  const { seq } = world.read.journal.last();
  expect(await scan()).toEqual(first);
  world.clock.jumpWall(59_000);
  expect(await scan()).toEqual(first);
  expect(world.read.journal.last().seq).toBe(seq);
  expect(raised()).toBe(1);
});

test('the repeat of a scan does not let in the next car, also after a restart', async () => {
  await world.dispose();
  world = await CmbWorld.open({ settings: { noPlate: { repeatMs: 300_000 } } });
  world.car(IN.id, '');
  const first = await scan();
  world.clock.jumpWall(2 * MINUTE);
  world.car(IN.id, '');
  expect(world.lanes.state(IN.id).phase).toBe('attention');
  await world.restarted();
  expect(await scan()).toEqual(first);
  expect(world.lanes.state(IN.id).phase).toBe('attention');
  expect(raised()).toBe(1);
  // Its own driver gets it in.
  expect(await scan('无A20190307000002')).toMatchObject({ status: 0 });
  expect(raised()).toBe(2);
});

test('a scan that was cut off after its mark and before its car came in is carried out when it comes again', async () => {
  world.car(IN.id, '');
  const { passage } = world.lanes.state(IN.id);
  const mark = { vpl: VIRTUAL, at: world.clock.now(), passageId: passage?.id };
  world.store.write((tx) => tx.memory.put('cmb', `no-plate:${IN.number}`, JSON.stringify(mark)));
  expect(await scan()).toMatchObject({ status: 0 });
  expect(raised()).toBe(1);
});

test('a full car park answers in words, and lets the same car in once there is a space', async () => {
  await world.dispose();
  world = await CmbWorld.open({
    site: { openSpaces: 1, rules: { full: { small: 'refuse', medium: 'refuse', large: 'refuse' } } },
  });
  await world.parked(5);
  world.car(IN.id, '');
  const full = await scan();
  expect(full).toEqual({ status: 403, message: '车位已满，暂不能进场' });
  expect([0, 1, 2]).not.toContain(full.status);
  expect(world.lanes.state(IN.id)).toMatchObject({ phase: 'attention', passage: { attention: 'lot-full' } });
  expect(raised()).toBe(1);
  world.car(OUT.id);
  expect(await scan()).toMatchObject({ status: 0, data: { vpl_number: VIRTUAL } });
  expect(raised()).toBe(2);
});

test('who scans after the car was let in by hand finds nobody to let in', async () => {
  world.car(IN.id, '');
  world.lanes.order(IN.id, { type: 'release', reason: '无牌', actor: ANNA });
  expect(await scan()).toMatchObject({ status: 2 });
});

const SECOND = '无A20190307000002';
const THIRD = '无A20190307000003';
const withArms = async (): Promise<void> => {
  await world.dispose();
  world = await CmbWorld.open({ arms: true });
};

test('a queue of cars without a plate: each driver who scans is let in, one car after the other', async () => {
  await withArms();
  world.car(IN.id, '');
  expect(await scan()).toMatchObject({ status: 0 });
  for (const [count, vpl] of [
    [2, SECOND],
    [3, THIRD],
  ] as const) {
    await world.clock.advance(4000);
    world.car(IN.id, '');
    expect(await scan(vpl)).toEqual({ status: 0, message: 'success', data: { vpl_number: vpl } });
    // The bank may not have heard it.
    expect(await scan(vpl)).toMatchObject({ status: 0 });
    expect(raised()).toBe(count);
  }
  const stays = [VIRTUAL, SECOND, THIRD].map((vpl) => world.read.stays.insideIdentity(vpl)?.entryRecordId);
  expect(new Set(stays).size).toBe(3);
  expect(stays).not.toContain(undefined);
  expect(world.lanes.state(IN.id).passage?.id).toBe(stays[2]);
});

test('the car that was let in and is read again under the arm opens nothing, and its driver is no other one', async () => {
  await withArms();
  world.car(IN.id, '');
  await scan();
  for (let read = 0; read < 3; read += 1) {
    await world.clock.advance(1500);
    world.car(IN.id, '');
    expect(await scan()).toMatchObject({ status: 0, data: { vpl_number: VIRTUAL } });
  }
  expect(raised()).toBe(1);
});

test('nobody was seen behind it: another scan finds nobody, and leaves nobody to be let in', async () => {
  await withArms();
  world.car(IN.id, '');
  await scan();
  expect(await scan(SECOND)).toMatchObject({ status: 2 });
  // Read within a second of the arm: the very same car.
  await world.clock.advance(1000);
  world.car(IN.id, '');
  expect(await scan(SECOND)).toMatchObject({ status: 2 });
  await world.clock.advance(5000);
  expect(() => world.lanes.identify(IN.id, SECOND, ANNA)).toThrow();
  expect(() => world.lanes.identify(IN.id, SECOND, ANNA)).toThrow();
  expect(raised()).toBe(1);
});

test('a driver who is inside already is not the one behind', async () => {
  await withArms();
  world.car(IN.id, '');
  await scan();
  await world.clock.advance(4000);
  world.car(IN.id, '');
  await scan(SECOND);
  await world.clock.advance(4000);
  world.car(IN.id, '');
  expect(await scan()).toMatchObject({ status: 2 });
  expect(raised()).toBe(2);
});

test('whom an attendant let in may scan late, and brings no second car', async () => {
  await withArms();
  world.car(IN.id, '');
  world.lanes.order(IN.id, { type: 'release', reason: '无牌', actor: ANNA });
  await world.clock.advance(4000);
  world.car(IN.id, '');
  expect(await scan()).toMatchObject({ status: 2 });
  expect(raised()).toBe(1);
});

test('an arm that did not open: whoever scans meanwhile is the driver before it, and comes in once', async () => {
  // Without arms nothing opens.
  world.car(IN.id, '');
  await scan();
  await world.clock.advance(4000);
  world.car(IN.id, '');
  expect(await scan(SECOND)).toMatchObject({ status: 2 });
  expect(world.read.stays.insideIdentity(SECOND)).toBeUndefined();
});

test('malformed scans', async () => {
  world.car(IN.id, '');
  for (const fields of [
    { in_code: '1' },
    { vpl_number: VIRTUAL },
    { vpl_number: VIRTUAL, in_code: '256' },
    { vpl_number: VIRTUAL, in_code: 'x' },
  ])
    expect(await world.push('NoVpln', fields as Record<string, string>)).toMatchObject({ status: 400 });
  expect(world.lanes.state(IN.id).phase).toBe('attention');
});
