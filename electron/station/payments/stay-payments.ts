import type { Actor, EventBody } from '../../../shared/domain/events.ts';
import type { StayPayment } from '../../../shared/domain/money-flow.ts';
import type { PaymentRow } from '../store/payment-store.ts';

/** The payments of a stay as its exit tells them, read from where they were booked. Pure. */

export const paymentOfRow = (row: PaymentRow): StayPayment => ({
  ...{ billId: row.bill_id, attemptId: row.attempt_id, method: row.method, scene: row.scene, via: row.via },
  ...{ paidFen: row.paid_fen, discounts: row.discounts, reference: row.reference, paidAt: row.paid_at_ms },
  ...{ collector: row.operator, debtId: row.debt_id },
});

/** One that is booked in the same step in which the stay ends. */
export const paymentOfEvent = (paid: EventBody<'bill-paid'>, by: Actor): StayPayment => ({
  ...{ billId: paid.billId, attemptId: paid.attemptId, method: paid.method, scene: paid.scene, via: paid.via },
  ...{ paidFen: paid.paidFen, discounts: paid.discounts, reference: paid.reference, paidAt: paid.paidAt },
  ...{ collector: by.name, debtId: paid.debtId },
});
