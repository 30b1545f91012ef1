import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toPayFen } from '../../../../shared/domain/money-flow.ts';
import { OUT } from '../../../support/lane-world.ts';
import type { Data } from '../platform-station.ts';
import { CAR, KeytopWorld, MINUTE } from './keytop-world.ts';
import { codeShown, payment, written } from './pay-story.ts';

/** Counted from the newest. */
const pick = fc.constantFrom(0, 0, 0, 1, 2, 5);

type Act =
  | {
      readonly do: 'pay';
      /** What has to be paid is asked for just before. */
      readonly asks: boolean;
      readonly order: number;
      /** Fen beside what the bill asks for. */
      readonly beside: number;
      readonly freeMoney: number;
      readonly freeTime: number;
    }
  | { readonly do: 'again'; readonly payment: number; readonly beside: number }
  | { readonly do: 'coupon'; readonly freeMoney: number; readonly freeTime: number }
  | { readonly do: 'query' | 'code' | 'exit' | 'cash' | 'restart' }
  | { readonly do: 'wait'; readonly minutes: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('query' as const, 'restart' as const) }) },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      asks: fc.boolean(),
      order: pick,
      beside: fc.constantFrom(0, 0, 0, 0, -1, -300, 250, -100_000),
      freeMoney: fc.constantFrom(0, 0, 300, 5000),
      freeTime: fc.constantFrom(0, 0, 30, 600),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('again' as const), payment: pick, beside: fc.constantFrom(0, 0, 0, 1) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('coupon' as const),
      freeMoney: fc.constantFrom(0, 200),
      freeTime: fc.constantFrom(0, 1800),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('code' as const, 'exit' as const, 'cash' as const) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(1, 1, 2, 3, 6, 40) }),
  },
);

/** One car, and a third party that asks and tells as it likes: early, late, again, too little, too much. */
class Story {
  /** What was answered 0, by its order: its sum, and how long the car had parked. */
  readonly taken = new Map<string, { readonly amount: number; readonly time: unknown }>();
  readonly #orders: string[] = ['nobody-knows-it'];
  readonly #told: { readonly orderNo: string; readonly amount: number; readonly more: Data }[] = [];
  readonly #world: KeytopWorld;
  readonly #uid: string;

  constructor(world: KeytopWorld, uid: string) {
    this.#world = world;
    this.#uid = uid;
  }

  async run(step: Act): Promise<void> {
    const world = this.#world;
    const open = world.read.bills.open(this.#uid);
    if (step.do === 'wait') world.clock.jumpWall(step.minutes * MINUTE);
    else if (step.do === 'restart') await world.restarted();
    else if (step.do === 'exit') world.car(OUT.id);
    else if (step.do === 'cash') {
      if (open && (open.validUntil === null || open.validUntil > world.clock.now())) world.cash(open);
    } else if (step.do === 'code') {
      if (open) this.#orders.push(codeShown(world, open, `att_${this.#orders.length}`));
    } else if (step.do === 'query') await this.#query();
    else if (step.do === 'coupon')
      await this.#call('ParkingFree', { plateNo: CAR, payType: 4, payMethod: 4, remark: '券', ...step });
    else if (step.do === 'again') {
      const before = this.#told.at(-1 - (step.payment % Math.max(1, this.#told.length)));
      if (before) await this.#pay(before.orderNo, before.amount + step.beside, before.more);
    } else if (step.do === 'pay') {
      if (step.asks) await this.#query();
      const orderNo = this.#orders.at(-1 - (step.order % this.#orders.length)) ?? '';
      const { freeMoney, freeTime } = step;
      await this.#pay(orderNo, Math.max(0, this.#asked(orderNo) + step.beside), { freeMoney, freeTime });
    }
  }

  /** Answered 1, nothing is other than before. */
  async #call(name: string, fields: Data) {
    const world = this.#world;
    await world.settled();
    const before = written(world);
    const answer = await world.call(name, fields);
    if (answer.resCode === 1) {
      expect(answer.data).toBeNull();
      expect(written(world)).toEqual(before);
    }
    return answer;
  }

  async #query(): Promise<void> {
    const { data } = await this.#call('GetParkingPaymentInfo', { plateNo: CAR });
    const row = data?.[0];
    if (!row) return;
    expect(row['payable']).toBe(Number(row['totalFee']) - Number(row['payedFee']));
    this.#orders.push(String(row['orderNo']));
  }

  #asked(orderNo: string): number {
    const { attempts, bills } = this.#world.read;
    const bill = bills.get(attempts.get(orderNo)?.billId ?? orderNo);
    return bill ? toPayFen(bill) : 500;
  }

  async #pay(orderNo: string, amount: number, more: Data): Promise<void> {
    this.#told.push({ orderNo, amount, more });
    const { resCode, data } = await this.#call('PayParkingFee', payment(orderNo, amount, more));
    if (resCode === 1) return;
    const now = { amount, time: data?.[0]?.['parkingTime'] };
    // An order takes one sum, for ever, and says the same of it.
    expect(this.taken.get(orderNo) ?? now).toEqual(now);
    this.taken.set(orderNo, now);
    expect(await this.#world.call('GetPaymentStatus', { orderNo })).toMatchObject({ data: [{ status: '1' }] });
  }
}

test('however often and in whatever order: what was answered 0 is booked once, what was answered 1 changed nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(5, 58, 95, 125),
      fc.array(act, { minLength: 4, maxLength: 12, size: 'max' }),
      async (minutes, acts) => {
        const world = await KeytopWorld.open();
        try {
          const uid = await world.parked(minutes);
          const story = new Story(world, uid);
          for (const step of acts) await story.run(step);
          const booked = world.read.payments
            .ofStay(uid)
            .filter(({ via, state }) => via === 'keytop' && state === 'paid')
            .reduce((sum, { paid_fen }) => sum + paid_fen, 0);
          const givenBack = world.read.refunds.ofStay(uid).reduce((sum, { amountFen }) => sum + amountFen, 0);
          const taken = [...story.taken.values()].reduce((sum, { amount }) => sum + amount, 0);
          expect(booked + givenBack).toBe(taken);
          const stay = world.read.stays.get(uid);
          expect(world.takenFen(uid)).toBe(stay?.paidFen);
          // Nor does anybody pay more than the stay costs.
          if (stay?.status === 'left') expect(stay.paidFen + stay.discountFen + stay.waivedFen).toBe(stay.chargeFen);
        } finally {
          await world.dispose();
        }
      },
    ),
    { numRuns: 40 },
  );
}, 180_000);
