import { z } from 'zod';
import { marksOf } from '../kept-marks.ts';
import { SHENZHEN } from './context.ts';

/** What is remembered of quotes and orders beyond bills and payments. */

const mark = marksOf(SHENZHEN.name);

const quoteSchema = z.object({
  at: z.int(),
  /** Until then onlinePay pays it. */
  until: z.int(),
  /** Over which bill; null: over a debt, or over nothing. */
  billId: z.string().nullable(),
  /** needPay */
  payFen: z.int(),
  coupons: z.array(
    z.object({
      couponId: z.string(),
      kind: z.enum(['amount', 'minutes', 'rate', 'free']),
      value: z.int(),
      amountFen: z.int(),
    }),
  ),
});
export type Quote = z.output<typeof quoteSchema>;

/** What a record was last told to pay, the newest last; gone once one of them is paid. By the uid of its stay. */
export const quotesOf = mark('quotes', z.array(quoteSchema));

/**
 * An order beside the payments. `waiting`: onlinePay told of it without a sum · `came`: its sum was told since · `nothing`: over 0 yuan,
 * nothing is booked · `person`: its money has no bill here, and is a case.
 */
export const orderOf = mark(
  'order',
  z.object({
    uid: z.string(),
    amountFen: z.int().nullable(),
    how: z.enum(['waiting', 'came', 'nothing', 'person']),
    /** Since when it is waited for. */
    since: z.int().optional(),
  }),
);

/** Orders that are waited for, so that the alarms can be raised again: an alarm does not outlive the program. Under one id, {@link ALL}. */
export const waitingOrders = mark('waiting-orders', z.array(z.string()));
export const ALL = 'all';

/** By which order a coupon is used; only where that order is in the books. */
export const couponOrder = mark('coupon', z.object({ orderNum: z.string() }));
