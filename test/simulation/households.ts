import type { Actor } from '../../shared/domain/events.ts';
import type { ListStrategy } from '../../shared/domain/list.ts';
import type { CardType } from '../../shared/domain/terms.ts';
import type { Car } from './cars.ts';
import type { Chance } from './chance.ts';
import type { Park } from './park.ts';

const MANAGER: Actor = { kind: 'user', name: 'manager' };
const HOUR = 3_600_000;

const TYPES: readonly CardType[] = [
  'monthly',
  'vip',
  'owner',
  'staff',
  'stored-value',
  'hours',
  'counted',
  'shared-space',
];
const STRATEGIES: readonly ListStrategy[] = ['no-entry', 'no-exit', 'neither', 'warn', 'free'];

/** What the manager has written down before the day begins: cards, lists, bookings, visitors, debts, agreements, coupons. */
export function register({ registry }: Park, cars: readonly Car[], chance: Chance, now: number): void {
  const plates = cars.filter((car) => car.scan === null).map((car) => car.plate.text);
  const soon = (): number => now + chance.int(1, 30) * HOUR;
  const before = (): number => now - chance.int(0, 30) * HOUR;
  let at = 0;
  const take = (count: number): string[] => {
    at += count;
    return plates.slice(at - count, at);
  };
  const share = (part: number): number => Math.ceil(plates.length * part);

  for (let left = share(0.06); left > 0; left -= 1) {
    const family = take(chance.int(1, 3));
    if (family.length === 0) break;
    const type = chance.pick(TYPES);
    registry.cards.create(
      {
        type,
        plates: family,
        spaces: chance.int(1, 2),
        quotaId: chance.is(0.15) ? 'tenant' : null,
        areas: chance.is(0.1) ? ['a1'] : [],
        validFrom: now - 40 * 24 * HOUR,
        validTo: chance.is(0.25) ? soon() - 2 * HOUR : now + 40 * 24 * HOUR,
        ...(type === 'stored-value' ? { balanceFen: chance.int(0, 4_000) } : {}),
        ...(type === 'hours' ? { minutesLeft: chance.int(0, 600) } : {}),
        ...(type === 'counted' ? { timesLeft: chance.int(0, 3) } : {}),
      },
      MANAGER,
    );
  }
  for (const plate of take(share(0.02)))
    registry.lists.put({ list: 'white', plate, validTo: chance.is(0.5) ? soon() : undefined }, MANAGER);
  for (const plate of take(share(0.03)))
    registry.lists.put({ list: 'black', plate, strategy: chance.pick(STRATEGIES) }, MANAGER);
  for (const plate of take(share(0.03))) {
    const from = before();
    const passes = chance.is(0.6) ? 'once' : 'many';
    registry.bookings.put({ plate, from, to: from + chance.int(10, 60) * HOUR, passes }, {}, MANAGER);
  }
  for (const plate of take(share(0.03)))
    registry.visitors.put(
      {
        plate,
        from: before(),
        to: soon(),
        visitsLeft: chance.pick([null, 1, 2]),
        freeMinutes: chance.pick([null, 60]),
      },
      undefined,
      MANAGER,
    );
  for (const plate of take(share(0.02)))
    registry.debts.put(
      { plate, amountFen: chance.int(1, 30) * 100, intercept: chance.pick(['none', 'entry', 'exit', 'both']) },
      undefined,
      MANAGER,
    );
  const merchant = registry.merchants.put({ name: '影院', couponsLeft: null, amountLeftFen: 20_000 }, null, MANAGER);
  for (const plate of plates.filter(() => chance.is(0.04))) {
    const kind = chance.pick(['amount', 'minutes', 'rate', 'free'] as const);
    const value = { amount: 300, minutes: 60, rate: 50, free: 0 }[kind];
    registry.merchants.give({ merchantId: merchant.id, plate, kind, value, validTo: now + 30 * HOUR }, MANAGER);
  }
  for (const car of cars)
    if (car.pays === 'agreement' && car.scan === null)
      registry.agreements.put(
        {
          platform: 'autopay',
          plate: car.plate.text,
          kind: chance.is(0.8) ? 'auto-pay' : 'departure-pay',
          limitFen: chance.is(0.2) ? 1_000 : null,
        },
        MANAGER,
      );
}
