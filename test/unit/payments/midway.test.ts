import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeBill, settleBill } from '../../../electron/station/payments/bills.ts';
import { Pricing } from '../../../electron/station/payments/pricing.ts';
import { priceStay } from '../../../electron/station/tariff/price-stay.ts';
import { siteSchema } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { Tariff } from '../../../shared/domain/tariff.ts';
import { aStay } from '../../support/events.ts';
import { anyTariff, CALENDAR, entry } from '../tariff/arbitrary.ts';

const GRACE = 15;
const site = siteSchema.parse({
  ...{ code: '1001', name: '测试停车场', totalSpaces: 100, openSpaces: 100 },
  rules: { graceMinutes: GRACE },
});

/** Minutes between one payment and the next, all longer than the time to leave. */
const gaps = fc.array(fc.integer({ min: GRACE + 1, max: 3 * 1440 }), { minLength: 2, maxLength: 5 });

/** What a car has paid in all that settles what is due at each of these moments, fen. */
function paidInAll(tariff: Tariff, enteredAt: number, moments: readonly number[]): number {
  const pricing = new Pricing([tariff], site, CALENDAR);
  let stay: Stay = aStay('u1', { enteredAt });
  for (const now of moments) {
    const account = pricing.account(stay, { at: now, tariffId: undefined, card: null, coupons: [], fixedFen: null });
    if (!account) throw new Error('not priced');
    if (account.dueFen === 0) continue;
    const bill = makeBill({ id: `b${now}`, stay, account, scene: 'prepaid', debts: [], now, validUntil: null });
    const payment = { attemptId: null, method: 'cash', via: null, reference: null } as const;
    stay = settleBill(
      bill,
      stay,
      { ...payment, receivedFen: bill.dueFen, changeFen: 0, paidAt: now, shiftId: null },
      null,
    ).stay;
  }
  return stay.paidFen;
}

it('paying midway costs what the whole stay costs: never less, and more only where the tariff itself gets cheaper with time', () => {
  const tariffs = anyTariff().map((tariff): Tariff => ({ ...tariff, afterGrace: 'recalculate' }));
  fc.assert(
    fc.property(tariffs, entry, gaps, (tariff, enteredAt, steps) => {
      const moments = steps.map(
        (_, index) => enteredAt + steps.slice(0, index + 1).reduce((sum, step) => sum + step, 0) * 60_000,
      );
      const book = { tariffs: [tariff], calendar: CALENDAR, defaultVehicleClass: 'small' as const };
      const fees = moments.map(
        (exitedAt) =>
          priceStay(book, { enteredAt, exitedAt, vehicleClass: 'small', plate: aStay('u1').plate })?.feeFen ??
          Number.NaN,
      );
      const [first, second] = [fees[0] ?? 0, fees[1] ?? 0];
      expect(paidInAll(tariff, enteredAt, moments.slice(0, 2))).toBe(second >= first ? second : first);
      expect(paidInAll(tariff, enteredAt, moments)).toBe(Math.max(...fees));
    }),
    { numRuns: 300 },
  );
});

it('paying again within the time to leave changes nothing', () => {
  const tariffs = anyTariff().map((tariff): Tariff => ({ ...tariff, afterGrace: 'recalculate' }));
  const within = fc.integer({ min: 0, max: GRACE });
  fc.assert(
    fc.property(tariffs, entry, fc.integer({ min: 1, max: 1440 }), within, (tariff, enteredAt, minutes, more) => {
      const paidAt = enteredAt + minutes * 60_000;
      const once = paidInAll(tariff, enteredAt, [paidAt]);
      fc.pre(once > 0);
      expect(paidInAll(tariff, enteredAt, [paidAt, paidAt + more * 60_000])).toBe(once);
    }),
    { numRuns: 200 },
  );
});
