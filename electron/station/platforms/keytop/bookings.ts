import type { Booking } from '../../../../shared/domain/registry.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { KEYTOP, type KeytopContext, type KeytopReply, rows } from './context.ts';
import { toDashed } from './fields.ts';

/** The codes of 下行 5.x. */
export const passesOf = (bookType: 0 | 1): Booking['passes'] => (bookType === 1 ? 'once' : 'many');

/** 是否立即生效: 0 yes, 1 no. */
export const isAtOnce = (promptly: 0 | 1 | undefined, { settings }: Pick<KeytopContext, 'settings'>): boolean =>
  (promptly ?? settings.promptlyMissing) === 0;

const bothNames = (bookId: number, { settings }: Pick<KeytopContext, 'settings'>) => ({
  bookId,
  ...(settings.bothSpellings && { bookid: bookId }),
});

export const bookingIdOf = (id: string, { commands }: Pick<KeytopContext, 'commands'>): number =>
  commands.numberOf(KEYTOP.name, 'booking', id);

/** The answer to 5.1 and 5.2. */
export const booked = (bookId: number, context: Pick<KeytopContext, 'settings'>): KeytopReply =>
  rows([bothNames(bookId, context)]);

/** The most that 5.3 tells. */
const MOST = 5;

/** Bookings of a plate that are in force now, or on which a car stands inside, the one that began first in front. */
export function bookingRows(plate: string, now: EpochMs, context: KeytopContext): KeytopReply {
  const { station, settings } = context;
  const { read } = station();
  const stay = read.stays.inside(plate);
  const inUse = stay?.terms.kind === 'booking' ? stay.terms.id : null;
  const current = read.bookings.ofPlate(plate, now).filter((each) => isInForce(each, now));
  // One whose period is over counts for as long as its car stands inside.
  const used = inUse === null || current.some(({ id }) => id === inUse) ? undefined : read.bookings.get(inUse);
  const found = [...current, ...(used ? [used] : [])].map(
    (booking) => [bookingIdOf(booking.id, context), booking] as const,
  );
  const first = found.sort(([a, one], [b, other]) => one.from - other.from || a - b).slice(0, MOST);
  return rows(
    first.map(([bookId, booking]) => ({
      ...bothNames(bookId, context),
      plateNo: booking.plate,
      preMoney: booking.prepaidFen,
      ...twice('validFrom', 'ValidFrom', toDashed(booking.from), settings.bothSpellings),
      ...twice('validTo', 'ValidTo', toDashed(booking.to), settings.bothSpellings),
      bookType: booking.passes === 'once' ? 1 : 0,
      isCarIn: booking.used > 0 || booking.id === inUse ? 1 : 0,
    })),
  );
}

/** One that allows a single entry is used up by it. */
const isInForce = ({ state, from, to, passes, used }: Booking, now: EpochMs): boolean =>
  state === 'active' && from <= now && now <= to && (passes === 'many' || used === 0);

const twice = (name: string, other: string, value: string, both: boolean) => ({
  [name]: value,
  ...(both && { [other]: value }),
});
