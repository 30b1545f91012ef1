import { type Attempt, type Bill, toPayFen } from '../../../../shared/domain/money-flow.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { PlatformDiscount } from '../../payments/discounts.ts';
import { ConflictError, NotFoundError } from '../../runtime/errors.ts';
import { notDone, notNow, SHENZHEN, type ShenzhenContext } from './context.ts';
import { dueOf, dueToday, owedBy } from './due.ts';
import { couponOrder, orderOf, type Quote, quotesOf } from './money-marks.ts';
import { isUsed, type Order, paidBy, type Refused, type Told } from './order.ts';
import { ASSUMED, differs, endsWaiting, handToPerson, tellOfCases, waits } from './order-trouble.ts';

/** An order of a record that we know: booked once, whatever tells of it, in which order, and however often. */
export async function settle(order: Order, found: Stay, context: ShenzhenContext): Promise<Refused> {
  const { station } = context;
  if (found.status === 'inside') await station().prices?.fresh(found);
  const stay = station().read.stays.get(found.uid) ?? found;
  const known = knownOf(order, stay, context);
  if (known !== 'new') return known;
  if (order.amountFen === null) return settleQuoted(order, stay, context);
  return book({ ...order, amountFen: order.amountFen }, stay, quoteFor(order.amountFen, stay, context), context);
}

/** An order told before is answered as before. Under its number it is one sum for one record, for ever. */
function knownOf(order: Order, stay: Stay, context: ShenzhenContext): Refused | 'new' {
  const attempt = paidBy(order.orderNum, context);
  const mark = orderOf.recall(order.orderNum, context);
  const known = attempt ?? mark;
  if (!known) return 'new';
  if (known.uid !== stay.uid) return differs(order, stay, context);
  // Also where the station died before it was booked: it is finished now, whatever is told of it this time.
  const again = attempt && repeated({ ...order, amountFen: attempt.amountFen }, attempt, stay, context);
  const sameSum = order.amountFen === null || known.amountFen === null || order.amountFen === known.amountFen;
  if (!sameSum) return differs(order, stay, context, attempt);
  if (attempt) return again;
  // Without a sum it goes on waiting: what a later question was told is not what was paid by it.
  return known.amountFen === null && order.amountFen !== null ? 'new' : undefined;
}

/** A repetition of what is in the books leaves the quotes of other hours alone. */
function repeated(order: Told, { billId, state }: Attempt, stay: Stay, context: ShenzhenContext): Refused {
  if (state !== 'paid') return notify(order, { billId }, stay, context);
  endsWaiting(order, context);
  return undefined;
}

/** The quote that this sum pays, however long ago that was told: the very one, else the last that holds where it is more than that. */
function quoteFor(amountFen: number, { uid }: Stay, context: ShenzhenContext): Quote | undefined {
  const quotes = quotesOf.recall(uid, context) ?? [];
  const last = quotes.at(-1);
  const same = quotes.findLast(({ payFen }) => payFen === amountFen);
  return same ?? (last && last.payFen < amountFen && holds(last, context) ? last : undefined);
}

const holds = ({ at, until }: Quote, { clock }: ShenzhenContext): boolean => at <= clock.now() && clock.now() <= until;

/**
 * onlinePay: what the record was told to pay, as long as that holds. Where it was told more than one sum (with a coupon and without, on two
 * phones, before and after an hour was full) nobody here can tell which of them was paid, and nothing is guessed.
 */
function settleQuoted(order: Order, stay: Stay, context: ShenzhenContext): Refused {
  const told = (quotesOf.recall(stay.uid, context) ?? []).filter((quote) => holds(quote, context));
  const last = told.at(-1);
  const isCertain = told.every(({ payFen }) => payFen === last?.payFen);
  if (last && isCertain) {
    const isFree = last.payFen === 0 && last.coupons.length === 0;
    return isFree
      ? nothing(order, stay, context)
      : book({ ...assumed(order), amountFen: last.payFen }, stay, last, context);
  }
  const { withoutQuote } = context.settings.payments;
  if (withoutQuote === 'refuse')
    return notNow(isCertain ? '没有有效的费用查询，请先查询费用' : '费用查询结果不止一个，无法确定支付金额');
  const bill = withoutQuote === 'due' && isCertain ? billFor(null, stay, context) : undefined;
  if (!bill) return waits(order, stay, context);
  return book({ ...assumed(order), amountFen: toPayFen(bill) }, stay, undefined, context);
}

const assumed = (order: Order) => ({ ...order, note: ASSUMED, isQuoted: true });

/** A new order. What the quote took off by coupons counts when the quote is paid, and only then. */
function book(order: Told, stay: Stay, quoted: Quote | undefined, context: ShenzhenContext): Refused {
  const coupons = quoted?.coupons ?? [];
  const spent = coupons.some(({ couponId }) => isUsed(couponId, context));
  const lines = spent ? [] : coupons;
  if (order.amountFen === 0 && lines.length === 0) return settleNothing(order, stay, quoted, context);
  const told = quotedBill(stay, quoted, context);
  const bill = told && !isLess(told, stay, context) ? told : billFor(order.amountFen, stay, context);
  if (!bill) return settleLate(order, stay, context);
  // It cannot be made anew, for somebody may be paying it: rather a person than a sum that is too high.
  if (isLess(bill, stay, context)) return handToPerson(order, stay, context);
  for (const { couponId } of lines) couponOrder.remember(couponId, { orderNum: order.orderNum }, context);
  return notify(order, { billId: bill.id, discounts: lines.map(discountOf) }, stay, context);
}

