import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyDiscounts } from '../../../electron/station/payments/discounts.ts';
import { prepaidFor, spendPrepaid } from '../../../electron/station/payments/prepaid.ts';
import { type Booking, bookingSchema } from '../../../shared/domain/registry.ts';
import { TEMPORARY } from '../../../shared/domain/terms.ts';
import { aStay } from '../../support/events.ts';

const paid = (prepaidFen: number): Booking =>
  bookingSchema.parse({
    ...{ id: 'book-1', plate: '鲁B12345', from: 0, to: 1000, passes: 'many', used: 1, prepaidFen, state: 'active' },
    ...{ owner: '', phone: '', remark: '', source: 'x', updatedAt: 0 },
  });
const stay = aStay('u1', { terms: { ...TEMPORARY, kind: 'booking', id: 'book-1' } });

test('only the stay on the booking has it, and another discount of the bill uses none of it', () => {
  const bookingOf = (id: string) => (id === 'book-1' ? paid(500) : undefined);
  expect(prepaidFor(stay, bookingOf)).toMatchObject([{ origin: '预约预付', kind: 'amount', value: 500 }]);
  expect(prepaidFor(aStay('u2'), bookingOf)).toEqual([]);
  expect(prepaidFor(aStay('u3', { terms: { ...TEMPORARY, kind: 'card', id: 'book-1' } }), bookingOf)).toEqual([]);
  expect(prepaidFor(stay, () => paid(0))).toEqual([]);
  const [own] = prepaidFor(stay, bookingOf);
  if (!own) throw new Error('no discount');
  const other = { discount: { ...own, id: 'coupon-1' }, amountFen: 300, text: '' };
  expect(spendPrepaid(stay, { discounts: [other] }, bookingOf, 7)).toEqual([]);
  expect(spendPrepaid(null, { discounts: [{ ...other, discount: own }] }, bookingOf, 7)).toEqual([]);
});

test('however many bills there are, together they are lowered by what was paid in advance and never by more', () => {
  fc.assert(
    fc.property(fc.nat({ max: 5000 }), fc.array(fc.nat({ max: 3000 }), { maxLength: 8 }), (prepaidFen, fees) => {
      let booking = paid(prepaidFen);
      let lowered = 0;
      for (const fee of fees) {
        const offered = prepaidFor(stay, () => booking);
        const discounts = applyDiscounts(fee, offered, { order: ['amount'], stacking: 'all' }, () => fee);
        lowered += discounts.reduce((sum, each) => sum + each.amountFen, 0);
        booking = spendPrepaid(stay, { discounts }, () => booking, 7)[0] ?? booking;
        expect(booking.creditedFen ?? 0).toBe(lowered);
      }
      expect(lowered).toBe(
        Math.min(
          prepaidFen,
          fees.reduce((sum, fee) => sum + fee, 0),
        ),
      );
    }),
  );
});
