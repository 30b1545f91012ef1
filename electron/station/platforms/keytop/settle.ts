import { type Attempt, type Bill, type PaymentMethod, toPayFen } from '../../../../shared/domain/money-flow.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { ConflictError, NotFoundError } from '../../runtime/errors.ts';
import { KEYTOP, type KeytopContext, type KeytopReply, notDone, rows } from './context.ts';
import { elapsedMinutes } from './fields.ts';
import { type Reductions, worthOf } from './free-details.ts';
import { isLate, type Order, orderOf, paidBy } from './orders.ts';
import { zeroOrder } from './pay-marks.ts';
import { type Refusal, refuse } from './refused-money.ts';

/**
 * Money that the third party tells of (3.2). It is booked at once and answered 0, or nothing is booked and it is answered 1: then it goes
 * back to whoever paid it. The order number is its name, for ever.
 */
interface Told extends Reductions {
  readonly orderNo: string;
  readonly amountFen: number;
  readonly method: PaymentMethod;
  readonly at: EpochMs;
}

export function settle(told: Told, context: KeytopContext): KeytopReply {
  const order = orderOf(told.orderNo, context);
  if (!order) return refuse(told, 'unknown', undefined, context);
  if (order.kind === 'zero') return settleNothing(told, order, context);
  const { bill } = order;
  const paid = paidBy(told.orderNo, order, context);
  if (paid)
    return paid.amountFen === told.amountFen
      ? parked(bill, paid, told, context)
      : refuse(told, 'differs', order, context);
  const why = isLate(told.orderNo, context) ? 'late' : objection(order, told, context);
  if (why !== undefined) return refuse(told, why, order, context);
  const stay = context.station().read.stays.get(bill.uid);
  if (!stay) return refuse(told, 'over', order, context);
  // What the car left owing is paid in money alone.
  const discounts = bill.state === 'open' ? worthOf(bill, stay, told, context) : [];
  const takenOff = discounts.reduce((sum, { amountFen }) => sum + amountFen, 0);
  if (told.amountFen + takenOff < toPayFen(bill)) return refuse(told, 'short', order, context);
  return book(told, order, discounts, stay, context);
}

type BillOrder = Extract<Order, { kind: 'bill' }>;

/** Why this order takes no money now; undefined: it does. */
function objection({ bill, until }: BillOrder, { at }: Told, { station }: KeytopContext): Refusal | undefined {
  if (at > until) return 'late';
  if (bill.state === 'open') return undefined;
  const owes = station()
    .read.debts.ofStay(bill.uid)
    .some((debt) => debt.state === 'open');
  // Who left owing it pays it.
  return bill.state === 'void' && owes ? undefined : 'over';
}

function book(
  told: Told,
  order: BillOrder,
  discounts: ReturnType<typeof worthOf>,
  stay: Stay,
  context: KeytopContext,
): KeytopReply {
  const { bill, attempt } = order;
  const { orderNo, amountFen, method, at } = told;
  try {
    const paid = context.station().payments.notices.notify({
      // A code whose place another took can be paid all the same while its order holds: as money of its own.
      attemptId: attempt !== null && isAnswerable(attempt) ? attempt.id : null,
      ...{ billId: bill.id, uid: bill.uid, plate: stay.plate.text, reference: orderNo, amountFen, discounts },
      ...{ moreIsTaken: true, method, kind: 'qr', via: KEYTOP.name, paidAt: at },
    });
    if (paid.state === 'paid') return parked(bill, paid, told, context);
    context.log.warn('a payment is not in the books yet', { order: orderNo, state: paid.state });
    return notDone('支付结果处理中，请稍后再试');
  } catch (error) {
    if (!(error instanceof ConflictError || error instanceof NotFoundError)) throw error;
    return refuse(told, 'over', order, context);
  }
}

const isAnswerable = ({ state }: Attempt): boolean =>
  ['created', 'sent', 'unknown', 'declined', 'paid'].includes(state);

/** Nothing was due, and nothing is booked. */
function settleNothing(told: Told, order: Extract<Order, { kind: 'zero' }>, context: KeytopContext): KeytopReply {
  if (told.amountFen > 0) return refuse(told, 'nothing-due', order, context);
  if (!order.told && told.at > order.until) return refuse(told, 'late', order, context);
  const stay = context.station().read.stays.get(order.uid);
  zeroOrder.remember(told.orderNo, { uid: order.uid, at: order.at, told: true }, context);
  return time(stay?.enteredAt ?? order.at, order.at);
}

/** Taken: so long it had parked when it paid, told the same every time. */
function parked({ id, uid }: Bill, { id: attemptId }: Attempt, told: Told, { station }: KeytopContext): KeytopReply {
  const { payments, stays } = station().read;
  const booked = payments.ofAttempt(attemptId)[0] ?? payments.get(id);
  const paidAt = booked?.paid_at_ms ?? told.at;
  return time(stays.get(uid)?.enteredAt ?? paidAt, paidAt);
}

const time = (from: EpochMs, to: EpochMs): KeytopReply => rows([{ parkingTime: elapsedMinutes(from, to) }]);
