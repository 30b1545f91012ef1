import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isUnderWay } from '../../../electron/station/payments/settlement.ts';
import type { Attempt } from '../../../shared/domain/money-flow.ts';
import { type Fate, TruthBank } from './exit-bank.ts';
import { ExitWorld } from './exit-world.ts';

/**
 * A real exit over a real file, two platforms that are asked by themselves, a code and a scanner, in any order of answers, notices,
 * people's acts and restarts.
 */

const DAY = 86_400_000;

class Street {
  readonly auto: TruthBank;
  readonly city = new TruthBank({ id: 'city', askAtMs: [1000, 3000] });
  readonly code = new TruthBank({ id: 'code', kind: 'qr', via: 'auto' });
  readonly scan = new TruthBank({ id: 'scan', kind: 'scan', givesBack: true });
  readonly world: ExitWorld;
  readonly banks: readonly TruthBank[];
  /** What was seen where nothing may be thrown: the station would catch it. */
  readonly wrong: string[] = [];
  /** What a person does right now: they may ask in spite of what is open. */
  #person: 'asks' | 'in spite' | null = null;
  readonly #known = new Map<string, Attempt>();

  constructor(guaranteed: boolean, second: 'auto-pay' | 'departure-pay' | null) {
    this.auto = new TruthBank({ id: 'auto', guaranteed, answerMs: 15_000 });
    this.banks = [this.auto, this.city, this.code, this.scan];
    const agreements = [{ platform: 'auto', kind: 'auto-pay' } as const];
    this.world = new ExitWorld(
      this.banks,
      second === null ? agreements : [...agreements, { platform: 'city', kind: second }],
    );
    this.world.heard = (event) => {
      if (event.kind === 'attempt-changed') this.#changed(event.body.attempt);
    };
    for (const bank of this.banks)
      bank.arrived = (id) => {
        // (e) no try leaves before it is stored
        if (this.world.store.read.attempts.get(id)?.state !== 'sent')
          this.wrong.push(`${id} left before it was stored`);
      };
  }

  bank(index: number): TruthBank {
    return this.banks[index % this.banks.length] ?? this.auto;
  }

  /** One of the orders that may still be paid is. */
  pays(nth: number): void {
    const open = this.banks.flatMap((bank) =>
      [...bank.orders]
        .filter(([, { paid, closed }]) => !paid && !closed)
        .map(
          ([id]) =>
            () =>
              bank.pay(id),
        ),
    );
    open[nth % Math.max(1, open.length)]?.();
  }

  tells(nth: number, named: boolean): void {
    const paid = this.banks.flatMap((bank) => bank.paidOrders().map((id) => ({ bank, id })));
    const told = paid[nth % Math.max(1, paid.length)];
    // Two channels of one platform: only our number says which of them it was.
    if (told) this.world.push(told.bank, told.id, named || told.bank.via === this.auto.via);
  }

  charge(channel: string, inSpite: boolean): void {
    this.#person = inSpite ? 'in spite' : 'asks';
    this.world.charge(channel, inSpite);
    this.#person = null;
  }

  /** (a) Nobody asks while another try may turn into money, but a person who knows of it. */
  #changed(attempt: Attempt): void {
    const before = this.#known.get(attempt.id);
    this.#known.set(attempt.id, attempt);
    if (before || attempt.state !== 'created') return;
    const others = [...this.#known.values()].filter((each) => each.id !== attempt.id && isUnderWay(each));
    for (const { channel, kind, state, setAside } of others) {
      const told = this.#person === 'in spite' || (this.#person === 'asks' && (setAside || kind === 'qr'));
      if (!told)
        this.wrong.push(`${attempt.channel} asked while ${channel} was ${state}, by ${this.#person ?? 'itself'}`);
    }
  }
}

type Act = (street: Street) => void | Promise<void>;
const FATES: readonly Fate[] = [
  ...(['pays', 'declines', 'pays-unheard', 'unheard', 'declines-unheard', 'fails', 'pays-part'] as const),
];
// Who is heard of and pays at once leaves nothing to be tried.
const fate = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...FATES) },
  { weight: 2, arbitrary: fc.constantFrom<Fate>('unheard', 'pays-unheard', 'declines-unheard', 'pays-part-unheard') },
  { weight: 1, arbitrary: fc.constant<Fate>('pays-part') },
);
const which = fc.nat(3);

