import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LaneInput } from '../../../electron/station/lanes/step.ts';
import { settledFen } from '../../../electron/station/payments/bills.ts';
import type { FeeAnswer } from '../../../electron/station/payments/fee-source.ts';
import type { Lane } from '../../../shared/domain/site.ts';
import { BOTH, type LaneWorld, OUT, OUT2 } from '../../support/lane-world.ts';
import { day, inputOf, park, worldOf } from './any-day.ts';
import { Ledger } from './ledger.ts';
import { meanwhile } from './meanwhile.ts';

/** As many days as one likes: `LANE_DAYS=20000 npx vitest run … `. */
const DAYS = Number(process.env['LANE_DAYS'] ?? 100);

const answer = fc.oneof(
  fc.constant<FeeAnswer>({ kind: 'failed', reason: '没有应答' }),
  fc.constantFrom(0, 1, 500, 123_456).map((toPayFen): FeeAnswer => ({ kind: 'fee', toPayFen })),
);
/** What comes before each action, if anything: an answer to the question, to an earlier one, or one for a car that is gone. */
const said = fc.record({
  answer,
  to: fc.constantFrom('this', 'this', 'earlier', 'gone', 'nothing', 'nothing'),
});
const EXITS: readonly Lane[] = [OUT, OUT2, BOTH];

/** What they said of a stay, question by question. */
class Said {
  readonly #heard = new Map<string, Set<number>>();

  note(passageId: string, { kind, ...of }: FeeAnswer): void {
    if (kind === 'fee' && 'toPayFen' in of)
      this.#heard.set(passageId, (this.#heard.get(passageId) ?? new Set()).add(of.toPayFen));
  }

  /** A car that left without paying anything: they said 0, its terms say so, or a person let it go. */
  free(passageId: string | null): boolean {
    return this.#heard.get(passageId ?? '')?.has(0) ?? false;
  }
}

function priced(
  world: LaneWorld,
  lane: Lane,
  { answer: what, to }: typeof said extends fc.Arbitrary<infer T> ? T : never,
) {
  const { passage } = world.state(lane);
  if (!passage?.price || to === 'nothing') return null;
  const { question } = passage.price;
  const input: LaneInput = {
    ...{ type: 'priced', answer: what },
    passageId: to === 'gone' ? 'pass-long-gone' : passage.id,
    question: to === 'earlier' ? question - 1 : question,
  };
  return input;
}

it('no car leaves for nothing unless they said 0, it owes nothing by its terms, or a person let it go', {
  timeout: Math.max(60_000, DAYS * 500),
}, () => {
  let asked = 0;
  let exits = 0;
  fc.assert(
    fc.property(park, day, fc.array(said, { minLength: 40, maxLength: 40 }), (set, actions, answers) => {
      const world = worldOf(set);
      world.pricedBy = 'city';
      const ledger = new Ledger(world);
      const told = new Said();
      let seen = 0;
      const look = (): void => {
        for (const event of world.events.slice(seen)) {
          if (event.kind !== 'vehicle-exited') continue;
          exits += 1;
          const { how, stay, feeUnknown } = event.body;
          const person = event.actor.kind === 'user' || how === 'released' || how === 'held-open';
          if (feeUnknown) expect(person).toBe(true);
          if (settledFen(stay) + stay.owedFen + stay.waivedFen > 0 || person) continue;
          if (how === 'whitelist' || how === 'covered' || how === 'remote') continue;
          // Its terms were used up, or its debts alone were paid with it.
          const covered = stay.terms.kind !== 'temporary' || stay.terms.id !== null;
          expect(told.free(event.passageId) || covered, JSON.stringify(event.body)).toBe(true);
        }
        seen = world.events.length;
      };
      for (const [index, each] of actions.entries()) {
        world.now += each.afterMs;
        for (const lane of EXITS) {
          const what = answers[(index + EXITS.indexOf(lane)) % answers.length];
          if (what === undefined) continue;
          const input = priced(world, lane, what);
          if (input?.type !== 'priced') continue;
          const before = world.state(lane);
          const result = world.must(lane, input);
          asked += 1;
          const heard = before.phase === 'pricing' && what.to === 'this';
          if (!heard) expect(world.state(lane)).toBe(before);
          else if (before.passage) told.note(before.passage.id, what.answer);
          ledger.look(result);
          look();
        }
        if (meanwhile(world, each)) {
          ledger.look(null);
          continue;
        }
        const input = inputOf(world, each);
        if (!input) continue;
        ledger.look(world.feed(each.lane, input));
        look();
      }
      ledger.close();
    }),
    { numRuns: DAYS },
  );
  // Days on which nobody was asked would prove nothing.
  expect(asked).toBeGreaterThan(DAYS / 2);
  expect(exits).toBeGreaterThan(DAYS / 2);
});
