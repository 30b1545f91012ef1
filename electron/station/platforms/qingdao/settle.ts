import { type Attempt, type Bill, toPayFen } from '../../../../shared/domain/money-flow.ts';
import type { Outcome } from '../../payments/channel.ts';
import { ConflictError, NotFoundError } from '../../runtime/errors.ts';
import { methodOf } from './codes.ts';
import type { QingdaoContext } from './context.ts';
import type { PaymentAnswer } from './payment-answer.ts';

/**
 * `settled`: the money is in the books, or a case; `again`: something has told of it before. `refused`: the station does not accept the
 * money, and why. Where a person should look after it, a case is open.
 */
export type Settled =
  | { readonly kind: 'settled'; readonly attempt: Attempt; readonly again: boolean }
  | { readonly kind: 'refused'; readonly reason: string };

type Needed = Pick<QingdaoContext, 'clock' | 'log' | 'station'>;

/**
 * The platform says that a bill is paid: by its notice, in its answer to an application, when asked, or in the list of a day. The
 * same money told again, in whichever of these ways, changes nothing.
 */
export function settleFromPlatform(context: Needed, answer: PaymentAnswer): Settled {
  const { clock, log, station } = context;
  const { payments, read } = station();
  const { billID } = answer;
  if (billID === null) return refused('billID: missing');
  const bill = read.bills.get(billID);
  const paid = moneyOf(answer, bill);
  if (paid === undefined) return refused('actualPay: missing');
  const told = read.attempts.byReference(VIA, paid.reference);
  const again = told ? undefined : toldOtherwise(context, answer, billID, paid.amountFen);
  if (again) return { kind: 'settled', attempt: again, again: true };
  try {
    const attempt = payments.notices.notify({
      billId: billID,
      reference: paid.reference,
      amountFen: paid.amountFen,
      // What was once accepted is told in the same way again, whatever became of the bill.
      discountFen: told && told.amountFen === paid.amountFen ? told.discountFen : paid.discountFen,
      method: methodOf(answer.paidType),
      via: VIA,
      paidAt: answer.dealTime ?? clock.now(),
      givesBack: false,
    });
    return { kind: 'settled', attempt, again: told !== undefined };
  } catch (error) {
    if (!(error instanceof ConflictError || error instanceof NotFoundError)) throw error;
    log.warn('money that the platform reports is not accepted', { bill: billID, reason: error.message });
    return refused(error.message);
  }
}

/** The outcome of an attempt at this bill, for the channel; undefined where the money told does not cover it. */
export function outcomeOf(answer: PaymentAnswer, attempt: Attempt): Outcome | undefined {
  const dueFen = attempt.amountFen + attempt.discountFen;
  const amountFen = answer.actualPay ?? Math.max(0, dueFen - answer.discountAmount);
  if (amountFen + answer.discountAmount < dueFen) return undefined;
  return {
    state: 'paid',
    reference: referenceOf(answer, attempt.billId),
    detail: '',
    paidAt: answer.dealTime ?? undefined,
    method: methodOf(answer.paidType),
    discountFen: Math.max(0, dueFen - amountFen),
  };
}

/** The platform that collects, in our books. */
export const VIA = 'qingdao';

const refused = (reason: string): Settled => ({ kind: 'refused', reason });

/** The channel's number of the payment; without one the bill stands for it, which is applied for once. */
const referenceOf = ({ orderCode }: Pick<PaymentAnswer, 'orderCode'>, billID: string): string =>
  orderCode ?? `bill-${billID}`;

/** shouldPay = actualPay + discountAmount (D46). A discount never covers more than the money leaves open. */
function moneyOf(answer: PaymentAnswer, bill: Bill | undefined) {
  const dueFen = bill ? toPayFen(bill) : (answer.shouldPay ?? 0);
  const amountFen = answer.actualPay ?? (answer.shouldPay === null ? null : answer.shouldPay - answer.discountAmount);
  if (amountFen === null || amountFen < 0) return undefined;
  return {
    amountFen,
    discountFen: Math.min(answer.discountAmount, Math.max(0, dueFen - amountFen)),
    reference: referenceOf(answer, answer.billID ?? ''),
  };
}

/** The same money, told without its number before or now. */
function toldOtherwise(
  { station }: Needed,
  { orderCode }: PaymentAnswer,
  billID: string,
  amountFen: number,
): Attempt | undefined {
  const nameless = referenceOf({ orderCode: null }, billID);
  return station()
    .read.attempts.ofBill(billID)
    .find(
      (each) =>
        each.channel === VIA &&
        each.state === 'paid' &&
        (orderCode === null || each.reference === nameless) &&
        each.amountFen === amountFen,
    );
}