const acts: Record<string, fc.Arbitrary<Act>> = {
  time: fc
    .constantFrom(500, 2500, 12_000, 30_000, 600_000, 5 * 3_600_000)
    .map<Act>((ms) => (street) => street.world.clock.advance(ms)),
  fate: fc.tuple(which, fate).map<Act>(([index, next]) => (street) => {
    street.bank(index).fate = next;
  }),
  silence: fc.tuple(which, fc.boolean()).map<Act>(([index, silent]) => (street) => {
    street.bank(index).silent = silent;
  }),
  // The driver pays an order that is open: at once or long after.
  pays: fc.nat(9).map<Act>((nth) => (street) => street.pays(nth)),
  // The platform tells of what was paid: repeated, late, out of order, with our number or without.
  notice: fc.tuple(fc.nat(9), fc.boolean()).map<Act>(
    ([nth, named]) =>
      (street) =>
        street.tells(nth, named),
  ),
  charge: fc.tuple(fc.constantFrom('code', 'scan'), fc.integer({ min: 0, max: 3 })).map<Act>(
    ([channel, spite]) =>
      (street) =>
        street.charge(channel, spite === 0),
  ),
  person: fc
    .constantFrom<'cash' | 'release' | 'owe' | 'refresh' | 'cancel' | 'arrive'>(
      ...(['cash', 'release', 'owe', 'refresh', 'cancel', 'arrive'] as const),
    )
    .map<Act>((what) => (street) => street.world[what]()),
  arrive: fc.constant<Act>((street) => street.world.arrive()),
  restart: fc.constant<Act>((street) => street.world.restart()),
};
const weights = { time: 9, fate: 3, silence: 2, pays: 4, notice: 4, charge: 7, person: 2, arrive: 1, restart: 2 };
const act = fc.oneof(
  ...Object.entries(weights).map(([name, weight]) => ({ weight, arbitrary: acts[name] ?? fc.constant<Act>(() => {}) })),
);

/** From here on the channels speak, nobody pays any more, and what was paid, perhaps just now, is told. */
async function end(street: Street, late: number): Promise<void> {
  const { world, banks } = street;
  for (let more = 0; more < late; more += 1) street.pays(more);
  for (const bank of banks) {
    bank.silent = false;
    bank.shutDown();
  }
  await world.clock.advance(DAY);
  for (const bank of banks) for (const id of bank.paidOrders()) world.push(bank, id);
  await world.clock.advance(DAY);
}

it('takes a bill once, asks nobody while a try is open, and puts every fen where a person finds it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 4, maxLength: 24, size: 'max' }),
      fc.array(fate, { minLength: 4, maxLength: 4 }),
      fc.boolean(),
      fc.constantFrom(null, 'auto-pay' as const, 'departure-pay' as const),
      fc.nat(3),
      async (moves, fates, guaranteed, second, late) => {
        const street = new Street(guaranteed, second);
        const { world } = street;
        try {
          for (const [index, bank] of street.banks.entries()) bank.fate = fates[index] ?? 'unheard';
          await world.parked();
          world.arrive();
          for (const move of moves) await move(street);
          await end(street, late);
          expect(street.wrong).toEqual([]);
          // (d) nothing is under way for ever once the channel tells
          expect(world.underWay().map(({ channel, state }) => `${channel} ${state}`)).toEqual([]);
          // (b) a bill is settled once
          const paid = world.events.flatMap((event) => (event.kind === 'bill-paid' ? [event.body.billId] : []));
          expect(new Set(paid).size).toBe(paid.length);
          expect(world.count('vehicle-exited')).toBeLessThanOrEqual(1);
          // (c) every fen that a channel collected is in the books, or on the list of exceptions, once
          for (const bank of street.banks)
            for (const [id, order] of bank.orders)
              expect(world.accountedFen(id), `${bank.id} ${id}`).toBe(
                order.paid && !order.returned ? order.takesFen : 0,
              );
          for (const { guarantee, setAside } of world.attempts())
            expect({ guarantee: guarantee === 'pending', setAside }).toEqual({ guarantee: false, setAside: false });
        } finally {
          world.dispose();
        }
      },
    ),
    { numRuns: 80 },
  );
}, 60_000);
