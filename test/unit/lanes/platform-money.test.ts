import { describe, expect, it } from 'vitest';
import { type LaneWorld, OUT } from '../../support/lane-world.ts';
import { A, attention, billAt, exited, parked, user } from './given.ts';
import { again, alone, hold, says, silence } from './platform-lane.ts';

/** Where the platform collects, our tariff is nobody's business: nothing of it is charged, and nothing of it is let go. */

const exit = alone(OUT);

describe('at an exit whose platform collects', () => {
  it.each<[string, (world: LaneWorld) => unknown, string, string | null]>([
    ['silence', (world) => silence(world, exit), 'released', '平台无应答，自动放行'],
    [
      'a person who releases it',
      (world) => {
        says(world, exit, 'refuse');
        world.must(exit, { type: 'release', reason: '特种车辆', actor: user });
      },
      'released',
      '特种车辆',
    ],
    ['a held arm', (world) => hold(world, exit), 'held-open', null],
    [
      'a person who approves of it',
      (world) => {
        says(world, exit, 'refuse');
        world.must(exit, { type: 'approve', reason: '特种车辆', actor: user });
      },
      'remote',
      '特种车辆',
    ],
  ])('a car that goes by %s owes us nothing and is let off nothing', (_who, act, how, reason) => {
    const world = parked(121);
    world.car(exit, A);
    act(world);
    expect(exited(world)).toMatchObject({ how, reason, stay: { chargeFen: 0, waivedFen: 0, owedFen: 0, dueFen: 0 } });
    expect(world.cases()).not.toContain('left-while-held');
  });

  it('a lane that is left to our own rules is left to our own tariff as well', () => {
    const lane = alone(OUT, { onGiveUp: 'local', fees: 'platform' });
    const world = parked(121);
    world.car(lane, A);
    silence(world, lane);
    expect(world.state(lane).phase).toBe('charging');
    expect(billAt(world, lane)?.dueFen).toBe(1500);
    world.must(lane, { type: 'release', reason: '特种车辆', actor: user });
    expect(exited(world)).toMatchObject({ how: 'released', stay: { chargeFen: 1500, waivedFen: 1500 } });
  });
});

it('whoever asks a platform again that was silent gives it as many tries as before', () => {
  const lane = alone(OUT, { onGiveUp: 'wait' });
  const world = parked(61);
  world.car(lane, A);
  silence(world, lane);
  expect(attention(world, lane)).toBe('remote-silent');
  world.must(lane, { type: 'refresh', actor: user });
  says(world, lane, 'failed');
  expect(world.state(lane)).toMatchObject({ phase: 'asking', passage: { asked: { failures: 1 } } });
  again(world, lane);
  says(world, lane, 'open');
  expect(world.opens(lane)).toBe(1);
});
