import type { Attempt } from '../../../../shared/domain/money-flow.ts';
import { BANK } from './actor.ts';
import type { CmbContext } from './context.ts';
import type { PaidOrder } from './pay-list.ts';

/**
 * `pay` is pushed for 无感 as well, and nothing says which AutoPay it is the echo of. It is known by its number, ours or the bank's, else
 * by record and amount; then each AutoPay has one echo, and what comes besides is money of its own. A payment that names a bill was
 * made for the answer of a `calc`, which always names one: that is no AutoPay's, for AutoPay knows of no bills.
 */

type Needed = Pick<CmbContext, 'commands' | 'station'>;

/** The AutoPay that this payment tells of, if it is one's. */
export function echoOf(
  { order, amountFen }: PaidOrder,
  about: { readonly uid: string | undefined; readonly namesBill: boolean },
  context: Needed,
): Attempt | undefined {
  const { attempts } = context.station().read;
  const named = attempts.get(order) ?? attempts.byReference(BANK.name, order);
  if (named?.channel === BANK.name && named.kind === 'agreement') return named;
  if (about.uid === undefined || about.namesBill) return undefined;
  return attempts
    .ofStay(about.uid)
    .find(
      (attempt) =>
        attempt.channel === BANK.name &&
        attempt.kind === 'agreement' &&
        attempt.amountFen === amountFen &&
        ['sent', 'unknown', 'reversing', 'paid'].includes(attempt.state) &&
        [undefined, order].includes(context.commands.recall(BANK.name, keyOf(attempt))),
    );
}

/** From now on no other payment is this AutoPay's echo. Before its money is booked: what is interrupted between the two is told again. */
export function noteEcho(attempt: Attempt, { order }: PaidOrder, { commands }: Needed): void {
  if (commands.recall(BANK.name, keyOf(attempt)) !== order) commands.remember(BANK.name, keyOf(attempt), order);
}

const keyOf = ({ id }: Attempt): string => `echo:${id}`;
