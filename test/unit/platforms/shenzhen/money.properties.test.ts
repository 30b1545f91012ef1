import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { OUT } from '../../../support/lane-world.ts';
import { ANNA, type Data, MINUTE } from '../platform-station.ts';
import { MoneyWorld } from './money-world.ts';

const coupon = fc.constantFrom<Data[]>(
  { usercouponId: 'C1', couponType: 0, discountAmount: '3.00' },
  { usercouponId: 'C2', couponType: 1, discountRate: '0.80', discountAmount: '0' },
  { usercouponId: 'C3', couponType: 3, timeType: 1, freeMinutes: 60, discountAmount: '0' },
  { usercouponId: 'C4', couponType: 4, discountAmount: '0' },
);

type Act =
  | { readonly do: 'query'; readonly coupons: readonly Data[] }
  /** A driver pays what was told last, or something beside it, and nobody has told us yet. */
  | { readonly do: 'charge'; readonly beside: number }
  /** The city tells of a charge, counted from the newest. `dies`: the station does after so many commits. */
  | { readonly do: 'online' | 'push' | 'both'; readonly charge: number; readonly dies: number }
  | { readonly do: 'exit' | 'owe' | 'cash' }
  | { readonly do: 'free'; readonly request: number }
  | { readonly do: 'wait'; readonly minutes: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('query' as const), coupons: fc.uniqueArray(coupon, { maxLength: 2 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('charge' as const), beside: fc.constantFrom(0, 0, 0, 0, -300, 250) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('online' as const, 'push' as const, 'both' as const),
      charge: fc.constantFrom(0, 0, 0, 1, 2),
      dies: fc.constantFrom(0, 0, 0, 1, 2, 3, 4, 5),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('exit' as const, 'owe' as const, 'cash' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('free' as const), request: fc.constantFrom(1, 2) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(1, 8, 20, 70) }) },
);

interface Charge {
  readonly orderNum: string;
  readonly fen: number;
}

const yuan = (fen: number): string => (fen / 100).toFixed(2);

/** One car, and a city that asks, collects and tells as it likes. */
class Story {
  readonly charges: Charge[] = [];
  readonly #world: MoneyWorld;
  readonly #uid: string;
  #need: number | undefined;

  constructor(world: MoneyWorld, uid: string) {
    this.#world = world;
    this.#uid = uid;
  }

  async run(step: Act): Promise<void> {
    const world = this.#world;
    const uid = this.#uid;
    const isInside = world.stay(uid).status === 'inside';
    if (step.do === 'wait') world.clock.jumpWall(step.minutes * MINUTE);
    else if (step.do === 'exit') {
      if (isInside) world.car(OUT.id);
    } else if (step.do === 'owe') {
      if (isInside && world.lanes.state(OUT.id).phase === 'charging')
        world.lanes.order(OUT.id, { type: 'owe', reason: '手机没电', actor: ANNA });
    } else if (step.do === 'cash') {
      const open = world.read.bills.open(uid);
      if (isInside && open && (open.validUntil === null || open.validUntil > world.clock.now())) world.cash(open);
    } else if (step.do === 'free') await world.free(uid, `free-${step.request}`, '1');
    else if (step.do === 'query') await this.#query(step.coupons);
    else if (step.do === 'charge') this.#charge(step.beside);
    else if (step.do === 'online' || step.do === 'push' || step.do === 'both') await this.#tell(step.do, step);
  }