/** Nothing is due: the settlement makes a case of it, with a refund. */
function settleLate(order: Told, stay: Stay, context: ShenzhenContext): Refused {
  const bills = context.station().read.bills.ofStay(stay.uid);
  const paid = bills.findLast(({ state }) => state === 'paid');
  const last = paid ?? bills.at(-1);
  if (order.amountFen === 0) return nothing(order, stay, context);
  if (!last) return handToPerson(order, stay, context);
  // What its bill asked for is let off by now: on that bill the money would be the car park's.
  const isLetOff = !paid && isLess(last, stay, context);
  if (isLetOff && dueToday(stay, context) !== 0) return handToPerson(order, stay, context);
  return notify(order, { billId: last.id, nothingIsDue: isLetOff }, stay, context);
}

/**
 * Over 0 yuan, and by no coupons: nothing is booked. Where that is only what we had told, orderPush may still say otherwise. An order that
 * was waited for has come, whatever the car still owes.
 */
function settleNothing(order: Told, stay: Stay, quoted: Quote | undefined, context: ShenzhenContext): Refused {
  const asksNothing = quoted?.payFen === 0 && quoted.coupons.length === 0;
  const wasAwaited = orderOf.recall(order.orderNum, context)?.how === 'waiting';
  const isOwed = stay.status === 'inside' ? billFor(0, stay, context) : owedBy(stay, context).kind === 'debt';
  if (!asksNothing && isOwed && !wasAwaited) return notDone(1, '支付金额小于应付金额，请重新查询');
  return nothing(order, stay, context);
}

function nothing(
  { orderNum, amountFen, isQuoted }: Order & Pick<Told, 'isQuoted'>,
  { uid }: Stay,
  context: ShenzhenContext,
): Refused {
  endsWaiting({ orderNum }, context);
  orderOf.remember(orderNum, { uid, amountFen: isQuoted ? null : amountFen, how: 'nothing' }, context);
  return undefined;
}

/** The bill of the quote, while it can still be paid: what a driver was told before the fee went up is worth what it says. */
function quotedBill({ status }: Stay, quoted: Quote | undefined, { station }: ShenzhenContext): Bill | undefined {
  const { read, payments } = station();
  if (!quoted || quoted.billId === null || status !== 'inside') return undefined;
  return payments.prepayments.takesMoney(quoted.billId) ? read.bills.get(quoted.billId) : undefined;
}

/** Whether the stay has to pay less by now than this bill asks for it: something was granted since, or its entry put right. */
function isLess(bill: Bill, stay: Stay, context: ShenzhenContext): boolean {
  const due = dueToday(stay, context);
  return due !== undefined && due < bill.dueFen;
}

/** The bill over what is due now; undefined: nothing is, or nobody can tell. */
function billFor(amountFen: number | null, stay: Stay, context: ShenzhenContext): Bill | undefined {
  const { read, payments } = context.station();
  const open = stay.status === 'inside' ? read.bills.open(stay.uid) : undefined;
  if (open && toPayFen(open) === amountFen && !isLess(open, stay, context)) return open;
  try {
    const due = stay.status === 'inside' ? dueOf(stay, context) : owedBy(stay, context);
    if (due.kind === 'debt') return payments.arrears.bill(due.debt.id, SHENZHEN);
    return due.kind === 'bill' ? due.bill : read.bills.open(stay.uid);
  } catch (error) {
    if (!(error instanceof ConflictError || error instanceof NotFoundError)) throw error;
    context.log.warn('no bill can be made for money of the city', { uid: stay.uid, reason: error.message });
    return read.bills.open(stay.uid);
  }
}

const discountOf = ({ couponId, kind, value, amountFen }: Quote['coupons'][number]): PlatformDiscount => ({
  ...{ kind, value, amountFen, origin: `优惠券 ${couponId}`, originKind: 'platform' },
});

/** In the books, or with a person as a case, when this returns. Again it changes nothing. */
function notify(
  { orderNum, recordCode, amountFen, method, at, note }: Told,
  of: {
    readonly billId: string;
    readonly discounts?: readonly PlatformDiscount[];
    readonly nothingIsDue?: boolean;
  },
  stay: Stay,
  context: ShenzhenContext,
): Refused {
  const { station, log } = context;
  try {
    const attempt = station().payments.notices.notify({
      ...{ attemptId: null, billId: of.billId, uid: stay.uid, plate: stay.plate.text, reference: orderNum, amountFen },
      ...(of.discounts && of.discounts.length > 0 ? { discounts: of.discounts } : {}),
      ...{ moreIsTaken: true, partIsTaken: true, givesBack: false, detail: note },
      ...{ method, kind: 'qr', via: SHENZHEN.name, paidAt: at },
      nothingIsDue: of.nothingIsDue,
    });
    if (attempt.state !== 'paid') {
      log.warn('a payment of the city is not in the books yet', { order: orderNum, state: attempt.state });
      return notNow('支付结果处理中，请稍后再试');
    }
    // Whatever the record was told to pay is settled by it, or made anew.
    quotesOf.remember(stay.uid, [], context);
    tellOfCases(attempt, context);
    endsWaiting({ orderNum }, context);
    return undefined;
  } catch (error) {
    if (!(error instanceof ConflictError || error instanceof NotFoundError)) throw error;
    log.warn('money of the city is not in the books', { order: orderNum, reason: error.message });
    return handToPerson({ orderNum, recordCode, amountFen }, stay, context);
  }
}
