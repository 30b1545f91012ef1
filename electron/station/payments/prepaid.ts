import type { Fen } from '../../../shared/domain/money.ts';
import type { Bill } from '../../../shared/domain/money-flow.ts';
import type { Booking, Discount } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';

/** What was paid for a booking in advance (预约预付), credited to the bills of its stays, every fen once. Pure. */

type BookingOf = (id: string) => Booking | undefined;

const discountId = (booking: Booking): string => `prepaid-${booking.id}`.slice(0, 64);

const bookingOfStay = ({ terms }: Pick<Stay, 'terms'>, bookingOf: BookingOf): Booking | undefined =>
  terms.kind === 'booking' && terms.id !== null ? bookingOf(terms.id) : undefined;

/** What is left of the money paid in advance, as a discount of the stay that stands on the booking. */
export function prepaidFor(stay: Pick<Stay, 'terms'>, bookingOf: BookingOf): Discount[] {
  const booking = bookingOfStay(stay, bookingOf);
  const left: Fen = booking ? booking.prepaidFen - (booking.creditedFen ?? 0) : 0;
  if (!booking || left <= 0) return [];
  return [
    {
      id: discountId(booking),
      kind: 'amount',
      value: left,
      maxFen: null,
      minimumFen: 0,
      origin: '预约预付',
      originKind: 'rule',
      couponId: null,
      grantedAt: booking.from,
    },
  ];
}

/** The booking as it is once the discounts of a bill are used; to be recorded with the payment. */
export function spendPrepaid(
  stay: Pick<Stay, 'terms'> | null | undefined,
  { discounts }: Pick<Bill, 'discounts'>,
  bookingOf: BookingOf,
  now: EpochMs,
): Booking[] {
  const booking = stay ? bookingOfStay(stay, bookingOf) : undefined;
  if (!booking) return [];
  const used = discounts
    .filter(({ discount }) => discount.id === discountId(booking))
    .reduce((sum, { amountFen }) => sum + amountFen, 0);
  return used === 0 ? [] : [{ ...booking, creditedFen: (booking.creditedFen ?? 0) + used, updatedAt: now }];
}
