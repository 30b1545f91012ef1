import type { EventBody } from '../../../../shared/domain/events.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { carOf, carTypeFieldsOf } from './car.ts';
import { billPayCode, PAID_TYPES, paidTypeOf, terminalTypeOf } from './codes.ts';
import type { KeytopContext } from './context.ts';
import { notAmong, takenOff } from './discounts.ts';

/**
 * Rows of 2.7. In each of them due = received + tickets + free, and the rows of a stay add up to its exit record (2.3). Pure.
 */

type Needed = Pick<KeytopContext, 'settings'>;

/** Money that was taken. A car that is still inside leaves, as far as this row knows, when it pays. */
export function billOfPayment(paid: EventBody<'bill-paid'>, context: Needed) {
  const { stay, method, via, scene, lane, paidAt } = paid;
  const off = takenOff(paid.discounts);
  // Reductions left nothing to pay.
  const isFree = paid.paidFen === 0;
  return {
    ...carOf(stay, context),
    ...carTypeFieldsOf(stay),
    entryTime: stay.enteredAt,
    leaveTime: stay.exitedAt ?? paidAt,
    totalMoney: paid.paidFen + off.ticketMoney + off.freeMoney,
    payMoney: paid.paidFen,
    freeMoney: off.freeMoney,
    ...{ ticketMoney: off.ticketMoney, ticketTime: off.ticketTime, ticketNum: off.ticketNum },
    terminalType: terminalTypeOf(scene, via, lane !== null),
    payType: billPayCode(isFree ? null : { method, via }, context.settings),
    payTime: paidAt,
    paidType: isFree ? PAID_TYPES.free : PAID_TYPES.charged,
    // What the third party paid it knows by the order number that it was given.
    remark: (paid.reference ?? paid.attemptId ?? paid.billId).slice(0, 200),
    billId: paid.billId,
  };
}

/** What an exit let go without a payment: waived by a person, by a held arm, by discounts that left nothing; undefined: nothing. */
export function billOfExit(exit: EventBody<'vehicle-exited'>, at: EpochMs, context: Needed) {
  const { stay, how, reason, payments = [], steps, lane } = exit;
  const off = takenOff(
    notAmong(
      stay.usedDiscounts,
      payments.filter(({ debtId }) => debtId === null).flatMap(({ discounts }) => discounts),
    ),
  );
  const freeMoney = off.freeMoney + stay.waivedFen;
  const leftAt = stay.exitedAt ?? at;
  // Nobody worked a fee out, not even none (no price was told, no tariff fits): what was let go is not known.
  const unpriced = how === 'released' && stay.waivedFen === 0 && steps.length === 0;
  const feeUnknown = exit.feeUnknown === true || unpriced;
  if (freeMoney + off.ticketMoney === 0 && !feeUnknown) return undefined;
  return {
    ...carOf(stay, context),
    ...carTypeFieldsOf(stay),
    ...{ entryTime: stay.enteredAt, leaveTime: leftAt },
    totalMoney: off.ticketMoney + freeMoney,
    payMoney: 0,
    freeMoney,
    ...{ ticketMoney: off.ticketMoney, ticketTime: off.ticketTime, ticketNum: off.ticketNum },
    terminalType: terminalTypeOf('gate', null, lane !== null),
    payType: billPayCode(null, context.settings),
    payTime: leftAt,
    paidType:
      stay.waivedFen > 0 || feeUnknown ? paidTypeOf({ how, reason, feeUnknown }, context.settings) : PAID_TYPES.free,
    remark: (reason ?? '').slice(0, 200),
    billId: '',
  };
}

/** Change of this payment that a platform pays out to the driver's phone, and what of it has been given by now. */
export function changeOf(
  billId: string,
  { station }: Pick<KeytopContext, 'station'>,
): { readonly selfTotal: number; readonly selfPay: number } {
  const order = billId === '' ? undefined : station().read.changeOrders.ofBill(billId);
  if (order === undefined) return { selfTotal: 0, selfPay: 0 };
  return { selfTotal: order.amountFen, selfPay: order.state === 'open' ? 0 : order.amountFen };
}
