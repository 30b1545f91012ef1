import { afterEach, describe, expect, it } from 'vitest';
import { TruthBank } from './exit-bank.ts';
import { ExitWorld } from './exit-world.ts';

/** A bank that is asked at the exit, and a city that is asked too or charges after the departure: in the order of the manager. */

const SECOND = 1000;
let world: ExitWorld;
afterEach(() => world.dispose());

type Kind = 'auto-pay' | 'departure-pay';

async function exit(bank: TruthBank, city: TruthBank, kinds: { readonly bank?: Kind; readonly city?: Kind }) {
  const channels = [bank, city, new TruthBank({ id: 'scan', kind: 'scan' })];
  const agreements = Object.entries(kinds).map(([platform, kind]) => ({ platform, kind }));
  world = await new ExitWorld(channels, agreements).parked();
  world.arrive();
  await world.clock.advance(SECOND);
}

const bank = (): TruthBank => new TruthBank({ id: 'bank' });
const city = (): TruthBank => new TruthBank({ id: 'city' });
const refusing = (): TruthBank => Object.assign(bank(), { fate: 'declines' as const });
const exits = () => world.events.flatMap((event) => (event.kind === 'vehicle-exited' ? [event.body.how] : []));

describe('both are asked at the exit', () => {
  it('the first pays: the second never hears of it', async () => {
    const second = city();
    await exit(bank(), second, { bank: 'auto-pay', city: 'auto-pay' });
    expect(world.states()).toEqual(['bank paid']);
    expect(second.orders.size).toBe(0);
  });

  it('the first declines: the second is asked', async () => {
    await exit(refusing(), city(), { bank: 'auto-pay', city: 'auto-pay' });
    expect(world.states()).toEqual(['bank declined', 'city paid']);
    expect(exits()).toEqual(['paid']);
  });

  it('nobody knows about the first: the second is not asked, neither meanwhile nor once it is set aside, until it has said no', async () => {
    const [first, second] = [Object.assign(bank(), { fate: 'unheard' as const }), city()];
    await exit(first, second, { bank: 'auto-pay', city: 'auto-pay' });
    await world.clock.advance(60 * SECOND);
    expect(world.states()).toEqual(['bank unknown aside']);
    expect(second.orders.size).toBe(0);
    first.shutDown();
    await world.clock.advance(120 * SECOND);
    expect(world.states()).toEqual(['bank declined', 'city paid']);
  });
});

describe('the second charges after the departure', () => {
  it('the first pays: nothing is left to charge', async () => {
    await exit(bank(), city(), { bank: 'auto-pay', city: 'departure-pay' });
    expect(exits()).toEqual(['paid']);
    expect(world.store.read.debts.ofStay(world.uid)).toEqual([]);
  });

  it('the first declines: the car goes on the account of the second, which is not asked at the exit', async () => {
    const second = city();
    await exit(refusing(), second, { bank: 'auto-pay', city: 'departure-pay' });
    expect(world.states()).toEqual(['bank declined']);
    expect(exits()).toEqual(['departure-pay']);
    expect(second.orders.size).toBe(0);
    expect(world.store.read.debts.ofStay(world.uid)).toMatchObject([{ source: 'city', amountFen: 1000 }]);
  });

  it('the first cannot be asked: the car goes at once', async () => {
    const first = Object.assign(bank(), { covers: () => false });
    await exit(first, city(), { bank: 'auto-pay', city: 'departure-pay' });
    expect(world.attempts()).toEqual([]);
    expect(exits()).toEqual(['departure-pay']);
  });

  it('nobody knows about the first: the car stays, also once it is set aside; then it goes as soon as the first says no', async () => {
    const first = Object.assign(bank(), { fate: 'unheard' as const });
    await exit(first, city(), { bank: 'auto-pay', city: 'departure-pay' });
    await world.clock.advance(60 * SECOND);
    expect(world.states()).toEqual(['bank unknown aside']);
    expect(world.bill()).not.toBeNull();
    world.refresh();
    expect(world.bill()).not.toBeNull();
    first.shutDown();
    await world.clock.advance(600 * SECOND);
    expect(exits()).toEqual(['departure-pay']);
  });

  it('a person’s try is under way when the first says no: the car waits for it, and goes when it comes to nothing', async () => {
    const [first, scan] = [Object.assign(bank(), { fate: 'unheard' as const }), 'scan'];
    await exit(first, city(), { bank: 'auto-pay', city: 'departure-pay' });
    await world.clock.advance(25 * SECOND);
    const scanner = world.banks[2];
    if (scanner) scanner.fate = 'unheard';
    world.charge(scan);
    first.shutDown();
    await world.clock.advance(5 * SECOND);
    expect(world.bill()).not.toBeNull();
    scanner?.shutDown();
    await world.clock.advance(600 * SECOND);
    expect(world.underWay()).toEqual([]);
    expect(exits()).toEqual(['departure-pay']);
  });

  it('is first in the order: the car goes before anybody is asked', async () => {
    const [first, second] = [bank(), city()];
    await exit(second, first, { bank: 'auto-pay', city: 'departure-pay' });
    expect(exits()).toEqual(['departure-pay']);
    expect(first.orders.size).toBe(0);
  });
});
