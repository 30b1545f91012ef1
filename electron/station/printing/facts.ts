import type { EventBody } from '../../../shared/domain/events.ts';
import type { Lane } from '../../../shared/domain/site.ts';
import { readRow } from '../journal/rows.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Repositories } from '../store/repositories.ts';
import type { ReceiptFacts } from './receipts.ts';

type Found = Pick<ReceiptFacts, 'payment' | 'debts' | 'minutes' | 'exitedAt' | 'booth' | 'collector'>;

/**
 * What is known of a payment, by the journal.
 *
 * @throws NotFoundError, ConflictError `receipt-reversed`
 */
export function receiptFacts(read: Repositories, billId: string, lanes: readonly Lane[]): Found {
  const row = read.payments.get(billId);
  if (!row) throw new NotFoundError('没有这笔收款');
  if (row.state === 'reversed') throw new ConflictError('receipt-reversed', '这笔收款已撤销，不能打印小票');
  const found = paymentEvent(read, row.uid, billId);
  if (!found) throw new NotFoundError('没有这笔收款');
  const { payment, actor } = found;
  const debts = read.payments
    .withBillsOf(row.uid)
    .filter((each) => each.bill_id.startsWith(`${billId}-a`))
    .flatMap((each) => paymentEvent(read, each.uid, each.bill_id)?.payment ?? []);
  const stay = read.stays.get(row.uid);
  return {
    payment,
    debts,
    minutes: read.bills.get(billId)?.minutes ?? null,
    exitedAt: stay?.status === 'left' ? stay.exitedAt : null,
    booth: lanes.find(({ id }) => id === payment.lane?.id)?.booth ?? '',
    collector: actor.kind === 'user' ? actor.name : payment.via === null ? '自动' : `${payment.via} 代收`,
  };
}

function paymentEvent(
  read: Repositories,
  uid: string,
  billId: string,
): {
  readonly payment: EventBody<'bill-paid'>;
  readonly actor: { readonly kind: string; readonly name: string };
} | null {
  for (const row of read.journal.storedOfKey(uid)) {
    if (row.kind !== 'bill-paid') continue;
    const reading = readRow(row);
    if ('event' in reading && reading.event.kind === 'bill-paid' && reading.event.body.billId === billId)
      return { payment: reading.event.body, actor: reading.event.actor };
  }
  return null;
}
