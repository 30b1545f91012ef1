import { describe, expect, it } from 'vitest';
import { IN, LaneWorld, OUT } from '../../support/lane-world.ts';
import { A, parked, user } from './given.ts';
import { again, alone, hold, safety, says, silence, trigger, VANKE } from './platform-lane.ts';

/** What the platform missed of a car because the asking ended before it answered, and who has gone by the time somebody writes it down. */

const entry = alone(IN);
const exit = alone(OUT);

const told = (world: LaneWorld) =>
  world.events.flatMap((event) => (event.kind === 'authority-told' ? [event.body.why] : []));
const byHand = (world: LaneWorld, lane = entry) =>
  world.must(lane, { type: 'gate', action: 'open', reason: '设备故障', photoId: null, actor: user });

describe('the asking ends before the first answer', () => {
  it.each<[what: string, end: (world: LaneWorld) => unknown]>([
    ['somebody opens by hand', (world) => byHand(world)],
    ['the arm is held up', (world) => hold(world, entry)],
    ['somebody sends it away', (world) => world.must(entry, { type: 'cancel', reason: '车辆掉头', actor: user })],
    [
      'the platform opens from afar',
      (world) => world.must(entry, { type: 'platform-opens', plate: A, reason: '远程', photoId: null, actor: VANKE }),
    ],
  ])('%s: it is kept for the platform, once', (_, end) => {
    const world = new LaneWorld();
    world.car(entry, A);
    says(world, entry, 'failed');
    again(world, entry);
    end(world);
    expect(told(world)).toEqual(['unanswered']);
    expect(world.events.find(({ kind }) => kind === 'authority-told')?.passageId).toBe(
      world.events.find(({ kind }) => kind === 'authority-answered')?.passageId,
    );
  });

  it('what it answered once it knows', () => {
    for (const answer of ['refuse', 'failed'] as const) {
      const world = new LaneWorld();
      world.car(entry, A);
      says(world, entry, 'refuse');
      again(world, entry);
      says(world, entry, answer);
      byHand(world);
      expect(told(world)).toEqual([]);
    }
  });

  it('what was asked often enough in vain is kept already', () => {
    const lane = alone(IN);
    const world = new LaneWorld();
    trigger(world, lane, true);
    world.car(lane, A);
    trigger(world, lane, false);
    silence(world, lane);
    expect(world.state(lane).phase).toBe('asking');
    byHand(world, lane);
    expect(told(world)).toEqual(['gave-up']);
  });
});

describe('under the arm that was opened by hand', () => {
  const stands = (): LaneWorld => {
    const world = parked(61);
    trigger(world, exit, true);
    world.car(exit, A);
    says(world, exit, 'refuse');
    return world;
  };

  it('who goes is let out by whoever opened, and the arm is told nothing more', () => {
    const world = stands();
    byHand(world, exit);
    safety(world, exit, true);
    // With its front: it may roll back.
    expect(world.inside(A)).not.toBeNull();
    trigger(world, exit, false);
    expect(world.inside(A)).toBeNull();
    expect(world.state(exit).phase).toBe('cleared');
    // The next one is on the loop already.
    trigger(world, exit, true);
    safety(world, exit, false);
    expect(world.state(exit).phase).toBe('idle');
    expect(world.opens(exit)).toBe(1);
    expect(world.events.find(({ kind }) => kind === 'vehicle-exited')).toMatchObject({
      actor: user,
      body: { how: 'released', reason: '设备故障' },
    });
  });

  it('who stood under it already when it was opened goes by it as well', () => {
    const world = stands();
    safety(world, exit, true);
    trigger(world, exit, false);
    byHand(world, exit);
    expect(world.inside(A)).toBeNull();
    safety(world, exit, false);
    expect(world.state(exit).phase).toBe('idle');
    expect(world.opens(exit)).toBe(1);
  });

  it('who still stands there, or rolled back onto the loop before a shut arm, is opened for', () => {
    for (const [opened, rolled] of [
      [true, false],
      [false, true],
      [true, true],
    ]) {
      const world = stands();
      if (opened) byHand(world, exit);
      if (rolled) safety(world, exit, true);
      if (rolled) safety(world, exit, false);
      expect(world.inside(A)).not.toBeNull();
      world.must(exit, { type: 'release', reason: '特种车辆', actor: user });
      expect(world.opens(exit)).toBe(opened ? 2 : 1);
    }
  });
});
