import { expect, it } from 'vitest';
import { standsAt } from '../../../electron/station/lanes/standing.ts';
import type { Lane } from '../../../shared/domain/site.ts';
import { IN, LaneWorld, OUT } from '../../support/lane-world.ts';
import { A, attention, B, billAt, MINUTE, user } from './given.ts';

/** Where the car of a stay stands, before it is closed as long gone. */

const LANES: readonly Lane[] = [IN, OUT];
const at = (world: LaneWorld, text: string) => {
  const stay = [...world.stays.values()].find((each) => each.plate.text === text || each.identity === text);
  if (!stay) throw new Error(`no stay of ${text}`);
  const lanes = { lanes: () => LANES, state: (id: string) => world.state(id === IN.id ? IN : OUT) };
  return standsAt(lanes, stay);
};
/** A car park with these cars inside for an hour. */
function park(...plates: readonly string[]): LaneWorld {
  const world = new LaneWorld();
  for (const text of plates) {
    world.car(IN, text);
    world.now += 2 * MINUTE;
  }
  // Whoever came last has left the entry as well.
  world.car(IN, '鲁C00001');
  world.now += 61 * MINUTE;
  return world;
}

it('is the exit that serves it or where it queues behind another, and none for a car that nobody sees', () => {
  const world = park(A, B, '鲁B55555');
  world.car(OUT, A);
  expect(billAt(world)?.dueFen).toBeGreaterThan(0);
  world.car(OUT, B);
  expect(at(world, A)).toEqual({ lane: OUT.name, how: 'served' });
  expect(at(world, B)).toEqual({ lane: OUT.name, how: 'queues' });
  expect(at(world, '鲁B55555')).toBeNull();
});

it('is perhaps the exit where a car stands that was read nearly so', () => {
  const [one, other] = ['鲁B12348', '鲁B1234B'];
  const world = park(one, other);
  world.car(OUT, '鲁B12340');
  const candidates = world.state(OUT).passage?.candidates.map(({ plate }) => plate) ?? [];
  expect(attention(world)).toBe('near-match');
  expect(candidates.length).toBeGreaterThan(0);
  for (const text of candidates) expect(at(world, text)).toEqual({ lane: OUT.name, how: 'perhaps' });
  expect(at(world, '鲁C00001')).not.toEqual({ lane: OUT.name, how: 'perhaps' });
});

it('is the exit where an unlicensed car said who it is, also before it was matched', () => {
  const world = new LaneWorld();
  world.car(IN, '', 'none');
  world.must(IN, { type: 'identify', identity: 'openid-1', actor: user });
  world.now += 61 * MINUTE;
  world.car(IN, '鲁C00001');
  world.car(OUT, '', 'none');
  expect(at(world, 'openid-1')).toBeNull();
  world.must(OUT, { type: 'identify', identity: 'openid-1', actor: user });
  expect(at(world, 'openid-1')).toMatchObject({ how: 'served' });
});
