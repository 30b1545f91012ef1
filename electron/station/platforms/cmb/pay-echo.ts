import { z } from 'zod';
import type { Attempt } from '../../../../shared/domain/money-flow.ts';
import type { CmbContext } from './context.ts';
import { mark } from './keeping.ts';
import type { PaidOrder } from './pay-list.ts';
import { autoPayOf, isAutoPay, numberOf } from './pay-numbers.ts';

/**
 * `pay` is pushed for 无感 as well, and nothing says which AutoPay it is the echo of. It is known by its number, ours or the bank's, else
 * by record and amount, where it names no bill, or, once it is paid, the very bill that it paid. A scan by the driver may look the same, so
 * each AutoPay has one echo: of two payments one is money of its own, whichever is told first. While it is under way a payment that names
 * a bill is a scan: a driver who waits for the bank was offered just that, and the AutoPay is asked about to an end of its own.
 */

export interface Echo {
  readonly attempt: Attempt;
  readonly by: 'number' | 'amount';
}

type Needed = Pick<CmbContext, 'clock' | 'commands' | 'station'>;

const taken = mark('echo', z.object({ order: z.string(), by: z.enum(['number', 'amount']) }));

/** The AutoPay whose number this is. */
export function namedEcho({ order }: PaidOrder, context: Needed): Echo | undefined {
  const attempt = autoPayOf(order, context);
  return attempt && { attempt, by: 'number' };
}

/** The AutoPay of that record and amount, for a payment that is not known by its number in any way. */
export function likelyEcho(
  { order, amountFen }: PaidOrder,
  about: { readonly uid: string | undefined; readonly billId: string | undefined },
  context: Needed,
): Echo | undefined {
  if (about.uid === undefined) return undefined;
  const fitting = context
    .station()
    .read.attempts.ofStay(about.uid)
    .filter(
      (attempt) =>
        isAutoPay(attempt) &&
        attempt.amountFen === amountFen &&
        (attempt.state === 'paid'
          ? about.billId === undefined || about.billId === attempt.billId
          : about.billId === undefined && ['sent', 'unknown', 'reversing'].includes(attempt.state)),
    );
  const attempt =
    fitting.find(({ id }) => taken.recall(id, context)?.order === order) ??
    fitting.find(({ id }) => taken.recall(id, context) === undefined);
  return attempt && { attempt, by: 'amount' };
}

/** From now on no other payment is this AutoPay's echo. Before its money is booked: what is interrupted between the two is told again. */
export function noteEcho({ attempt, by }: Echo, { order }: PaidOrder, context: Needed): void {
  const before = taken.recall(attempt.id, context);
  if (before === undefined || (before.by === 'amount' && by === 'number' && before.order !== order))
    taken.remember(attempt.id, { order, by }, context);
}

/** The number of what was taken for the echo of this AutoPay, and is not: this one is, by its number. */
export function mistaken({ attempt, by }: Echo, { order }: PaidOrder, context: Needed): string | undefined {
  const before = taken.recall(attempt.id, context);
  if (by === 'amount' || before?.by !== 'amount' || before.order === order) return undefined;
  // It overtook the answer that told this very number.
  return before.order === numberOf(attempt.id, context) ? undefined : before.order;
}
