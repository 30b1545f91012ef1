import { z } from 'zod';
import type { Attempt } from '../../../../shared/domain/money-flow.ts';
import { BANK } from './actor.ts';
import type { CmbContext } from './context.ts';
import { mark } from './keeping.ts';

/** By which numbers an AutoPay is known: ours, the bank's, and the bank's where it was told after the money had been booked. */

const ofAttempt = mark('order-of', z.string());
const ofNumber = mark('attempt-of', z.string());

type Needed = Pick<CmbContext, 'clock' | 'commands' | 'station'>;

/** The bank's number of an AutoPay that was settled before its answer came. */
export function noteNumber(attemptId: string, order: string, context: Needed): void {
  ofNumber.remember(order, attemptId, context);
  ofAttempt.remember(attemptId, order, context);
}

export const numberOf = (attemptId: string, context: Pick<CmbContext, 'clock' | 'commands'>): string | undefined =>
  ofAttempt.recall(attemptId, context);

/** The AutoPay that has this number. */
export function autoPayOf(order: string, context: Needed): Attempt | undefined {
  const { attempts } = context.station().read;
  const known = attempts.get(order) ?? attempts.byReference(BANK.name, order);
  if (known && isAutoPay(known)) return known;
  const id = ofNumber.recall(order, context);
  return id === undefined ? undefined : attempts.get(id);
}

/** Whether the bank's number stands in the books already as another payment of that stay: then it was told before the answer was. */
export function isBookedAs(order: string, { id, uid, amountFen }: Attempt, { station }: Needed): boolean {
  const { attempts } = station().read;
  return [BANK.name, CODE].some((channel) => {
    const booked = attempts.byReference(channel, order);
    return booked?.state === 'paid' && booked.id !== id && booked.uid === uid && booked.amountFen === amountFen;
  });
}

/** The channel of the code that is shown. */
export const CODE = 'cmb-qr';

/** A scan that no channel of its own stands for is kept beside them. */
export const isAutoPay = ({ channel, kind }: Attempt): boolean => channel === BANK.name && kind === 'agreement';
