import { describe, expect, it } from 'vitest';
import { BOTH, IN, LaneWorld, OUT } from '../../support/lane-world.ts';
import { A, MINUTE, parked, user } from './given.ts';

/** The answer to the last command at a lane. */
function answered(world: LaneWorld, lane: typeof IN, outcome: 'done' | 'refused' | 'unknown'): void {
  const commandId = world.state(lane).lastCommand?.id ?? '';
  world.must(lane, { type: 'gate-answered', commandId, outcome, detail: '' });
}

function timeOut(world: LaneWorld, lane: typeof IN): void {
  world.must(lane, { type: 'cleared-timeout', passageId: world.state(lane).passage?.id ?? '' });
}

describe('a car whose arm is not known to have opened', () => {
  for (const outcome of ['refused', 'unknown'] as const)
    it(`${outcome}: still stands there when its time is over, and is let through when it is read again`, () => {
      const world = new LaneWorld();
      world.car(IN, A);
      answered(world, IN, outcome);
      world.now += 2 * MINUTE;
      timeOut(world, IN);
      expect(world.state(IN)).toMatchObject({ phase: 'cleared', passage: { plate: { text: A } } });
      world.car(IN, A);
      expect(world.opens(IN)).toBe(2);
      expect(world.kinds()).not.toContain('stay-closed');
      expect([...world.stays.values()]).toHaveLength(1);
    });

  it('is not waited for when the arm did open, nor for ever', () => {
    const world = new LaneWorld();
    world.car(IN, A);
    answered(world, IN, 'done');
    timeOut(world, IN);
    expect(world.state(IN).phase).toBe('idle');
    world.now += 5 * MINUTE;
    world.car(IN, '鲁B67890');
    answered(world, IN, 'unknown');
    world.now += 11 * MINUTE;
    timeOut(world, IN);
    expect(world.state(IN).phase).toBe('idle');
  });

  it('that comes back the other way minutes later is a car that goes out', () => {
    const world = new LaneWorld();
    world.must(BOTH, { type: 'car', arrival: { ...world.arrival(A), direction: 'in' } });
    answered(world, BOTH, 'unknown');
    world.now += 4 * MINUTE;
    timeOut(world, BOTH);
    world.must(BOTH, { type: 'car', arrival: { ...world.arrival(A), direction: 'out' } });
    expect([...world.stays.values()]).toMatchObject([{ status: 'left' }]);
  });
});

it('a part payment pressed twice is taken once', () => {
  const world = parked(90);
  world.car(OUT, A);
  const billId = world.state(OUT).passage?.bill?.id;
  const part = { type: 'collect', method: 'cash', amountFen: 300, part: true, billId, actor: user } as const;
  world.must(OUT, part);
  expect(world.feed(OUT, part)).toEqual({ refused: 'bill-changed' });
  expect(world.inside(A)?.paidFen).toBe(300);
});
