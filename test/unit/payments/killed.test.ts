import { afterEach, describe, expect, it } from 'vitest';
import { toPayFen } from '../../../shared/domain/money-flow.ts';
import { Crash, type CrashPoint, Life } from '../../simulation/life.ts';
import { type BankOptions, type Fate, TruthBank } from './exit-bank.ts';
import { ExitWorld } from './exit-world.ts';

/**
 * kill -9 between any two steps. Each scenario is lived once to count its steps, and then once for each of them with the program ending
 * right there: behind a commit, before anybody hears of it; as a question leaves; and as its answer comes.
 */

const POINTS: readonly CrashPoint[] = ['after-commit', 'at-port'];
const SECOND = 1000;
const DAY = 86_400_000;

/** Ends the program the n-th time that it comes to a point; and counts how often it does. */
class CountedLife extends Life {
  readonly seen: Record<CrashPoint, number> = { 'in-transaction': 0, 'after-commit': 0, 'at-port': 0 };
  #counts = false;
  readonly #end: { readonly point: CrashPoint; readonly n: number } | undefined;

  constructor(end?: { readonly point: CrashPoint; readonly n: number }) {
    super();
    this.#end = end;
  }

  /** The car is inside: from here on it counts. */
  begin(): void {
    this.#counts = true;
  }

