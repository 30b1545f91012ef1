import type { Actor } from '../../../shared/domain/events.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Tx } from '../store/store.ts';
import { by } from './common.ts';

/** A bill whose amount is no longer right goes; not while somebody may be paying it. */
export function voidOpenBill(tx: Tx, stay: Stay, reason: string, actor: Actor): void {
  const bill = tx.bills.open(stay.uid);
  if (!bill) return;
  if (isBeingPaid(tx, bill.id))
    throw new ConflictError('payment-under-way', '该车的账单正在支付，请等支付有结果后再处理');
  tx.record({ kind: 'bill-voided', ...by(actor, stay.uid), body: { bill, reason } });
}

const isBeingPaid = (tx: Tx, billId: string): boolean =>
  tx.attempts.ofBill(billId).some(({ state }) => state === 'sent' || state === 'unknown' || state === 'reversing');
