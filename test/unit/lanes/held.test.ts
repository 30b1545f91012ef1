import { describe, expect, it } from 'vitest';
import { IN, INNER_OUT, LaneWorld, OUT } from '../../support/lane-world.ts';
import { A, B, count, exited, last, parked, user } from './given.ts';
import { alone, hold, safety, says, trigger } from './platform-lane.ts';

/** 常抬 and 手动开闸 at lanes where a platform has the word. */

const entry = alone(IN);
const exit = alone(OUT);

const told = (world: LaneWorld) =>
  world.events.flatMap((event) =>
    event.kind === 'authority-told' ? [[event.body.why, event.body.plate.text, event.body.direction]] : [],
  );

describe('under a held arm', () => {
  it('the platform is told of every car and asked about none; they come and go as under any held arm', () => {
    const world = parked(61);
    hold(world, entry);
    hold(world, exit);
    world.car(exit, A);
    expect(exited(world)).toMatchObject({ how: 'held-open', stay: { waivedFen: 1000 } });
    world.car(entry, B);
    expect(world.inside(B)).not.toBeNull();
    world.car(entry, '');
    expect(told(world)).toEqual([
      ['held', A, 'out'],
      ['held', B, 'in'],
      ['held', '', 'in'],
    ]);
    expect(count(world, 'authority-answered')).toBe(0);
    expect([...world.states.values()].some((state) => state.phase === 'asking')).toBe(false);
    expect(world.commands.filter((each) => each.action === 'open' && each.lane === entry.id)).toEqual([
      { lane: entry.id, action: 'open' },
    ]);
  });

  it('a car that is read twice is told of once', () => {
    const world = new LaneWorld();
    hold(world, entry);
    world.car(entry, A);
    world.now += 2000;
    world.car(entry, A);
    expect(told(world)).toEqual([['held', A, 'in']]);
    const passageId = world.events.find((event) => event.kind === 'authority-told')?.passageId;
    safety(world, entry, true);
    safety(world, entry, false);
    expect(world.events.find((event) => event.kind === 'gate-crossed')).toMatchObject({
      passageId,
      body: { asked: { text: A }, plate: { text: A } },
    });
    // The camera sees its back: it just went in.
    world.car(entry, A);
    expect(told(world)).toHaveLength(1);
  });

  it('nobody is asked between two areas either', () => {
    const lane = alone(INNER_OUT, { rules: 'both' });
    const world = parked(10);
    hold(world, lane);
    world.car(lane, A);
    expect(world.state(lane).phase).toBe('cleared');
    expect(count(world, 'area-crossed')).toBe(1);
  });

  it('once it is released the next car is asked about', () => {
    const world = new LaneWorld();
    hold(world, entry);
    hold(world, entry, 'release-hold');
    world.car(entry, A);
    expect(world.state(entry).phase).toBe('asking');
    expect(told(world)).toEqual([]);
  });
});

describe('while a car is asked about', () => {
  it.each(['asking', 'refused'] as const)('a hold lets it in (%s)', (when) => {
    const world = new LaneWorld();
    world.car(entry, A);
    if (when === 'refused') says(world, entry, 'refuse');
    hold(world, entry);
    expect(world.state(entry).phase).toBe('cleared');
    expect(world.inside(A)).not.toBeNull();
    expect(world.opens(entry)).toBe(0);
    // It was asked about: that recognition is known.
    expect(told(world)).toEqual([]);
  });

  it('a hold lets it out as one that drove through a held arm, with its own case alone', () => {
    const world = parked(61);
    world.car(exit, A);
    hold(world, exit);
    expect(exited(world)).toMatchObject({ how: 'held-open', stay: { waivedFen: 1000 } });
    expect(world.cases()).toEqual(['left-while-held']);
  });

  it('an opening by hand leaves it to whoever opened', () => {
    const world = parked(61);
    world.car(exit, A);
    says(world, exit, 'refuse');
    world.must(exit, { type: 'gate', action: 'open', reason: '设备故障', photoId: null, actor: user });
    expect(world.state(exit)).toMatchObject({
      phase: 'attention',
      passage: { attention: 'remote-refused', firm: true, asked: { pending: false } },
    });
    expect(world.cases()).toEqual(['opened-by-hand']);
    // An answer that is still under way comes too late.
    world.must(exit, {
      type: 'authority-answered',
      passageId: world.state(exit).passage?.id ?? '',
      answer: 'open',
      detail: '',
    });
    expect(world.opens(exit)).toBe(1);
    trigger(world, exit, true);
    safety(world, exit, true);
    trigger(world, exit, false);
    safety(world, exit, false);
    expect(count(world, 'gate-crossed')).toBe(1);
    world.must(exit, { type: 'release', reason: '特种车辆', actor: user });
    expect(last(world, 'vehicle-exited').how).toBe('released');
  });

  it('an opening for a car that may go and is not there yet leaves it to whoever opened as well', () => {
    const world = new LaneWorld();
    trigger(world, entry, true);
    trigger(world, entry, false);
    world.car(entry, A);
    says(world, entry, 'open');
    expect(world.opens(entry)).toBe(0);
    world.must(entry, { type: 'gate', action: 'open', reason: '设备故障', photoId: null, actor: user });
    trigger(world, entry, true);
    expect(world.opens(entry)).toBe(1);
    expect(world.state(entry).phase).toBe('attention');
  });
});
