import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laneStateSchema } from '../../../electron/station/lanes/state.ts';
import type { LaneInput } from '../../../electron/station/lanes/step.ts';
import { IN, LaneWorld, OUT, plate } from '../../support/lane-world.ts';

const user = { kind: 'user', name: 'u' } as const;
const plates = ['鲁B11111', '鲁B22222', '鲁B33333', ''] as const;

/** What may happen at a lane, with the moment it happens after the one before. */
const action = fc.record({
  lane: fc.constantFrom(IN, OUT),
  afterMs: fc.oneof(fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: 60_000, max: 20_000_000 })),
  what: fc.oneof(
    { weight: 6, arbitrary: fc.record({ type: fc.constant('car' as const), text: fc.constantFrom(...plates) }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('collect' as const), right: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('correct' as const), text: fc.constantFrom(...plates) }) },
    { weight: 1, arbitrary: fc.constant({ type: 'release' as const }) },
    { weight: 1, arbitrary: fc.constant({ type: 'cancel' as const }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('loop' as const), on: fc.boolean() }) },
    { weight: 1, arbitrary: fc.constant({ type: 'again' as const }) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('done' as const, 'unknown' as const, 'refused' as const)
        .map((outcome) => ({ type: 'answer' as const, outcome })),
    },
  ),
});
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

function inputOf(world: LaneWorld, { lane, what }: Action): LaneInput | undefined {
  const state = world.state(lane);
  switch (what.type) {
    case 'car':
      return { type: 'car', arrival: world.arrival(what.text) };
    case 'collect':
      return {
        type: 'collect',
        method: 'cash',
        amountFen: (state.passage?.bill?.dueFen ?? 0) + (what.right ? 0 : 1),
        actor: user,
      };
    case 'correct':
      return { type: 'correct-plate', plate: plate(what.text), actor: user };
    case 'release':
      return { type: 'release', reason: 'r', actor: user };
    case 'cancel':
      return { type: 'cancel', reason: 'r', actor: user };
    case 'loop':
      return { type: 'safety-loop', on: what.on };
    case 'again':
      return state.passage ? { type: 'asked-again', passageId: state.passage.id } : undefined;
    case 'answer':
      return state.lastCommand
        ? { type: 'gate-answered', commandId: state.lastCommand.id, outcome: what.outcome, detail: '' }
        : undefined;
  }
}

function play(actions: readonly Action[]): LaneWorld {
  const world = new LaneWorld();
  for (const each of actions) {
    world.now += each.afterMs;
    const input = inputOf(world, each);
    if (!input) continue;
    const before = world.state(each.lane);
    const result = world.feed(each.lane, input);
    if ('refused' in result) expect(world.state(each.lane)).toBe(before);
    // What is stored must be what is understood again after a crash.
    expect(laneStateSchema.parse(JSON.parse(JSON.stringify(world.state(each.lane))))).toEqual(world.state(each.lane));
  }
  return world;
}

const day = fc.array(action, { minLength: 1, maxLength: 60 });
const runs = { numRuns: 400 };

describe('whatever happens at the lanes', () => {
  it('no stay is paid twice, leaves twice, or is paid more than it cost', () => {
    fc.assert(
      fc.property(day, (actions) => {
        const world = play(actions);
        const paid = new Map<string, number>();
        const left = new Set<string>();
        for (const event of world.events) {
          if (event.kind === 'bill-paid') {
            expect(paid.has(event.body.stay.uid)).toBe(false);
            paid.set(event.body.stay.uid, event.body.paidFen);
          }
          if (event.kind === 'vehicle-exited') {
            const { stay } = event.body;
            expect(left.has(stay.uid)).toBe(false);
            left.add(stay.uid);
            expect(stay.paidFen).toBe(paid.get(stay.uid) ?? 0);
            expect(stay.paidFen).toBeLessThanOrEqual(stay.chargeFen);
            expect(stay.exitedAt ?? 0).toBeGreaterThanOrEqual(stay.enteredAt);
          }
        }
      }),
      runs,
    );
  });

  it('no plate stands inside twice', () => {
    fc.assert(
      fc.property(day, (actions) => {
        const world = play(actions);
        const inside = [...world.stays.values()]
          .filter((stay) => stay.status === 'inside' && stay.plate.text !== '')
          .map((stay) => stay.plate.text);
        expect(new Set(inside).size).toBe(inside.length);
      }),
      runs,
    );
  });

  it('the arm opens only with a committed reason in the same step, and never for a car that owes', () => {
    fc.assert(
      fc.property(day, (actions) => {
        const world = play(actions);
        const commanded = world.events.filter(
          (event) => event.kind === 'gate-commanded' && event.body.action === 'open',
        ).length;
        expect(commanded).toBe(world.opens(IN) + world.opens(OUT));
        const left = new Set<string | null>();
        for (const event of world.events) {
          if (event.kind === 'vehicle-exited') left.add(event.key);
          if (event.kind !== 'gate-commanded' || event.laneId !== 'out1' || event.key === null) continue;
          // Nobody stood by: the stay must have ended before, for nothing, paid, or released by a person.
          if (event.body.origin === 'decision') expect(left.has(event.key)).toBe(true);
        }
      }),
      runs,
    );
  });

  it('every passage that began ends or is still there', () => {
    fc.assert(
      fc.property(day, (actions) => {
        const world = play(actions);
        const present = new Set([IN, OUT].flatMap((lane) => world.state(lane).passage?.id ?? []));
        const ended = world.events.filter((event) => event.kind === 'passage-ended').map((event) => event.passageId);
        expect(new Set(ended).size).toBe(ended.length);
        for (const event of world.events)
          if (event.kind === 'vehicle-entered' || event.kind === 'vehicle-exited')
            expect(present.has(event.passageId ?? '') || ended.includes(event.passageId)).toBe(true);
      }),
      runs,
    );
  });
});
