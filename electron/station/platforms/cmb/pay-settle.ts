import { type Attempt, type Bill, toPayFen } from '../../../../shared/domain/money-flow.ts';
import { normalisePlateText } from '../../../../shared/domain/plates.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { ConflictError, NotFoundError } from '../../runtime/errors.ts';
import { BANK } from './actor.ts';
import type { CmbContext } from './context.ts';
import { insideBy } from './exits.ts';
import { closeOverdue } from './guarantee-case.ts';
import { type Echo, likelyEcho, mistaken, namedEcho, noteEcho } from './pay-echo.ts';
import type { PaidOrder } from './pay-list.ts';
import { CODE, isBookedAs, numberOf } from './pay-numbers.ts';
import { joined, partOf } from './pay-parts.ts';
import { handToPerson, withPerson } from './pay-person.ts';

/** A payment that the bank tells of. The money is there, whatever we answer: it is booked, or a person sees it. */
interface Push {
  readonly vpl: string | undefined;
  readonly recordId: string | undefined;
  readonly billId: string | undefined;
  readonly paidAt: EpochMs;
  readonly orders: readonly PaidOrder[];
}

/**
 * `booked`: in the books, by this push or an earlier one, or with a person as a case. `unknown`: nobody of that record or plate was ever
 * here; a case. `differs`: a number that was told before, with another sum; a case.
 */
export type Settled = 'booked' | 'unknown' | 'differs';

/** All payments of a push. Each is booked once, however often it is told, and whatever stands beside it. */
export function settle(push: Push, context: CmbContext): Settled {
  const stay = stayOf(push, context);
  const results: Settled[] = [];
  const fresh: PaidOrder[] = [];
  for (const paid of push.orders) {
    const done = known(push, paid, stay, context);
    if (done === undefined) fresh.push(paid);
    else results.push(done);
  }
  // One bill may have been paid in several parts, none of which is enough by itself.
  if (fresh.length > 0) results.push(book(push, fresh, stay, context));
  return results.find((result) => result !== 'booked') ?? 'booked';
}

/** What a payment comes to that was told before, or is an AutoPay's; undefined: it is new. By its number before by anything else. */
function known(push: Push, paid: PaidOrder, stay: Stay | undefined, context: CmbContext): Settled | undefined {
  const { order: reference, amountFen } = paid;
  const named = namedEcho(paid, context);
  if (named) return confirm(push, paid, named, context);
  const told = toldTogether(paid, context) ?? withPerson(reference, context);
  if (told !== undefined) return told;
  if (isBooked(reference, context)) return notify(push, { reference, amountFen }, context);
  const likely = likelyEcho(paid, { uid: stay?.uid, billId: push.billId }, context);
  return likely && confirm(push, paid, likely, context);
}

function confirm(push: Push, paid: PaidOrder, echo: Echo, context: CmbContext): Settled {
  const { order: reference, amountFen } = paid;
  const { attempt } = echo;
  const money = { reference, amountFen, attemptId: attempt.id };
  if (amountFen !== attempt.amountFen) return notify(push, money, context);
  const number = numberOf(attempt.id, context);
  // Its money came by a push that named the bill, before anybody knew its number.
  if (number !== undefined && attempt.state !== 'paid' && isBookedAs(number, attempt, context))
    return notify(push, { reference: number, amountFen }, context);
  const other = mistaken(echo, paid, context);
  if (other !== undefined) {
    const own = { amountFen, attemptId: null, billId: attempt.billId, uid: attempt.uid };
    // Which of the two stands in the books as the AutoPay makes no difference to the sums.
    if (attempt.reference === other) return notify(push, { ...own, reference }, context);
    const result = notify(push, { ...own, reference: other }, context);
    if (result !== 'booked') return result;
  }
  noteEcho(echo, paid, context);
  const result = notify(push, money, context);
  if (result === 'booked') closeOverdue(attempt, reference, context);
  return result;
}

/** The stay that is paid for, also where the record is none of ours and only the plate or the bill is. */
function stayOf({ recordId, vpl, billId }: Push, context: CmbContext): Stay | undefined {
  const { stays, bills } = context.station().read;
  const recorded = recordId === undefined ? undefined : stays.get(recordId);
  if (recorded) return recorded;
  const seen = vpl === undefined ? undefined : (insideBy(vpl, context) ?? stays.lastOf(normalisePlateText(vpl)));
  const billed = seen || billId === undefined ? undefined : bills.get(billId);
  return seen ?? (billed && stays.get(billed.uid));
}

