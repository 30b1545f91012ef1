import { z } from 'zod';
import type { EventBody } from '../../../../shared/domain/events.ts';
import type { StayPayment } from '../../../../shared/domain/money-flow.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { clip, code } from '../wire-fields.ts';
import { discountType, OWED, PAY_TYPES, payType, waivedType } from './codes.ts';
import { fen, seconds, toSeconds } from './fields.ts';

/** charge_items of 5.4, its keys in the order in which they are printed. */
export const chargeItem = z.strictObject({
  should_pay: fen,
  actual_pay: fen,
  pay_type: code(PAY_TYPES),
  toll_collector: z.string().max(60),
  seq_num: z.string().min(1).max(100),
  time: seconds,
});
export type ChargeItem = z.output<typeof chargeItem>;

/** More than this no stay ever has; it is a limit of ours. */
export const MOST_ITEMS = 200;

type Exit = EventBody<'vehicle-exited'>;

/**
 * How a stay was settled, item by item: Σ actual_pay is the money that came in, Σ should_pay what the stay was charged and the debts of
 * earlier stays that were paid with it. Where nothing was due the list is empty.
 */
export function chargeItems(
  exit: Exit,
  about: { readonly at: EpochMs; readonly who: string; readonly unknown: number },
): ChargeItem[] {
  const { stay, payments = [] } = exit;
  const exitedAt = stay.exitedAt ?? about.at;
  const record = stay.exitRecordId ?? stay.uid;
  const told = payments.reduce((sum, each) => (each.debtId === null ? sum + each.paidFen : sum), 0);
  const item = (shouldFen: number, actualFen: number, type: number, more: Partial<ChargeItem>): ChargeItem => ({
    should_pay: shouldFen,
    actual_pay: actualFen,
    pay_type: type,
    toll_collector: '',
    seq_num: record,
    time: toSeconds(exitedAt),
    ...more,
  });
  // In events from before payments were told here, and wherever the list says less than the stay.
  const untold = stay.paidFen - told;
  const usedAt = new Map(payments.flatMap((each) => each.discounts.map(({ discount }) => [discount.id, each.paidAt])));
  const person = clip(about.who, 60);
  const items = [
    ...payments.map((each) => item(each.paidFen, each.paidFen, payType(each), ofPayment(each))),
    item(untold, untold, about.unknown, { time: toSeconds(stay.lastPaidAt ?? exitedAt) }),
    ...stay.usedDiscounts.map(({ discount, amountFen }) =>
      item(amountFen, 0, discountType(discount), {
        seq_num: clip(discount.couponId ?? discount.id, 100),
        time: toSeconds(usedAt.get(discount.id) ?? exitedAt),
      }),
    ),
    item(stay.waivedFen, 0, waivedType(exit.how), { toll_collector: person }),
    item(stay.owedFen, 0, OWED, { toll_collector: person }),
  ];
  return once(items.filter(({ should_pay }) => should_pay > 0));
}

/** What came, or was taken off, under one number is one item: an order that paid a debt with the stay is one order at the bank. */
function once(items: readonly ChargeItem[]): ChargeItem[] {
  const made = new Map<string, ChargeItem>();
  for (const item of items) {
    const key = `${item.pay_type} ${item.seq_num}`;
    const { should_pay, actual_pay } = made.get(key) ?? { should_pay: 0, actual_pay: 0 };
    const first = made.get(key) ?? item;
    made.set(key, { ...first, should_pay: should_pay + item.should_pay, actual_pay: actual_pay + item.actual_pay });
  }
  return [...made.values()];
}

/** A driver who pays at a machine or a phone pays no cashier. */
function ofPayment({ method, reference, billId, collector, paidAt }: StayPayment): Partial<ChargeItem> {
  return {
    toll_collector: method === 'cash' || method === 'pos' ? clip(collector, 60) : '',
    // The bank's own number for what it collected; a payment without one is known by its bill.
    seq_num: clip(reference ?? billId, 100),
    time: toSeconds(paidAt),
  };
}
