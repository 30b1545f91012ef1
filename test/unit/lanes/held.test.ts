import { describe, expect, it } from 'vitest';
import { IN, INNER_OUT, LaneWorld, OUT } from '../../support/lane-world.ts';
import { A, B, count, exited, last, parked, user } from './given.ts';
import { again, alone, hold, safety, says, silence, trigger, VANKE } from './platform-lane.ts';

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
    expect(exited(world)).toMatchObject({ how: 'held-open', stay: { chargeFen: 0, waivedFen: 0 } });
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
    // Once it was answered that recognition is known.
    expect(told(world)).toEqual(when === 'refused' ? [] : [['unanswered', A, 'in']]);
  });

  it('a hold lets it out as one that drove through a held arm, with its own case alone', () => {
    for (const fees of ['local', 'platform'] as const) {
      const ours = fees === 'local';
      const world = parked(61);
      const lane = alone(OUT, { fees });
      world.car(lane, A);
      hold(world, lane);
      expect(exited(world)).toMatchObject({ how: 'held-open', stay: { waivedFen: ours ? 1000 : 0 } });
      // What the platform collects itself is no money of ours that was let go.
      expect(world.cases()).toEqual(ours ? ['left-while-held'] : []);
    }
  });

  it('an opening by hand ends the asking, and lets out who drives through', () => {
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
    expect(last(world, 'vehicle-exited')).toMatchObject({ how: 'released', reason: '设备故障' });
    expect(world.opens(exit)).toBe(1);
    expect(world.state(exit).phase).toBe('idle');
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

describe('whom a held arm let through and that stands there yet when it came down', () => {
  const stands = (lane: typeof entry, world = new LaneWorld()): LaneWorld => {
    hold(world, lane);
    world.car(lane, A);
    hold(world, lane, 'release-hold');
    world.now += 10_000;
    world.car(lane, A);
    return world;
  };

  it('is asked about when it is read again, and opened for only by the word of the platform', () => {
    const world = stands(entry);
    expect(world.state(entry)).toMatchObject({ phase: 'asking', passage: { asked: { attempt: 1, pending: true } } });
    says(world, entry, 'refuse');
    expect(world.opens(entry)).toBe(0);
    again(world, entry);
    says(world, entry, 'open');
    expect(world.opens(entry)).toBe(1);
    // What was booked under the held arm is neither booked again nor closed.
    expect(count(world, 'vehicle-entered')).toBe(1);
    expect(count(world, 'stay-closed')).toBe(0);
    expect(world.state(entry)).toMatchObject({ phase: 'cleared', passage: { uid: world.inside(A)?.uid } });
  });

  it.each<[string, (world: LaneWorld) => unknown]>([
    ['a person', (world) => world.must(entry, { type: 'release', reason: '特种车辆', actor: user })],
    ['silence', (world) => silence(world, entry)],
    [
      'the platform from afar',
      (world) => world.must(entry, { type: 'platform-opens', plate: A, reason: '远程', photoId: null, actor: VANKE }),
    ],
  ])('is let in by %s without a second stay', (_who, act) => {
    const world = stands(entry);
    says(world, entry, 'failed');
    again(world, entry);
    act(world);
    expect(world.opens(entry)).toBe(1);
    expect(count(world, 'vehicle-entered')).toBe(1);
    expect(world.cases()).not.toContain('entered-twice');
  });

  it('at an exit it leaves once', () => {
    const world = stands(exit, parked(61));
    expect(world.state(exit).phase).toBe('asking');
    says(world, exit, 'refuse');
    again(world, exit);
    says(world, exit, 'open');
    expect(world.opens(exit)).toBe(1);
    expect(count(world, 'vehicle-exited')).toBe(1);
    expect(world.cases()).toEqual([]);
  });
});
