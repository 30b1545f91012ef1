import { afterEach, describe, expect, it } from 'vitest';
import type { Fate } from './exit-bank.ts';
import { TruthBank } from './exit-bank.ts';
import { ExitWorld } from './exit-world.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
let world: ExitWorld;
afterEach(() => world.dispose());

/** When the bank is asked about its order, ms after its answer was given up. */
async function asked(bank: TruthBank, fate: Fate, answerMs: number): Promise<number[]> {
  bank.fate = fate;
  world = await new ExitWorld([bank], [{ platform: 'auto', kind: 'auto-pay' }]).parked();
  const from = world.clock.now() + answerMs;
  const at: number[] = [];
  const query = bank.query.bind(bank);
  bank.query = (attempt) => {
    at.push(world.clock.now() - from);
    return query(attempt);
  };
  world.arrive();
  return at;
}

describe('what nobody heard of', () => {
  it('is asked about 2, 5 and 10 seconds after it became unknown, is set aside then, and is asked about less and less often', async () => {
    const bank = new TruthBank({ id: 'auto' });
    const at = await asked(bank, 'unheard', 10 * SECOND);
    await world.clock.advance(10 * SECOND + 9_999);
    expect(world.states()).toEqual(['auto unknown']);
    await world.clock.advance(1);
    expect(world.states()).toEqual(['auto unknown aside']);
    await world.clock.advance(4 * MINUTE);
    expect(at).toEqual([2, 5, 10, 40, 100, 220].map((second) => second * SECOND));
    const told = world.events.filter((event) => event.kind === 'attempt-changed' && event.body.attempt.setAside);
    expect(told).toHaveLength(1);
  });

  it('is waited for and asked about as its channel wants it', async () => {
    const bank = new TruthBank({ id: 'auto', answerMs: 15 * SECOND, askAtMs: [1000, 4000] });
    const at = await asked(bank, 'unheard', 15 * SECOND);
    await world.clock.advance(15 * SECOND - 1);
    expect(world.states()).toEqual(['auto sent']);
    await world.clock.advance(4 * SECOND + 1);
    expect(at).toEqual([1000, 4000]);
    expect(world.states()).toEqual(['auto unknown aside']);
  });

  it('is set aside also where the questions are not answered: an instant that passed meanwhile is not made up for', async () => {
    const bank = new TruthBank({ id: 'auto' });
    bank.silent = true;
    const at = await asked(bank, 'unheard', 10 * SECOND);
    await world.clock.advance(10 * SECOND + 12 * SECOND);
    expect(at).toEqual([2000]);
    expect(world.states()).toEqual(['auto unknown aside']);
  });

  it('is asked about from the beginning after a start; what was set aside stays so, and is said once', async () => {
    const bank = new TruthBank({ id: 'auto' });
    const at = await asked(bank, 'unheard', 10 * SECOND);
    await world.clock.advance(13 * SECOND);
    world.restart();
    expect(world.states()).toEqual(['auto unknown']);
    at.length = 0;
    await world.clock.advance(10 * SECOND);
    // The start was 3 seconds after it had become unknown.
    expect(at).toEqual([2, 5, 10].map((second) => (3 + second) * SECOND));
    expect(world.states()).toEqual(['auto unknown aside']);
    const events = world.events.length;
    world.restart();
    await world.clock.advance(20 * SECOND);
    expect(world.states()).toEqual(['auto unknown aside']);
    expect(world.events.slice(events).filter((event) => event.kind === 'attempt-changed')).toEqual([]);
  });

  it('holds up nobody once it is set aside: the driver pays by code, and what comes late is a case with a refund', async () => {
    const auto = new TruthBank({ id: 'auto', askAtMs: [1000] });
    const code = new TruthBank({ id: 'code', kind: 'qr' });
    auto.fate = 'unheard';
    world = await new ExitWorld([auto, code], [{ platform: 'auto', kind: 'auto-pay' }]).parked();
    world.arrive();
    await world.clock.advance(5 * SECOND);
    const bill = world.bill();
    const show = () => world.payments.desk.charge(bill?.id ?? '', { channel: 'code' }, { kind: 'user', name: 'anna' });
    await expect(show()).rejects.toMatchObject({ reason: 'payment-under-way' });
    await world.clock.advance(10 * SECOND);
    const shown = show();
    await world.clock.advance(SECOND);
    const { attempt } = await shown;
    code.pay(attempt.id);
    world.push(code, attempt.id);
    expect(world.stay()).toMatchObject({ status: 'left', paidFen: 1000 });
    for (const id of auto.orders.keys()) auto.pay(id);
    await world.clock.advance(10 * MINUTE);
    expect(world.states()).toEqual(['auto paid', 'code paid']);
    const cases = world.store.read.cases.search({ offset: 0, limit: 9 }).items;
    expect(cases).toMatchObject([{ kind: 'paid-twice', amountFen: 1000 }]);
    expect(world.store.read.refunds.ofStay(world.uid)).toMatchObject([{ state: 'requested', amountFen: 1000 }]);
  });
});