  async #query(couponList: readonly Data[]): Promise<void> {
    const told = await this.#world.ask('feeQuery', {
      recordCode: this.#world.code(this.#uid),
      parkId: '80010001',
      couponList,
    });
    if (told.code !== 0) return;
    const [should, agio, paid, need] = ['shouldPay', 'agioMoney', 'paidMoney', 'needPay'].map((name) =>
      Number(told.data[name]),
    );
    expect(need).toBe((should ?? 0) - (agio ?? 0) - (paid ?? 0));
    expect(need).toBeGreaterThanOrEqual(0);
    this.#need = need;
  }

  #charge(beside: number): void {
    const fen = (this.#need ?? 500) + beside;
    if (fen > 0) this.charges.push({ orderNum: `O${this.charges.length + 1}`, fen });
  }

  async #tell(
    how: 'online' | 'push' | 'both',
    { charge: back, dies }: { readonly charge: number; readonly dies: number },
  ): Promise<void> {
    const charge = this.charges.at(-1 - (back % Math.max(1, this.charges.length)));
    if (!charge) return;
    const world = this.#world;
    // A lane that died would begin anew; here it stays as it is.
    const mortal = dies > 0 && world.lanes.state(OUT.id).phase === 'idle';
    let left = mortal ? dies : Number.POSITIVE_INFINITY;
    const write = world.store.write.bind(world.store);
    const dying = vi.spyOn(world.store, 'write').mockImplementation((work) => {
      left -= 1;
      if (left <= 0) throw new Error('the station died');
      return write(work);
    });
    try {
      const online = () => world.online(this.#uid, charge.orderNum);
      const push = () => world.push(this.#uid, charge.orderNum, yuan(charge.fen));
      const told =
        how === 'both' ? await Promise.all([online(), push()]) : [await (how === 'online' ? online() : push())];
      for (const { code } of told) expect([0, 1]).toContain(code);
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'the station died') throw error;
      dying.mockRestore();
      world.payments.recover();
    } finally {
      dying.mockRestore();
    }
  }
}

test('whatever the city tells, in which order, how often, and wherever the station dies: each order is in the books once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(5, 58, 95, 125),
      fc.array(act, { minLength: 4, maxLength: 14, size: 'max' }),
      async (minutes, acts) => {
        const world = new MoneyWorld();
        try {
          const uid = await world.parked(minutes);
          const story = new Story(world, uid);
          for (const step of acts) await story.run(step);
          // In the end the city tells of everything once more.
          for (const { orderNum, fen } of story.charges) await world.push(uid, orderNum, yuan(fen));
          const { read } = world;
          for (const { orderNum, fen } of story.charges) {
            const attempt = read.attempts.byReference('shenzhen', orderNum);
            const person = read.cases.get(`case-unknown-payment-shenzhen-${orderNum}`);
            if (!attempt) {
              expect(person, `${orderNum} is nowhere`).toBeDefined();
              continue;
            }
            const booked = read.payments.ofAttempt(attempt.id).reduce((sum, { paid_fen }) => sum + paid_fen, 0);
            const cases = ['paid-twice', 'late-payment', 'unknown-payment'].flatMap(
              (kind) => read.cases.get(`case-${kind}-${attempt.id}`)?.amountFen ?? [],
            );
            expect(attempt.state).toBe('paid');
            // onlinePay alone has paid what was told last, and orderPush named another sum.
            if (attempt.amountFen !== fen)
              expect(read.cases.get(`case-unknown-payment-shenzhen-${orderNum}-${uid}-${fen}`)).toBeDefined();
            expect(booked + cases.reduce((sum, each) => sum + each, 0)).toBe(attempt.amountFen);
          }
          const stay = world.stay(uid);
          expect(world.takenFen(uid)).toBe(stay.paidFen);
          expect(stay.usedDiscounts.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(stay.discountFen);
          const coupons = stay.usedDiscounts
            .map(({ discount }) => discount.origin)
            .filter((origin) => origin.startsWith('优惠券'));
          expect(new Set(coupons).size).toBe(coupons.length);
          // Nobody pays more than the stay costs.
          if (stay.status === 'left')
            expect(stay.paidFen + stay.discountFen + stay.waivedFen + stay.owedFen).toBe(stay.chargeFen);
        } finally {
          await world.dispose();
        }
      },
    ),
    { numRuns: 60 },
  );
}, 180_000);
