import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../electron/station/payments/channel.ts';
import { PATIENCE, pauseBefore } from '../../../electron/station/payments/patience.ts';
import {
  type ChannelFacts,
  type Facts,
  isUnderWay,
  type SettlementInput,
  settlementStep,
} from '../../../electron/station/payments/settlement.ts';
import { type Attempt, type Bill, billSchema } from '../../../shared/domain/money-flow.ts';

const DUE = 500;
const agreements: readonly ChannelFacts[] = [
  { id: 'cmb', kind: 'agreement', method: 'platform' },
  { id: 'qingdao', kind: 'agreement', method: 'platform' },
];
const scan: ChannelFacts = { id: 'scan', kind: 'scan', method: 'wechat' };

const aBill = (): Bill =>
  billSchema.parse({
    id: 'b1',
    uid: 'u1',
    tariffId: 't',
    minutes: 60,
    chargeFen: DUE,
    discountFen: 0,
    paidFen: 0,
    dueFen: DUE,
    steps: [],
    createdAt: 0,
  });

const answer = (state: Outcome['state']): Outcome => ({ state, reference: `ref-${state}`, detail: state });

/** The channels' side: what really happened to the money. */
interface Order {
  moved: boolean;
  /** Nobody can pay it any more. */
  closed: boolean;
  returned: boolean;
}

/** A bill, the channels' truth, and books that are kept as the verdicts say. */
class World {
  bill = aBill();
  attempts: Attempt[] = [];
  readonly orders = new Map<string, Order>();
  settlements = 0;
  cashFen = 0;
  bookedFen = 0;
  owing = false;
  paidElsewhere = false;
  reportedFen = 0;
  #settledBy: string | null = null;
  #next = 0;

