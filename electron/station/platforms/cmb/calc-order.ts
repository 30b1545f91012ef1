import { type Bill, toPayFen } from '../../../../shared/domain/money-flow.ts';
import type { AppliedDiscount, Discount } from '../../../../shared/domain/registry.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { clip } from '../wire-fields.ts';
import { toSeconds, vplOf } from './fields.ts';

/** An order as calc answers it (4.1): every field that the table has. */

interface Figures {
  /** Empty where nothing is to pay. */
  readonly billId: string;
  /** Up to when it was worked out; a car that has left: when it did. */
  readonly at: EpochMs;
  /** Before discounts, with the debts that are collected along with it. */
  readonly totalFen: number;
  /** What is to be paid now. */
  readonly toPayFen: number;
  readonly paidFen: number;
  readonly discounts: readonly AppliedDiscount[];
}

export const order = (stay: Stay, { at, ...figures }: Figures) => ({
  vpl_number: vplOf(stay),
  record_id: stay.uid,
  bill_id: figures.billId,
  in_time: toSeconds(stay.enteredAt),
  out_time: toSeconds(at),
  duration: Math.max(0, toSeconds(at) - toSeconds(stay.enteredAt)),
  charge: { total_price: figures.totalFen, should_pay: figures.toPayFen, paid: figures.paidFen },
  discount: figures.discounts.filter(({ amountFen }) => amountFen > 0).map(discountLine),
});

/** A bill that stands: asked ten times, it is the same order. */
export function figuresOf(bill: Bill, stay: Stay): Figures {
  const arrearsFen = toPayFen(bill) - bill.dueFen;
  return {
    ...{ billId: bill.id, at: bill.createdAt, totalFen: bill.chargeFen + arrearsFen, toPayFen: toPayFen(bill) },
    ...{ paidFen: bill.paidFen, discounts: [...stay.usedDiscounts, ...bill.discounts] },
  };
}

/** For the driver. Where it comes from may name whoever granted it here, which is nobody's business there. */
function nameOf({ originKind, couponId, origin }: Discount): string {
  if (originKind === 'user') return '人工优惠';
  if (originKind === 'platform') return '平台优惠';
  return origin || (couponId === null ? '' : '优惠券');
}

/** Money in fen (unit 0), time in seconds (unit 1). */
function discountLine({ discount, amountFen, text }: AppliedDiscount) {
  const name = clip(nameOf(discount) || text || '优惠', 60);
  return discount.kind === 'minutes'
    ? { unit: 1, name, value: discount.value * 60 }
    : { unit: 0, name, value: amountFen };
}
