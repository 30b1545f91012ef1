import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Action, day, inputOf, park, worldOf } from './any-day.ts';
import { GateBooks } from './gate-books.ts';
import { Ledger } from './ledger.ts';
import { meanwhile } from './meanwhile.ts';

/** As many days as one likes: `LANE_DAYS=20000 npx vitest run … `. */
const DAYS = Number(process.env['LANE_DAYS'] ?? 100);

function live(world: ReturnType<typeof worldOf>, actions: readonly Action[]): void {
  const ledger = new Ledger(world);
  const gates = new GateBooks();
  for (const each of actions) {
    world.now += each.afterMs;
    if (meanwhile(world, each)) {
      ledger.look(null);
      continue;
    }
    const input = inputOf(world, each);
    if (!input) continue;
    const before = world.state(each.lane);
    const result = world.feed(each.lane, input);
    if ('refused' in result) expect(world.state(each.lane)).toBe(before);
    ledger.look(result);
    gates.look(each.lane, input, before, result, world.now);
  }
  ledger.close();
}

it('whatever happens at the lanes, every arm, bill, card and debt can be accounted for', {
  timeout: Math.max(60_000, DAYS * 500),
}, () => {
  fc.assert(
    fc.property(park, day, (set, actions) => live(worldOf(set), actions)),
    { numRuns: DAYS },
  );
});

it('under the rules that surprise least as well', { timeout: 60_000 }, () => {
  const plain = park.map((set): typeof set => ({ ...set, rules: {}, openSpaces: 90 }));
  fc.assert(
    fc.property(plain, day, (set, actions) => live(worldOf(set), actions)),
    { numRuns: Math.min(DAYS, 60) },
  );
});