  facts(): Facts {
    const { bill, attempts, owing, paidElsewhere } = this;
    return { bill, attempts, settledBy: this.#settledBy, owing, paidElsewhere, dueInside: false };
  }

  newId(): string {
    this.#next += 1;
    return `a${this.#next}`;
  }

  tell(input: SettlementInput): void {
    const result = settlementStep(this.facts(), input, 0);
    if ('refused' in result) return;
    for (const attempt of result.changed) {
      const before = this.attempts.find((each) => each.id === attempt.id);
      const known = input.type === 'charge';
      if (!before && !(known && input.despiteUnknown))
        expect(
          this.attempts.filter((each) => isUnderWay(each) && !(known && (each.setAside || each.kind === 'qr'))),
          'asked while another try was open',
        ).toEqual([]);
      if (attempt.state === 'sent' && !this.orders.has(attempt.id))
        this.orders.set(attempt.id, { moved: false, closed: false, returned: false });
      this.attempts = before
        ? this.attempts.map((each) => (each.id === attempt.id ? attempt : each))
        : [...this.attempts, attempt];
    }
    for (const verdict of result.verdicts) {
      if (verdict.do === 'settle') {
        this.settlements += 1;
        this.bookedFen += verdict.attempt.amountFen;
        this.bill = { ...this.bill, state: 'paid' };
        this.#settledBy = verdict.attempt.id;
      } else if (verdict.do === 'settle-debt') {
        this.owing = false;
        this.bookedFen += verdict.attempt.amountFen;
      } else this.reportedFen += verdict.attempt.amountFen;
      this.tell({ type: 'settled', attemptId: verdict.attempt.id, outcome: verdict.outcome });
    }
  }

  /** Cash, or the end without payment: by a person at the lane. */
  end(how: 'cash' | 'released' | 'owing'): void {
    if (this.bill.state !== 'open') return;
    if (how === 'cash') {
      this.settlements += 1;
      this.cashFen += DUE;
      this.bookedFen += DUE;
    }
    this.owing = how === 'owing';
    this.bill = { ...this.bill, state: how === 'cash' ? 'paid' : 'void' };
    this.tell({ type: 'over' });
  }

  /** An honest answer of the channel about an attempt that it knows, or none. */
  look(attempt: Attempt, reverses: boolean, silent: boolean): void {
    const order = this.orders.get(attempt.id);
    if (attempt.state === 'created') this.tell({ type: 'leave', attemptId: attempt.id });
    else if (!order || silent) this.ask(attempt.id, 'unknown', false);
    else if (attempt.state === 'reversing') {
      if (reverses || !order.moved) {
        Object.assign(order, { closed: true, returned: order.moved });
        this.tell({ type: 'taken-back', attemptId: attempt.id, result: 'reversed' });
      } else {
        this.tell({ type: 'taken-back', attemptId: attempt.id, result: 'refused' });
        this.ask(attempt.id, 'paid', true);
      }
    } else this.ask(attempt.id, order.moved ? 'paid' : order.closed ? 'declined' : 'pending', false);
  }

  ask(attemptId: string, state: Outcome['state'], afterRefusal: boolean): void {
    this.tell({ type: 'answered', attemptId, outcome: answer(state), afterRefusal });
  }
}

type Move = (world: World) => void;
const nth = (world: World, index: number): Attempt | undefined =>
  world.attempts[index % Math.max(1, world.attempts.length)];
const acts = {
  ask: fc.constant<Move>((world) =>
    world.tell({ type: 'ask', candidates: agreements, newId: world.newId(), laneId: 'out' }),
  ),
  charge: fc
    .boolean()
    .map<Move>(
      (despiteUnknown) => (world) =>
        world.tell({ type: 'charge', channel: scan, newId: world.newId(), laneId: 'out', despiteUnknown }),
    ),
  look: fc.tuple(fc.nat(3), fc.boolean(), fc.boolean()).map<Move>(([index, reverses, silent]) => (world) => {
    const attempt = nth(world, index);
    if (attempt) world.look(attempt, reverses, silent);
  }),
  // The driver pays, or the channel closes an order: whenever it likes.
  setAside: fc.nat(3).map<Move>((index) => (world) => {
    const attempt = nth(world, index);
    if (attempt) world.tell({ type: 'set-aside', attemptId: attempt.id });
  }),
  pays: fc.tuple(fc.nat(3), fc.integer({ min: 0, max: 3 })).map<Move>(([index, how]) => (world) => {
    const order = world.orders.get(nth(world, index)?.id ?? '');
    if (order && !order.closed && !order.moved) Object.assign(order, how > 0 ? { moved: true } : { closed: true });
  }),
  // A notice of what was paid, also of old: repeated, late, out of order.
  notice: fc.nat(3).map<Move>((index) => (world) => {
    const attempt = nth(world, index);
    if (attempt && world.orders.get(attempt.id)?.moved) world.ask(attempt.id, 'paid', false);
  }),
  end: fc.constantFrom('cash', 'released', 'owing').map<Move>((how) => (world) => world.end(how)),
  crash: fc.constant<Move>((world) => world.tell({ type: 'recovered' })),
};
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: acts.ask },
  { weight: 4, arbitrary: acts.charge },
  { weight: 9, arbitrary: acts.look },
  { weight: 2, arbitrary: acts.setAside },
  { weight: 6, arbitrary: acts.pays },
  { weight: 5, arbitrary: acts.notice },
  { weight: 1, arbitrary: acts.end },
  { weight: 1, arbitrary: acts.crash },
);