  override pass(point: CrashPoint): void {
    if (!this.#counts) return;
    this.seen[point] += 1;
    if (this.#end?.point === point && this.#end.n === this.seen[point]) this.plan(point);
    super.pass(point);
  }
}

interface Scenario {
  readonly what: string;
  readonly auto: Fate;
  readonly options?: Partial<BankOptions>;
  /** A second platform charges after the departure. */
  readonly city?: true;
  /** What is done at the exit. Done again from its beginning after the restart, as people would. */
  readonly day: (world: ExitWorld, banks: Banks) => Promise<void>;
  /** How it ends where nothing comes in between. */
  readonly calm: readonly string[];
  /** Paid in so many parts at most; one unless told. */
  readonly parts?: number;
}

interface Banks {
  readonly auto: TruthBank;
  readonly code: TruthBank;
}

/** Nobody goes on with a program that is dead: it is started again. */
const wait =
  (ms: number) =>
  async (world: ExitWorld): Promise<void> => {
    await world.clock.advance(ms);
    if (world.life.dead) throw new Crash();
  };

/** The driver scans the code that is shown and pays; the platform tells of it. */
async function byCode(world: ExitWorld, { code }: Banks): Promise<void> {
  world.charge('code');
  await wait(SECOND)(world);
  for (const [id, order] of code.orders) if (!order.closed && world.bill() !== null) code.pay(id);
  for (const id of code.paidOrders()) world.push(code, id);
  await wait(SECOND)(world);
}

const SCENARIOS: readonly Scenario[] = [
  {
    what: 'AutoPay is paid',
    auto: 'pays',
    day: wait(5 * SECOND),
    calm: ['auto paid'],
  },
  {
    what: 'AutoPay is guaranteed, and confirmed later',
    auto: 'pays',
    options: { guaranteed: true },
    day: wait(5 * SECOND),
    calm: ['auto paid'],
  },
  {
    what: 'AutoPay is declined, and the driver pays by code',
    auto: 'declines',
    day: async (world, banks) => {
      await wait(5 * SECOND)(world);
      await byCode(world, banks);
    },
    calm: ['auto declined', 'code paid'],
  },
  {
    what: 'AutoPay is declined, and the second platform charges after the departure',
    auto: 'declines',
    city: true,
    day: wait(5 * SECOND),
    calm: ['auto declined', 'city paid'],
  },
  {
    what: 'nobody hears of AutoPay, and it turns out paid when asked',
    auto: 'pays-unheard',
    day: wait(30 * SECOND),
    calm: ['auto paid'],
  },
  {
    what: 'nobody hears of AutoPay, it turns out not to be paid, and the driver pays by code',
    auto: 'declines-unheard',
    day: async (world, banks) => {
      await wait(30 * SECOND)(world);
      await byCode(world, banks);
    },
    calm: ['auto declined', 'code paid'],
  },
  {
    what: 'nobody hears of AutoPay, cash meanwhile, and it turns out paid',
    auto: 'pays-unheard',
    options: { answerMs: 15 * SECOND },
    day: async (world, { auto }) => {
      auto.silent = true;
      await wait(16 * SECOND)(world);
      world.cash();
      await wait(SECOND)(world);
      auto.silent = false;
    },
    calm: ['auto paid'],
  },
  {
    what: 'nobody knows about AutoPay, the driver pays by code, and AutoPay turns out paid later',
    auto: 'unheard',
    day: async (world, banks) => {
      await wait(40 * SECOND)(world);
      await byCode(world, banks);
      for (const id of banks.auto.orders.keys()) banks.auto.pay(id);
    },
    calm: ['auto paid', 'code paid'],
  },
  {
    what: 'AutoPay pays a part, and the driver the rest by code',
    auto: 'pays-part',
    parts: 2,
    day: async (world, banks) => {
      await wait(5 * SECOND)(world);
      await byCode(world, banks);
    },
    calm: ['auto paid', 'code paid'],
  },
  {
    what: 'nobody hears that AutoPay paid a part, and the rest is paid in cash',
    auto: 'pays-part-unheard',
    parts: 2,
    day: async (world) => {
      await wait(30 * SECOND)(world);
      world.cash();
      await wait(SECOND)(world);
    },
    calm: ['auto paid'],
  },
];

let world: ExitWorld | undefined;
afterEach(() => {
  world?.dispose();
  world = undefined;
});

async function lived(scenario: Scenario, end?: { readonly point: CrashPoint; readonly n: number }) {
  const auto = new TruthBank({ id: 'auto', ...scenario.options });
  const code = new TruthBank({ id: 'code', kind: 'qr' });
  const city = new TruthBank({ id: 'city' });
  const banks: Banks = { auto, code };
  auto.fate = scenario.auto;
  const agreements = [
    { platform: 'auto', kind: 'auto-pay' } as const,
    ...(scenario.city ? [{ platform: 'city', kind: 'departure-pay' } as const] : []),
  ];
  const life = new CountedLife(end);
  world = await new ExitWorld([auto, code, city], agreements, life).parked();
  life.begin();
  const day = async (now: ExitWorld): Promise<void> => {
    now.arrive();
    await scenario.day(now, banks);
  };
  const whole = async (now: ExitWorld): Promise<void> => {
    await day(now);
    await settled(now, [auto, code], city);
  };
  await whole(world).catch((error: unknown) => {
    if (!(error instanceof Crash)) throw error;
  });
  if (life.dead) {
    world.restart();
    await wait(SECOND)(world);
    await whole(world);
  }
  return { world, life, banks: [auto, code] };
}

/** The channels speak from here on, whoever still stands there pays, and what is told is told twice. */
async function settled(at: ExitWorld, banks: readonly TruthBank[], city: TruthBank): Promise<void> {
  for (const bank of banks) {
    bank.silent = false;
    bank.shutDown();
  }
  for (let time = 0; time < 2; time += 1) {
    for (const bank of banks) for (const id of bank.paidOrders()) at.push(bank, id);
    await wait(DAY)(at);
  }
  for (const bill of [...at.store.read.bills.afterDeparture()]) {
    at.payments.notices.notify({
      ...{ billId: bill.id, reference: `city-${bill.id}`, amountFen: toPayFen(bill), method: 'platform' },
      via: city.via,
      ...{ paidAt: at.clock.now(), givesBack: false },
    });
  }
  at.arrive();
  await wait(60 * SECOND)(at);
  at.cash();
  await wait(DAY)(at);
}

function kept(at: ExitWorld, banks: readonly TruthBank[], { options, parts = 1 }: Scenario): void {
  const guaranteed = options?.guaranteed ?? false;
  expect(at.underWay(), 'still under way').toEqual([]);
  expect(at.count('vehicle-exited'), 'exits').toBe(1);
  const { chargeFen } = at.stay();
  expect(at.stay()).toMatchObject({ status: 'left', paidFen: chargeFen, owedFen: 0, waivedFen: 0 });
  const gate = at.store.read.journal.list({ kind: 'bill-paid', limit: 50 });
  expect(gate.length, 'a bill is settled once').toBeGreaterThan(0);
  expect(gate.length, 'a bill is settled once').toBeLessThanOrEqual(parts);
  for (const bank of banks)
    for (const [id, order] of bank.orders) {
      expect(at.store.read.attempts.get(id), 'left before it was stored').toBeDefined();
      expect(at.accountedFen(id), `${bank.id} ${id}`).toBe(order.paid && !order.returned ? order.takesFen : 0);
    }
  const twice = at.store.read.cases.search({ offset: 0, limit: 50 }).items;
  const refunds = at.store.read.refunds.ofStay(at.uid);
  expect(refunds.map(({ amountFen }) => amountFen)).toEqual(twice.map(({ amountFen }) => amountFen));
  for (const attempt of at.attempts()) {
    expect(attempt.guarantee).toBe(guaranteed && attempt.state === 'paid' ? 'confirmed' : null);
    expect(attempt.setAside).toBe(false);
  }
}

describe.each(SCENARIOS)('$what', (scenario) => {
  it('ends as it should, and so it does wherever the program dies', async () => {
    const calm = await lived(scenario);
    expect(calm.world.states()).toEqual(scenario.calm);
    kept(calm.world, calm.banks, scenario);
    const steps = calm.life.seen;
    calm.world.dispose();
    for (const point of POINTS) {
      expect(steps[point]).toBeGreaterThan(0);
      for (let n = 1; n <= steps[point]; n += 1) {
        try {
          const { world: after, banks } = await lived(scenario, { point, n });
          kept(after, banks, scenario);
        } catch (error) {
          throw new Error(`killed ${point} ${n} of ${steps[point]}: ${world?.states().join(', ')}`, { cause: error });
        }
        world?.dispose();
        world = undefined;
      }
    }
  }, 60_000);
});
