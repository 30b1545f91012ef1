import type { EventBody } from '../../../../shared/domain/events.ts';
import { BOOKING_PREPAID, exitPayCode } from './codes.ts';
import type { KeytopContext } from './context.ts';
import { isPrepaid, takenOff } from './discounts.ts';

/**
 * The money of an exit record (2.3): paid before the exit, collected at it, and taken off over the whole stay. Debts of earlier stays that
 * were collected with it are rows of those stays. Pure.
 */
export function exitMoney(exit: EventBody<'vehicle-exited'>, { settings }: Pick<KeytopContext, 'settings'>) {
  const { stay } = exit;
  const own = (exit.payments ?? []).filter(({ debtId }) => debtId === null);
  const atExit = own.filter(({ scene }) => scene === 'gate');
  const payMoney = atExit.reduce((sum, { paidFen }) => sum + paidFen, 0);
  const { ticketMoney, ticketTime, freeMoney } = takenOff(stay.usedDiscounts);
  return {
    // Whatever else was paid, also where an old record does not say how.
    preMoney: Math.max(0, stay.paidFen - payMoney),
    payMoney,
    payType: payTypeOf(exit, atExit.findLast(({ paidFen }) => paidFen > 0) ?? null, settings),
    ticketMoney,
    ticketTime,
    freeMoney: freeMoney + stay.waivedFen,
  };
}

/** Of several payments at the exit the last is told: there is one code for all. */
function payTypeOf(
  { stay }: EventBody<'vehicle-exited'>,
  last: Parameters<typeof exitPayCode>[0],
  settings: KeytopContext['settings'],
): number {
  const booked = last === null && stay.usedDiscounts.some(({ discount }) => isPrepaid(discount));
  return booked ? BOOKING_PREPAID : exitPayCode(last, settings);
}