function book(push: Push, fresh: readonly PaidOrder[], stay: Stay | undefined, context: CmbContext): Settled {
  const reference = joined(fresh, context);
  const amountFen = fresh.reduce((sum, paid) => sum + paid.amountFen, 0);
  const bill = billFor(push, stay, amountFen, context);
  if (!bill) return handToPerson({ reference, amountFen, recordId: push.recordId, vpl: push.vpl }, stay, context);
  // Whatever else is being tried for the bill is followed to an end of its own.
  const attemptId = codeShown(bill, amountFen, context)?.id ?? null;
  return notify(push, { reference, amountFen, attemptId, billId: bill.id, uid: stay?.uid }, context);
}

/** The bill that this money is for. */
function billFor(push: Push, stay: Stay | undefined, amountFen: number, context: CmbContext): Bill | undefined {
  const { bills } = context.station().read;
  const named = push.billId === undefined ? undefined : bills.get(push.billId);
  if (named && (!stay || named.uid === stay.uid)) return named;
  if (!stay) return undefined;
  const open = bills.open(stay.uid) ?? made(stay, context);
  if (open && amountFen >= toPayFen(open)) return open;
  // What the driver was shown before the fee went up is worth what it says.
  const before = bills.ofStay(stay.uid).findLast((bill) => bill.state === 'void' && toPayFen(bill) === amountFen);
  return before ?? open ?? bills.ofStay(stay.uid).at(-1);
}

function made({ uid, status }: Stay, { station, settings }: CmbContext): Bill | undefined {
  if (status !== 'inside') return undefined;
  try {
    const wanted = { debts: false, validMinutes: settings.calc.validMinutes };
    const bill = station().payments.prepayments.bill({ uid }, BANK, wanted);
    return bill.kind === 'bill' ? bill.bill : undefined;
  } catch (error) {
    if (error instanceof ConflictError) return undefined;
    throw error;
  }
}

/** The code on the screen from which the driver came: its number is known from now on. */
const codeShown = (bill: Bill, amountFen: number, { station }: CmbContext): Attempt | undefined =>
  station()
    .read.attempts.ofBill(bill.id)
    .find(
      (attempt) =>
        attempt.channel === CODE &&
        attempt.reference === null &&
        attempt.amountFen === amountFen &&
        ['sent', 'unknown'].includes(attempt.state),
    );

interface Money {
  readonly reference: string;
  readonly amountFen: number;
  readonly attemptId?: string | null | undefined;
  readonly billId?: string | undefined;
  readonly uid?: string | undefined;
}

function notify(push: Push, money: Money, { station, log }: CmbContext): Settled {
  try {
    station().payments.notices.notify({
      ...money,
      ...{ plate: push.vpl, method: 'platform', kind: 'qr', via: BANK.name, paidAt: push.paidAt, givesBack: false },
    });
    return 'booked';
  } catch (error) {
    const reason = error instanceof ConflictError ? error.reason : error instanceof NotFoundError ? 'no-bill' : null;
    if (reason === null || !(reason in NOT_BOOKED)) throw error;
    log.warn('money that the bank tells of has no bill', { order: money.reference, reason });
    return NOT_BOOKED[reason] ?? 'booked';
  }
}

/** Each of these has left a case: the bank need not tell it again, unless somebody there ought to look as well. */
const NOT_BOOKED: Readonly<Record<string, Settled>> = {
  'amount-short': 'booked',
  'bill-expired': 'booked',
  'notice-differs': 'differs',
  'no-bill': 'unknown',
};

const isBooked = (reference: string, { station }: CmbContext): boolean =>
  [BANK.name, CODE].some((channel) => station().read.attempts.byReference(channel, reference) !== undefined);

/** What is known of a payment that was told together with others; undefined where it was not. */
function toldTogether({ order, amountFen }: PaidOrder, context: CmbContext): Settled | undefined {
  const part = partOf(order, context);
  const state = part && (isBooked(part.reference, context) ? 'booked' : withPerson(part.reference, context));
  if (!part || state === undefined || part.amountFen === amountFen) return state;
  context.station().payments.cases.open(
    {
      ...{ kind: 'unknown-payment', uid: null, laneId: null, passageId: null, plate: '', amountFen },
      detail: `招行订单 ${order} 再次通知，金额与 ${part.amountFen / 100} 元不一致，请与招行核对`,
      subject: `cmb-${order}-${amountFen}`,
    },
    BANK,
  );
  return 'differs';
}
