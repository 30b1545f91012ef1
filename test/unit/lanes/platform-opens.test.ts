import { afterEach, describe, expect, it } from 'vitest';
import { IN, LaneWorld, OUT, plate } from '../../support/lane-world.ts';
import { A, B, billAt, cash, count, exited, last, parked, user } from './given.ts';
import { alone, hold, safety, says, trigger, VANKE } from './platform-lane.ts';
import { IN1, OUT1, Rig } from './runtime-rig.ts';

/** A platform opens an arm from afar. */

const REASON = '万科平台远程开闸';
const entry = alone(IN);
const exit = alone(OUT);

const opens = (of: string | null) =>
  ({ type: 'platform-opens', plate: of, reason: REASON, photoId: null, actor: VANKE }) as const;

describe('for the car that stands there', () => {
  it.each([A, null])('it enters, as the platform’s doing (plate: %s)', (of) => {
    const world = new LaneWorld();
    world.list(A, 'black', 'neither');
    world.car(entry, A);
    says(world, entry, 'refuse');
    world.must(entry, opens(of));
    expect(last(world, 'vehicle-entered')).toMatchObject({ how: 'automatic', stay: { plate: { text: A } } });
    expect(world.events.find((event) => event.kind === 'gate-commanded')).toMatchObject({
      actor: VANKE,
      body: { action: 'open', origin: 'platform', reason: REASON, plate: { text: A } },
    });
    expect(world.opens(entry)).toBe(1);
  });

  it('it leaves, and the platform collects', () => {
    const world = parked(600);
    world.car(exit, A);
    world.must(exit, opens(A));
    expect(exited(world)).toMatchObject({ how: 'remote', stay: { chargeFen: 0, waivedFen: 0 } });
    expect(world.opens(exit)).toBe(1);
  });

  it('its own bill is let go where the fees are ours', () => {
    const lane = alone(OUT, { fees: 'local' });
    const world = parked(61);
    world.car(lane, A);
    says(world, lane, 'open');
    expect(billAt(world, lane)?.dueFen).toBe(1000);
    world.must(lane, opens(null));
    expect(exited(world)).toMatchObject({ how: 'released', reason: REASON, stay: { waivedFen: 1000 } });
    expect(world.bills.size).toBe(0);
    expect(world.feed(lane, cash(1000))).toEqual({ refused: 'nothing-due' });
  });

  it('at a lane that decides for itself as well, whatever stops the car there', () => {
    const world = parked(60);
    world.list(A, 'black', 'no-exit');
    world.car(OUT, A);
    world.must(OUT, opens(A));
    expect(exited(world).how).toBe('released');
    const stranger = new LaneWorld();
    stranger.car(OUT, A);
    stranger.must(OUT, opens(A));
    expect(stranger.opens(OUT)).toBe(1);
    expect(stranger.cases()).toEqual(['released']);
  });

  it.each(['as it was read', 'as it was put right', 'as the stay has it'])('its plate counts %s', (which) => {
    const world = parked(60, {}, '鲁B1234S');
    world.car(exit, '鲁B12345');
    if (which === 'as it was put right')
      world.must(exit, { type: 'correct-plate', plate: plate('鲁B1234S'), actor: user });
    if (which === 'as the stay has it')
      world.must(exit, { type: 'pick-stay', uid: world.inside('鲁B1234S')?.uid ?? '', actor: user });
    expect(world.feed(exit, opens('鲁B00000'))).toEqual({ refused: 'other-car' });
    world.must(exit, opens(which === 'as it was read' ? '鲁B12345' : '鲁B1234S'));
    expect(world.opens(exit)).toBe(1);
  });
});

