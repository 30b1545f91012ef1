import type { Booking } from '../../../../shared/domain/registry.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';

/** Space packages (车位预租) of the city: an order is one booking here for each of its periods. */

export interface Period {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

const WORDS = ['错峰', '包日', '包周', '包月', '包年', '季度', '半年'] as const;

export const packageRemark = (ppsType: number, orderId: string): string =>
  `${WORDS[ppsType] ?? '车位预租'}车位，订单 ${orderId}`;

/** The id of the n-th booking of an order, from 0 on. */
export const bookingIdOf = (orderId: string, n: number): string =>
  n === 0 ? `shenzhen-${orderId}` : `shenzhen-${orderId}.${n + 1}`;

/** All bookings that an order ever had, cancelled ones too. */
export function bookingsOf(orderId: string, read: { get(id: string): Booking | undefined }): Booking[] {
  const found: Booking[] = [];
  for (let n = 0; ; n += 1) {
    const booking = read.get(bookingIdOf(orderId, n));
    if (!booking) return found;
    found.push(booking);
  }
}

const overlap = (a: Period, b: Period): boolean => a.from <= b.to && b.from <= a.to;

/** Times on the wire are whole seconds, and an end is the last second that counts. */
const SECOND_MS = 1000;

/** What is left of a period without another. */
function without(period: Period, cut: Period): Period[] {
  if (!overlap(period, cut)) return [period];
  const before = { from: period.from, to: cut.from - SECOND_MS };
  const after = { from: cut.to + SECOND_MS, to: period.to };
  return [before, after].filter(({ from, to }) => from < to);
}

/**
 * The periods of an order after an operation. The draft does not say which period an item speaks of, so: a cancelled time is no longer
 * covered, and the rest of its period stays; a change takes the place of the periods that it overlaps, or of the only one that there is,
 * and stands beside them otherwise. Cancelled times go first: what is cancelled and changed at once is moved.
 */
export function periodsAfter(
  present: readonly Period[],
  items: { readonly cancelled: readonly Period[]; readonly changed: readonly Period[] },
): Period[] {
  const left = items.cancelled.reduce<readonly Period[]>(
    (periods, cut) => periods.flatMap((period) => without(period, cut)),
    present,
  );
  const [only] = left;
  if (left.length === 1 && items.changed.length === 1 && only) return [...items.changed];
  return [...left.filter((period) => !items.changed.some((changed) => overlap(period, changed))), ...items.changed];
}