describe('settlement, whatever happens', () => {
  it('takes a bill once, asks nobody while a try is open, and accounts for every fen', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), fc.boolean(), (moves, reverses) => {
        const world = new World();
        for (const step of moves) {
          step(world);
          expect(world.settlements).toBeLessThanOrEqual(1);
        }
        // From here on the channels answer: within a bounded number of looks everything is known.
        for (const order of world.orders.values()) if (!order.moved) order.closed = true;
        for (let look = 0; look < 4; look += 1)
          for (const attempt of world.attempts.filter(isUnderWay)) {
            world.look(attempt, reverses, false);
            for (const order of world.orders.values()) if (!order.moved) order.closed = true;
          }
        expect(world.attempts.filter(isUnderWay)).toEqual([]);
        const kept = [...world.orders.values()].filter((order) => order.moved && !order.returned).length * DUE;
        expect(kept + world.cashFen).toBe(world.bookedFen + world.reportedFen);
        if (world.bill.state === 'paid') expect(world.settlements).toBe(1);
      }),
      { numRuns: 5000 },
    );
  });

  it('a repeated notice changes nothing', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), fc.nat(3), (moves, index) => {
        const world = new World();
        for (const step of moves) step(world);
        const attempt = nth(world, index);
        if (!attempt || !world.orders.get(attempt.id)?.moved) return;
        world.ask(attempt.id, 'paid', false);
        const { attempts, settlements, reportedFen, bookedFen } = world;
        world.ask(attempt.id, 'paid', false);
        expect(world).toMatchObject({ attempts, settlements, reportedFen, bookedFen });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('settlement, case by case', () => {
  const asked = (): World => {
    const world = new World();
    world.tell({ type: 'ask', candidates: agreements, newId: 'a1', laneId: 'out' });
    world.tell({ type: 'leave', attemptId: 'a1' });
    return world;
  };
  const states = (world: World): string[] => world.attempts.map((each) => `${each.channel} ${each.state}`);

  it('asks the channels in the order of the manager, the next after the one before declined, each once', () => {
    const world = asked();
    world.ask('a1', 'declined', false);
    world.tell({ type: 'ask', candidates: agreements, newId: 'a2', laneId: 'out' });
    world.tell({ type: 'leave', attemptId: 'a2' });
    world.ask('a2', 'declined', false);
    world.tell({ type: 'ask', candidates: agreements, newId: 'a3', laneId: 'out' });
    expect(states(world)).toEqual(['cmb declined', 'qingdao declined']);
  });

  it('refuses a scanned code while an agreement is unknown, until a person decides; then the unknown one goes back', () => {
    const world = asked();
    world.ask('a1', 'unknown', false);
    const charge = { type: 'charge', channel: scan, newId: 'a2', laneId: 'out' } as const;
    expect(settlementStep(world.facts(), { ...charge, despiteUnknown: false }, 0)).toEqual({
      refused: 'payment-under-way',
    });
    world.tell({ ...charge, despiteUnknown: true });
    expect(states(world)).toEqual(['cmb reversing', 'scan created']);
  });

  it('after a crash: what was only written down is abandoned, what may have left is unknown', () => {
    const world = new World();
    world.tell({ type: 'ask', candidates: agreements, newId: 'a1', laneId: 'out' });
    world.tell({ type: 'recovered' });
    expect(states(world)).toEqual(['cmb abandoned']);
    const sent = asked();
    sent.tell({ type: 'recovered' });
    expect(states(sent)).toEqual(['cmb unknown']);
  });

  it('money for a car that left owing settles its debt', () => {
    const world = asked();
    world.ask('a1', 'unknown', false);
    world.end('owing');
    expect(states(world)).toEqual(['cmb unknown']);
    expect(
      settlementStep(
        world.facts(),
        { type: 'answered', attemptId: 'a1', outcome: answer('paid'), afterRefusal: false },
        0,
      ),
    ).toMatchObject({
      verdicts: [{ do: 'settle-debt' }],
    });
  });

  it('takes back what is still open once the bill is settled, in whatever way', () => {
    const byChannel = asked();
    byChannel.tell({ type: 'charge', channel: scan, newId: 'a2', laneId: 'out', despiteUnknown: true });
    byChannel.tell({ type: 'leave', attemptId: 'a2' });
    byChannel.tell({ type: 'taken-back', attemptId: 'a1', result: 'refused' });
    byChannel.ask('a1', 'paid', true);
    expect(states(byChannel)).toEqual(['cmb paid', 'scan reversing']);
    for (const how of ['cash', 'released'] as const) {
      const world = asked();
      world.end(how);
      expect(states(world)).toEqual(['cmb reversing']);
    }
  });

  it('a notice that repeats itself after the money went back changes nothing', () => {
    const world = asked();
    world.end('cash');
    world.tell({ type: 'taken-back', attemptId: 'a1', result: 'reversed' });
    world.ask('a1', 'paid', false);
    expect(states(world)).toEqual(['cmb reversed']);
    expect(world.reportedFen).toBe(0);
  });

  it('does not settle with money that is on its way back', () => {
    const world = asked();
    world.ask('a1', 'unknown', false);
    world.tell({ type: 'charge', channel: scan, newId: 'a2', laneId: 'out', despiteUnknown: true });
    world.ask('a1', 'paid', false);
    expect(world.settlements).toBe(0);
  });

  it('opens other ways to pay once an unknown one was set aside, asks nobody by itself, and takes it back for them', () => {
    const world = asked();
    world.ask('a1', 'unknown', false);
    world.tell({ type: 'set-aside', attemptId: 'a1' });
    expect(world.attempts).toMatchObject([{ state: 'unknown', setAside: true }]);
    world.tell({ type: 'set-aside', attemptId: 'a1' });
    expect(settlementStep(world.facts(), { type: 'set-aside', attemptId: 'a1' }, 0)).toMatchObject({ changed: [] });
    world.tell({ type: 'ask', candidates: agreements, newId: 'a2', laneId: 'out' });
    expect(states(world)).toEqual(['cmb unknown']);
    world.tell({ type: 'charge', channel: scan, newId: 'a2', laneId: 'out', despiteUnknown: false });
    expect(states(world)).toEqual(['cmb reversing', 'scan created']);
    expect(world.attempts[0]?.setAside).toBe(true);
    world.tell({ type: 'leave', attemptId: 'a2' });
    world.ask('a2', 'declined', false);
    // The first is still followed, and stops no further try.
    world.tell({ type: 'charge', channel: scan, newId: 'a3', laneId: 'out', despiteUnknown: false });
    expect(states(world)).toEqual(['cmb reversing', 'scan declined', 'scan created']);
  });

  it('a set-aside one that turns out paid settles the bill; what is being shown or was answered is never set aside', () => {
    const world = asked();
    expect(settlementStep(world.facts(), { type: 'set-aside', attemptId: 'a1' }, 0)).toMatchObject({ changed: [] });
    world.ask('a1', 'unknown', false);
    world.tell({ type: 'set-aside', attemptId: 'a1' });
    world.ask('a1', 'paid', false);
    expect(world.attempts).toMatchObject([{ state: 'paid', setAside: false }]);
    expect(world.settlements).toBe(1);
    expect(settlementStep(world.facts(), { type: 'set-aside', attemptId: 'a1' }, 0)).toMatchObject({ changed: [] });
  });

  it('a set-aside one stays so over a restart', () => {
    const world = asked();
    world.ask('a1', 'unknown', false);
    world.tell({ type: 'set-aside', attemptId: 'a1' });
    world.tell({ type: 'recovered' });
    expect(world.attempts).toMatchObject([{ state: 'unknown', setAside: true }]);
  });

  it('a code takes the place of a code that nobody has paid yet; a scanned one waits for it', () => {
    const world = new World();
    const code = (id: string): ChannelFacts => ({ id, kind: 'qr', method: 'platform' });
    const show = (id: string, newId: string) =>
      ({ type: 'charge', channel: code(id), newId, laneId: 'out', despiteUnknown: false }) as const;
    world.tell(show('one', 'a1'));
    world.tell({ type: 'leave', attemptId: 'a1' });
    expect(settlementStep(world.facts(), { ...show('one', 'a2'), channel: scan }, 0)).toEqual({
      refused: 'payment-under-way',
    });
    world.tell(show('two', 'a2'));
    expect(states(world)).toEqual(['one reversing', 'two created']);
  });

  it('looks after an unknown one 2, 5 and 10 seconds after it became so, then ever less often, up to hours', () => {
    const pauses = Array.from({ length: 30 }, (_, tries) => pauseBefore(tries, PATIENCE));
    expect(pauses.slice(0, 5)).toEqual([2_000, 3_000, 5_000, 30_000, 60_000]);
    expect(pauses.at(-1)).toBe(4 * 3_600_000);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  });
});
