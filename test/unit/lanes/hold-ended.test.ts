import { describe, expect, it, onTestFinished } from 'vitest';
import { deviceEvents } from '../../../electron/station/device-events.ts';
import type { Barrier, DeviceEvents } from '../../../electron/station/devices/device.ts';
import { PhotoVault } from '../../../electron/station/store/photo-vault.ts';
import { STATION } from '../../../shared/domain/events.ts';
import { laneSchema } from '../../../shared/domain/site.ts';
import { IN, LaneWorld, OUT } from '../../support/lane-world.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { A, B, count, exited, last, parked, user } from './given.ts';
import { hold } from './platform-lane.ts';
import { IN1, OUT1, Rig } from './runtime-rig.ts';

/** 常抬, by how its command ended. */

type Outcome = 'done' | 'refused' | 'unknown';

function answer(world: LaneWorld, lane: typeof IN, outcome: Outcome): void {
  const commandId = world.state(lane).lastCommand?.id ?? '';
  world.must(lane, { type: 'gate-answered', commandId, outcome, detail: '该道闸没有设置常抬方式' });
}

/** As after a restart, or when a device came back. */
const restore = (world: LaneWorld, lane: typeof IN): void =>
  void world.must(lane, {
    ...{ type: 'gate', action: 'hold', reason: '重启后恢复常抬', photoId: null, actor: STATION },
  });
const told = (world: LaneWorld, lane: typeof IN): string[] =>
  world.commands.filter((each) => each.lane === lane.id).map(({ action }) => action);
const openGaps = (world: LaneWorld): number => [...world.gaps.values()].filter(({ to }) => to === null).length;

describe('a first hold that was refused', () => {
  it('was none: it shows as refused, cars are let through one by one, and no time is open in which they cross unseen', () => {
    const world = new LaneWorld();
    hold(world, IN);
    expect(openGaps(world)).toBe(1);
    answer(world, IN, 'refused');
    expect(world.state(IN)).toMatchObject({ held: false, lastCommand: { action: 'hold', outcome: 'refused' } });
    expect([openGaps(world), last(world, 'gap-changed').gap.to]).toEqual([0, world.now]);
    world.car(IN, A);
    expect(told(world, IN)).toEqual(['hold', 'open']);
  });

  it('waives nothing at an exit', () => {
    const world = parked(61);
    hold(world, OUT);
    answer(world, OUT, 'refused');
    world.car(OUT, A);
    expect([world.state(OUT).phase, world.state(OUT).passage?.bill?.dueFen]).toEqual(['charging', 1000]);
  });

  it('is none however often it was ordered before the first was known to have ended', () => {
    const world = new LaneWorld();
    hold(world, IN);
    hold(world, IN);
    answer(world, IN, 'refused');
    expect(world.state(IN).held).toBe(false);
  });

  it('opens for who counted on it meanwhile, and for nobody else', () => {
    const world = new LaneWorld();
    hold(world, IN);
    world.car(IN, A);
    expect(told(world, IN)).toEqual(['hold']);
    answer(world, IN, 'refused');
    expect(told(world, IN)).toEqual(['hold', 'open']);

    const opened = new LaneWorld();
    opened.car(IN, A);
    hold(opened, IN);
    answer(opened, IN, 'refused');
    expect(told(opened, IN)).toEqual(['open', 'hold']);
  });
});

describe('a hold', () => {
  it('whose end nobody knows stays, and each car has it ordered once more', () => {
    const world = parked(61);
    hold(world, OUT);
    answer(world, OUT, 'unknown');
    world.car(OUT, A);
    expect([world.state(OUT).held, exited(world).how, told(world, OUT)]).toEqual([true, 'held-open', ['hold', 'hold']]);
    answer(world, OUT, 'done');
    expect(openGaps(world)).toBe(1);
  });

  it('that is known to be up has nothing ordered for a car', () => {
    const world = new LaneWorld();
    hold(world, IN);
    answer(world, IN, 'done');
    world.car(IN, A);
    expect(told(world, IN)).toEqual(['hold']);
  });

  it('that could not be restored stays; until it is, cars are billed, and the hold is ordered for each that may go', () => {
    const world = parked(61);
    hold(world, OUT);
    answer(world, OUT, 'done');
    restore(world, OUT);
    answer(world, OUT, 'refused');
    expect(world.state(OUT).held).toBe(true);
    world.car(OUT, A);
    expect([world.state(OUT).phase, count(world, 'vehicle-exited')]).toEqual(['charging', 0]);
    world.must(OUT, { type: 'release', reason: '特种车辆', actor: user });
    expect([told(world, OUT), world.state(OUT).held]).toEqual([['hold', 'hold', 'hold'], true]);
    answer(world, OUT, 'refused');
    world.must(OUT, {
      ...{ type: 'platform-opens', plate: null, reason: '远程', photoId: null, actor: { kind: 'platform', name: 'v' } },
    });
    expect(told(world, OUT).slice(3)).toEqual(['open']);

    const entry = new LaneWorld();
    hold(entry, IN);
    answer(entry, IN, 'done');
    restore(entry, IN);
    answer(entry, IN, 'refused');
    entry.list(B, 'black');
    entry.car(IN, B);
    expect(entry.state(IN)).toMatchObject({ held: true, phase: 'attention' });
  });
});

