import { describe, expect, it } from 'vitest';
import { BOTH, IN, LaneWorld, OUT } from '../../support/lane-world.ts';
import { A, B, count, parked } from './given.ts';
import { alone, hold, safety, says, silence, trigger } from './platform-lane.ts';

/** 过闸: whoever comes onto the safety loop at a lane where a platform has the word is told to it, once. */

const entry = alone(IN);

const crossings = (world: LaneWorld) =>
  world.events.flatMap((event) =>
    event.kind === 'gate-crossed'
      ? [[event.passageId, event.body.plate?.text ?? null, event.body.asked?.text ?? null]]
      : [],
  );
const passageOf = (world: LaneWorld, lane = entry) => world.state(lane).passage?.id ?? null;
function through(world: LaneWorld, lane = entry): void {
  safety(world, lane, true);
  safety(world, lane, false);
}

describe('a crossing', () => {
  it('is told with the car that was let through, once', () => {
    const world = new LaneWorld();
    world.car(entry, A);
    const id = passageOf(world);
    says(world, entry, 'open');
    safety(world, entry, true);
    // A sensor that repeats itself.
    safety(world, entry, true);
    expect(crossings(world)).toEqual([[id, A, A]]);
    safety(world, entry, false);
    expect(world.state(entry).phase).toBe('idle');
    expect(crossings(world)).toHaveLength(1);
  });

  it.each<[string, (world: LaneWorld) => void]>([
    ['asked about', () => undefined],
    ['refused', (world) => says(world, entry, 'refuse')],
    ['given up', (world) => silence(world, alone(IN, { onGiveUp: 'wait' }))],
  ])('is told of a car that is %s, too', (_what, set) => {
    const world = new LaneWorld();
    world.car(entry, A);
    set(world);
    const id = passageOf(world);
    through(world);
    expect(crossings(world)).toEqual([[id, A, A]]);
    // It is through, though nobody let it: who comes next is somebody else.
    expect(world.cases()).toContain('followed-through');
    through(world);
    expect(crossings(world)[1]).toEqual([null, null, null]);
  });

  it('is told without a car as well, each time', () => {
    const world = new LaneWorld();
    through(world);
    through(world);
    expect(crossings(world)).toEqual([
      [null, null, null],
      [null, null, null],
    ]);
  });

  it('names the plate that the platform was asked about, also when it turned out to be another one', () => {
    const world = parked(60, {}, '鲁B1234S');
    const exit = alone(OUT);
    world.car(exit, '鲁B12345');
    const id = passageOf(world, exit);
    says(world, exit, 'open');
    through(world, exit);
    expect(crossings(world)).toEqual([[id, '鲁B1234S', '鲁B12345']]);
  });

  it('of a car that makes room for the next one before it is under the arm is still its own', () => {
    const world = new LaneWorld();
    world.car(entry, A);
    const first = passageOf(world);
    says(world, entry, 'open');
    world.now += 1000;
    world.car(entry, B);
    const second = passageOf(world);
    expect(second).not.toBe(first);
    through(world);
    world.now += 1000;
    says(world, entry, 'open');
    through(world);
    expect(crossings(world)).toEqual([
      [first, A, A],
      [second, B, B],
    ]);
    expect(world.state(entry).phase).toBe('idle');
  });

  it('is told at a lane for both ways with the way the car went', () => {
    const lane = alone(BOTH);
    const world = parked(60);
    world.car(lane, A);
    says(world, lane, 'open');
    through(world, lane);
    expect(world.events.find((event) => event.kind === 'gate-crossed')?.body).toMatchObject({ direction: 'out' });
    world.car(lane, B);
    says(world, lane, 'open');
    through(world, lane);
    expect(world.events.findLast((event) => event.kind === 'gate-crossed')?.body).toMatchObject({ direction: 'in' });
  });

  it('is told to nobody where no platform has the word', () => {
    const world = new LaneWorld();
    world.car(IN, A);
    through(world, IN);
    expect(count(world, 'gate-crossed')).toBe(0);
  });
});

it('cars that were read before the first of them crossed a held arm cross in the order in which they were read', () => {
  const world = new LaneWorld();
  hold(world, entry);
  const read = ['鲁B00001', '鲁B00002', '鲁B00003', '鲁B00004'];
  for (const each of read) {
    world.now += 500;
    world.car(entry, each);
  }
  for (const _ of read) {
    world.now += 2000;
    through(world);
  }
  expect(crossings(world).map(([, plate]) => plate)).toEqual(read);
});

it('a trailer that the trigger loop loses for a moment under the arm is one car', () => {
  const world = new LaneWorld();
  trigger(world, entry, true);
  world.car(entry, A);
  says(world, entry, 'open');
  safety(world, entry, true);
  trigger(world, entry, false);
  trigger(world, entry, true);
  trigger(world, entry, false);
  safety(world, entry, false);
  expect(count(world, 'gate-crossed')).toBe(1);
  expect(count(world, 'passage-ended')).toBe(1);
});
