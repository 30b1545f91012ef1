import { type Attempt, type Bill, isOverDebt } from '../../../../shared/domain/money-flow.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { KEYTOP, type KeytopContext } from './context.ts';
import { lastOrder, lastZeroOrder, lateOrder, orderBill, orderUntil, zeroOrder } from './pay-marks.ts';

/**
 * Orders as the third party knows them. That of 3.1 is the bill, or where nothing is due an order of its own over 0 yuan; that of 4.1 and
 * 4.2 is the try. Each holds for the minutes of the settings (G15), and once: a bill that outlives its order is told under another number,
 * for money that was refused is on its way back, and nothing but the number tells it from other money.
 */
export type Order =
  | { readonly kind: 'bill'; readonly bill: Bill; readonly attempt: Attempt | null; readonly until: EpochMs }
  | {
      readonly kind: 'zero';
      readonly uid: string;
      readonly at: EpochMs;
      readonly told: boolean;
      readonly until: EpochMs;
    };

type Needed = Pick<KeytopContext, 'clock' | 'commands' | 'settings' | 'station' | 'ids'>;

const holdsMs = ({ settings }: Pick<KeytopContext, 'settings'>): number => settings.orders.minutes * 60_000;

/** Channels of this third party: seamless payment, its code, its scanner. */
const isTheirs = (channel: string): boolean => channel === KEYTOP.name || channel.startsWith(`${KEYTOP.name}-`);

/** The order of this number; undefined: none of ours, or one that the third party cannot know. */
export function orderOf(orderNo: string, context: Needed): Order | undefined {
  const { attempts, bills } = context.station().read;
  const attempt = attempts.get(orderNo);
  if (attempt) {
    const bill = isTheirs(attempt.channel) ? bills.get(attempt.billId) : undefined;
    return bill && { kind: 'bill', bill, attempt, until: attempt.createdAt + holdsMs(context) };
  }
  const bill = bills.get(orderBill.recall(orderNo, context) ?? orderNo);
  if (bill)
    return isOverDebt(bill) ? undefined : { kind: 'bill', bill, attempt: null, until: untilOf(orderNo, bill, context) };
  const zero = zeroOrder.recall(orderNo, context);
  return zero && { kind: 'zero', ...zero, until: zero.at + holdsMs(context) };
}

function untilOf(orderNo: string, bill: Bill, context: Needed): EpochMs {
  const told = orderUntil.recall(orderNo, context) ?? bill.createdAt + holdsMs(context);
  // What stands at an exit does not run out there by itself.
  const standing = context.station().payments.desk.laneOf(bill.id) !== null;
  return standing ? told : Math.min(told, bill.validUntil ?? told);
}

/** The bill is told as an order: the one that holds, else a new one, for which the bill then holds as long. @returns its number */
export function tellOrder(bill: Bill, context: Needed): string {
  const now = context.clock.now();
  const last = lastOrder.recall(bill.id, context);
  if (last !== undefined && now <= untilOf(last, bill, context) && !isLate(last, context)) return last;
  const until = now + holdsMs(context);
  const isFirst = last === undefined && !isLate(bill.id, context);
  const orderNo = isFirst ? bill.id : context.ids.next('order');
  const { desk, prepayments } = context.station().payments;
  if (desk.laneOf(bill.id) === null) prepayments.extend(bill.id, until, KEYTOP);
  if (!isFirst) orderBill.remember(orderNo, bill.id, context);
  orderUntil.remember(orderNo, until, context);
  lastOrder.remember(bill.id, orderNo, context);
  return orderNo;
}

/** Money for it was refused, because it had run out. */
export const isLate = (orderNo: string, context: Pick<KeytopContext, 'clock' | 'commands'>): boolean =>
  lateOrder.recall(orderNo, context) !== undefined;

/** An order over nothing: the one that holds, else a new one. */
export function zeroOrderFor({ uid }: Stay, context: Needed): string {
  const now = context.clock.now();
  const last = lastZeroOrder.recall(uid, context);
  const known = last === undefined ? undefined : zeroOrder.recall(last, context);
  if (last !== undefined && known && known.at <= now && now <= known.at + holdsMs(context)) return last;
  const id = context.ids.next('free');
  zeroOrder.remember(id, { uid, at: now, told: false }, context);
  lastZeroOrder.remember(uid, id, context);
  return id;
}

/**
 * The payment of this order, where its money was taken: by its own try, or by the one that its number was told with. Also where it was
 * booked back since: its way back is another.
 */
export function paidBy(
  orderNo: string,
  order: Order,
  { station }: Pick<KeytopContext, 'station'>,
): Attempt | undefined {
  if (order.kind === 'zero') return undefined;
  const { attempts, payments } = station().read;
  const { id: billId } = order.bill;
  return attempts
    .ofBill(billId)
    .filter(({ id, reference, channel }) => isTheirs(channel) && (id === orderNo || reference === orderNo))
    .find(({ id, state }) => state === 'paid' || payments.get(billId)?.attempt_id === id);
}

/**
 * Whether an order is paid (3.4): its own money is in the books. Where other money paid the car out, what the third party took for it was
 * not booked, or will not be. Over nothing there is nothing to pay.
 */
export const isPaid = (orderNo: string, order: Order, context: Pick<KeytopContext, 'station'>): boolean =>
  order.kind === 'zero' || paidBy(orderNo, order, context) !== undefined;
