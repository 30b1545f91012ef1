import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OUT } from '../../../support/lane-world.ts';
import { CAR, CmbWorld, MINUTE } from './cmb-world.ts';

/** The bank's payments of this test: a number has one sum, for ever. */
const SUMS = [300, 500, 500, 700, 1000, 1500] as const;
const payment = fc.nat({ max: SUMS.length - 1 });

type Act =
  | { readonly do: 'tell'; readonly payments: readonly number[]; readonly names: 'bill' | 'record' | 'plate' }
  | { readonly do: 'ask' | 'exit' | 'cash' | 'restart' }
  | { readonly do: 'wait'; readonly minutes: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('tell' as const),
      payments: fc.uniqueArray(payment, { minLength: 1, maxLength: 3 }),
      names: fc.constantFrom('bill' as const, 'record' as const, 'plate' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('ask' as const, 'exit' as const, 'cash' as const, 'restart' as const) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 60 }) }) },
);

/** One car, and a bank that tells of payments as it likes: early, late, again, in parts, with and without the bill. */
class Story {
  readonly told = new Set<number>();
  #billId = '';
  readonly #world: CmbWorld;
  readonly #uid: string;

  constructor(world: CmbWorld, uid: string) {
    this.#world = world;
    this.#uid = uid;
  }

  async run(step: Act): Promise<void> {
    const world = this.#world;
    if (step.do === 'tell') await this.#tell(step);
    else if (step.do === 'wait') world.clock.jumpWall(step.minutes * MINUTE);
    else if (step.do === 'restart') await world.restarted();
    else if (step.do === 'exit') world.car(OUT.id);
    else if (step.do === 'ask') {
      const { data } = await world.push('calc', { vpl_number: CAR });
      this.#billId = String(data?.['bill_id'] ?? '');
    } else {
      const open = world.read.bills.open(this.#uid);
      if (open && (open.validUntil === null || open.validUntil > world.clock.now())) world.cash(open);
    }
  }

  async #tell({ payments, names }: Extract<Act, { do: 'tell' }>): Promise<void> {
    const { clock } = this.#world;
    for (const each of payments) this.told.add(each);
    const reply = await this.#world.push('pay', {
      ...{
        vpl_number: CAR,
        record_id: names === 'plate' ? '' : this.#uid,
        bill_id: names === 'bill' ? this.#billId : '',
      },
      pay_time: String(Math.floor(clock.now() / 1000)),
      pay_list: JSON.stringify(payments.map((each) => ({ pay_type: 99, amount: SUMS[each], order: `P${each}` }))),
    });
    // Whatever became of it: the bank need not tell it again.
    expect(reply).toEqual({ status: 0, message: 'success' });
  }
}

test('whatever the bank tells, however often and in whatever order: each fen is booked once, or a person has it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(5, 65), fc.array(act, { minLength: 1, maxLength: 14 }), async (minutes, acts) => {
      const world = await CmbWorld.open();
      try {
        const uid = await world.parked(minutes);
        const story = new Story(world, uid);
        for (const step of acts) await story.run(step);
        const collected = world.read.payments
          .ofStay(uid)
          .filter(({ via, state }) => via === 'cmb' && state === 'paid')
          .reduce((sum, { paid_fen }) => sum + paid_fen, 0);
        const { items } = world.read.cases.search({ offset: 0, limit: 100 });
        const withPeople = items.reduce((sum, { amountFen }) => sum + amountFen, 0);
        const told = [...story.told].reduce((sum, each) => sum + (SUMS[each] ?? 0), 0);
        expect(collected + withPeople).toBe(told);
        // Nor does anybody pay more than the stay costs.
        const stay = world.read.stays.get(uid);
        if (stay?.status === 'left') expect(stay.paidFen + stay.discountFen + stay.waivedFen).toBe(stay.chargeFen);
      } finally {
        await world.dispose();
      }
    }),
    { numRuns: 30 },
  );
}, 120_000);