describe('a code that is shown', () => {
  it('is asked about soon and then every 10 seconds, and never set aside', async () => {
    const code = new TruthBank({ id: 'auto', kind: 'qr' });
    const at = await asked(code, 'pays', 0);
    world.charge('auto');
    await world.clock.advance(41 * SECOND);
    expect(at).toEqual([2, 5, 10, 20, 30, 40].map((second) => second * SECOND));
    expect(world.states()).toEqual(['auto sent']);
  });
});

describe('money that a platform guarantees', () => {
  it('lets the car go, counts, and is confirmed once by the notice of it, under whatever number', async () => {
    const bank = new TruthBank({ id: 'auto', guaranteed: true });
    world = await new ExitWorld([bank], [{ platform: 'auto', kind: 'auto-pay' }]).parked();
    world.arrive();
    await world.clock.advance(SECOND);
    const [attempt] = world.attempts();
    expect(attempt).toMatchObject({ state: 'paid', guarantee: 'pending' });
    expect(world.stay()).toMatchObject({ status: 'left', paidFen: 1000 });
    const notice = {
      ...{ attemptId: attempt?.id, uid: world.uid, reference: 'another number', amountFen: 1000 },
      ...{ method: 'platform' as const, via: 'auto', paidAt: world.clock.now(), givesBack: false },
    };
    const before = world.events.length;
    expect(world.payments.notices.notify(notice)).toMatchObject({ state: 'paid', guarantee: 'confirmed' });
    expect(world.payments.notices.notify(notice)).toMatchObject({ guarantee: 'confirmed' });
    expect(world.events.slice(before)).toMatchObject([
      {
        kind: 'attempt-changed',
        actor: { kind: 'platform', name: 'auto' },
        body: { attempt: { guarantee: 'confirmed' } },
      },
    ]);
    expect(world.stay().paidFen).toBe(1000);
    expect(world.store.read.cases.search({ offset: 0, limit: 9 }).items).toEqual([]);
  });
});

describe('what a platform keeps whatever we answer', () => {
  const notice = (over: object) => ({
    ...{ uid: world.uid, reference: 'r1', amountFen: 1000, method: 'platform' as const, via: 'auto' },
    ...{ paidAt: world.clock.now(), givesBack: false, ...over },
  });
  const items = () => world.store.read.cases.search({ offset: 0, limit: 9 }).items;

  it('is a case with a refund where it is too little for the bill, once', async () => {
    const bank = new TruthBank({ id: 'auto' });
    bank.fate = 'declines';
    world = await new ExitWorld([bank], [{ platform: 'auto', kind: 'auto-pay' }]).parked();
    world.arrive();
    await world.clock.advance(SECOND);
    const tell = () => world.payments.notices.notify(notice({ attemptId: null, amountFen: 400 }));
    expect(tell).toThrow('小于应付金额');
    expect(items()).toMatchObject([{ kind: 'unknown-payment', amountFen: 400 }]);
    expect(world.store.read.refunds.ofStay(world.uid)).toMatchObject([{ amountFen: 400, state: 'requested' }]);
    expect(world.bill()).toMatchObject({ dueFen: 1000, state: 'open' });
    const before = world.events.length;
    expect(tell).toThrow('小于应付金额');
    expect(world.events).toHaveLength(before);
  });

  it('is money of its own where its code was closed before, or where it is of none of our tries', async () => {
    const code = new TruthBank({ id: 'auto', kind: 'qr' });
    world = await new ExitWorld([code], []).parked();
    world.arrive();
    world.charge('auto');
    await world.clock.advance(SECOND);
    world.cash();
    await world.clock.advance(SECOND);
    const [shown] = world.attempts();
    expect(shown?.state).toBe('reversed');
    world.payments.notices.notify(notice({ attemptId: shown?.id }));
    world.payments.notices.notify(notice({ attemptId: null, reference: 'r2' }));
    expect(items()).toMatchObject([{ kind: 'paid-twice' }, { kind: 'paid-twice' }]);
    expect(world.states()).toEqual(['auto reversed', 'auto paid', 'auto paid']);
  });

  it('is the answer to the try before the bill was made anew, also where only the car is named', async () => {
    const bank = new TruthBank({ id: 'auto' });
    bank.fate = 'unheard';
    world = await new ExitWorld([bank], [{ platform: 'auto', kind: 'auto-pay' }]).parked();
    world.arrive();
    await world.clock.advance(2 * 60 * MINUTE);
    world.refresh();
    const [first] = world.attempts();
    bank.pay(first?.id ?? '');
    expect(world.bill()?.dueFen).toBe(2000);
    world.push(bank, first?.id ?? '', false);
    bank.shutDown();
    await world.clock.advance(5 * MINUTE);
    expect(items()).toEqual([]);
    expect(world.accountedFen(first?.id ?? '')).toBe(1000);
    expect(world.stay().paidFen).toBe(1000);
  });

  it('is a case where the sum told is another one than was asked for', async () => {
    const bank = new TruthBank({ id: 'auto' });
    bank.fate = 'unheard';
    world = await new ExitWorld([bank], [{ platform: 'auto', kind: 'auto-pay' }]).parked();
    world.arrive();
    await world.clock.advance(30 * SECOND);
    const attemptId = world.attempts()[0]?.id;
    expect(() => world.payments.notices.notify(notice({ attemptId, amountFen: 900 }))).toThrow('不一致');
    expect(items()).toMatchObject([{ kind: 'unknown-payment', amountFen: 900 }]);
  });
});