/** The events of devices, into the lanes of a rig. */
function wired(rig: Rig): DeviceEvents {
  const { gates } = rig;
  if (!gates) throw new Error('no gates');
  const photos = new PhotoVault(rig.directory, rig.store.read.photos, memoryLog());
  return deviceEvents({
    ...{ store: rig.store, clock: rig.clock, lanes: rig.lanes, gates, photos, alarms: rig.alarms, log: memoryLog() },
    scanned: () => undefined,
  });
}

describe('a held arm after a start', () => {
  it('is held as soon as its device is there, also through the camera that it hangs on; then no more', async () => {
    let up = true;
    const moves: string[] = [];
    const arm: Barrier = {
      ...{ id: IN1.barrier ?? '', kind: 'barrier', driver: 'test' },
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
      lastSeenAt: () => null,
      arm: () => 'unknown',
      facts: () => ({ via: 'far-cam' }),
      gate: (action) => {
        moves.push(action);
        return Promise.resolve(up ? { outcome: 'done', detail: '' } : { outcome: 'refused', detail: '未连接' });
      },
    };
    const rig = new Rig({ lanes: [IN1, OUT1], iron: (id) => (id === arm.id ? arm : undefined) });
    onTestFinished(() => rig.dispose());
    rig.lanes.gate(IN1.id, 'hold', '高峰', user);
    await rig.clock.advance(0);
    up = false;
    rig.restart();
    await rig.clock.advance(0);
    expect(rig.lanes.state(IN1.id)).toMatchObject({ held: true, lastCommand: { outcome: 'refused' } });
    const events = wired(rig);
    moves.length = 0;
    events.state('other', 'online', '');
    expect(moves).toEqual([]);
    up = true;
    events.state('far-cam', 'online', '');
    await rig.clock.advance(0);
    events.state(arm.id, 'online', '');
    await rig.clock.advance(0);
    expect(moves).toEqual(['hold']);
    expect(rig.lanes.state(IN1.id)).toMatchObject({ held: true, lastCommand: { action: 'hold', outcome: 'done' } });
  });
});

it('a first hold that was under way when the power failed may be up: refused after the start, it is held all the same', async () => {
  const rig = new Rig({ lanes: [IN1, OUT1] });
  onTestFinished(() => rig.dispose());
  rig.lanes.gate(IN1.id, 'hold', '高峰', user);
  rig.lanes.gate(IN1.id, 'open', '高峰', user);
  expect(rig.lanes.state(IN1.id).hold).toMatchObject({ outcome: 'pending', first: true });
  rig.outcome = { outcome: 'refused', detail: '未连接' };
  rig.restart();
  await rig.clock.advance(0);
  expect(rig.lanes.state(IN1.id)).toMatchObject({ held: true, hold: { outcome: 'refused', first: false } });
});

it('a safety loop of a device that two lanes share guards the arms of both', async () => {
  const lanes = [laneSchema.parse({ ...IN, barrier: 'arm' }), laneSchema.parse({ ...OUT, barrier: 'arm' })];
  const rig = new Rig({ lanes });
  onTestFinished(() => rig.dispose());
  wired(rig).input('arm', 'safety-loop', true);
  for (const lane of lanes) rig.lanes.gate(lane.id, 'close', null, user);
  await rig.clock.advance(1_000);
  expect(rig.moves).toEqual([]);
});

it('an arm that only closes by itself is not told to when a car is withdrawn', async () => {
  const moves: string[] = [];
  const arm: Barrier = {
    ...{ id: IN1.barrier ?? '', kind: 'barrier', driver: 'test', closesItself: true },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    lastSeenAt: () => null,
    arm: () => 'unknown',
    gate: (action) => {
      moves.push(action);
      return Promise.resolve(action === 'open' ? { outcome: 'done', detail: '' } : { outcome: 'refused', detail: '' });
    },
  };
  const rig = new Rig({ lanes: [IN1], iron: (id) => (id === arm.id ? arm : undefined) });
  onTestFinished(() => rig.dispose());
  rig.car(IN1, A);
  await rig.clock.advance(0);
  rig.lanes.order(IN1.id, { type: 'withdraw', reason: '车辆掉头', actor: user });
  await rig.clock.advance(0);
  expect([moves, rig.alarms.list(), rig.phase(IN1)]).toEqual([['open'], [], 'idle']);
});