describe('only for one car', () => {
  it('is refused without a car, for another one, and for one that left the loop', () => {
    const world = new LaneWorld();
    expect(world.feed(entry, opens(A))).toEqual({ refused: 'no-car' });
    trigger(world, entry, true);
    world.car(entry, A);
    expect(world.feed(entry, opens(B))).toEqual({ refused: 'other-car' });
    trigger(world, entry, false);
    expect(world.feed(entry, opens(A))).toEqual({ refused: 'no-car' });
    trigger(world, entry, true);
    world.must(entry, opens(A));
    expect(world.opens(entry)).toBe(1);
  });

  it('is refused for a car that was let through and has left', () => {
    const world = new LaneWorld();
    trigger(world, entry, true);
    world.car(entry, A);
    says(world, entry, 'open');
    trigger(world, entry, false);
    expect(world.feed(entry, opens(A))).toEqual({ refused: 'no-car' });
    expect(world.opens(entry)).toBe(1);
  });
});

describe('without condition', () => {
  it('moves the arm alone where nobody stands', () => {
    const world = new LaneWorld();
    world.must(entry, opens(null));
    expect(world.opens(entry)).toBe(1);
    expect(world.events.at(-1)).toMatchObject({ passageId: null, body: { origin: 'platform', plate: null } });
    expect(count(world, 'vehicle-entered')).toBe(0);
  });

  it('and where the car has just left the loop: that one is not let in, and asked about no more', () => {
    const world = new LaneWorld();
    trigger(world, entry, true);
    world.car(entry, A);
    trigger(world, entry, false);
    world.must(entry, opens(null));
    const opened = world.events.find(({ kind }) => kind === 'gate-commanded');
    expect(opened).toMatchObject({ passageId: null, body: { origin: 'platform' } });
    expect(world.inside(A)).toBeNull();
    expect(world.state(entry)).toMatchObject({ phase: 'attention', passage: { asked: { pending: false } } });
  });

  it('again for the same car opens again, and lets it in once', () => {
    const world = new LaneWorld();
    world.car(entry, A);
    world.must(entry, opens(null));
    world.must(entry, opens(null));
    world.must(entry, opens(A));
    expect(world.opens(entry)).toBe(3);
    expect(count(world, 'vehicle-entered')).toBe(1);
  });

  it('leaves a held arm alone', () => {
    const world = new LaneWorld();
    hold(world, entry);
    world.must(entry, opens(null));
    expect(world.commands.map((each) => each.action)).toEqual(['hold']);
    expect(world.state(entry).held).toBe(true);
    safety(world, entry, true);
    expect(world.opens(entry)).toBe(0);
  });
});

describe('through the runtime', () => {
  let rig: Rig;
  afterEach(() => rig.dispose());

  it('names the command, says why it was not given, and counts whom nobody saw', async () => {
    rig = new Rig({ lanes: [alone(IN1), OUT1], answer: () => Promise.resolve({ answer: 'refuse', detail: '' }) });
    rig.lanes.deviceAway('cam-in1');
    const command = rig.lanes.opens('in1', null, REASON, VANKE);
    expect(rig.lanes.state('in1').lastCommand).toMatchObject({ id: command, action: 'open', origin: 'platform' });
    expect(rig.store.read.gaps.open('in1', 'camera-down')?.openings).toBe(1);
    await rig.clock.advance(1);
    expect(rig.lanes.state('in1').lastCommand).toMatchObject({ id: command, outcome: 'done' });
    expect(() => rig.lanes.opens('in1', A, REASON, VANKE)).toThrow('车道上没有这辆车，或车辆已离开地感');
    rig.car(IN1, A);
    expect(() => rig.lanes.opens('in1', B, REASON, VANKE)).toThrow('车道上的车与指定的车牌不符');
    const before = rig.events('gate-commanded').length;
    rig.lanes.gate('in1', 'hold', '高峰', user);
    expect(rig.lanes.opens('in1', null, REASON, VANKE)).toBeNull();
    expect(rig.events('gate-commanded')).toHaveLength(before + 1);
    expect(rig.moves).toEqual(['in1:open', 'in1:hold']);
  });
});
