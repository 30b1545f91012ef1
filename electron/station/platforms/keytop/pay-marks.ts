import { z } from 'zod';
import { marksOf } from '../kept-marks.ts';
import { KEYTOP } from './context.ts';

/** What is remembered of orders beyond bills and payments. */

const mark = marksOf(KEYTOP.name);

/** Until when an order over a bill holds, by the order's number. The first one of a bill bears the number of the bill. */
export const orderUntil = mark('order-until', z.int());

/** The bill of an order with a number of its own: an earlier one over that bill has run out. */
export const orderBill = mark('order-bill', z.string());

/** The order over a bill that was told last. */
export const lastOrder = mark('order-of', z.string());

/** A 0-yuan order is an order: of which stay, made when, and whether it was told as paid. */
export const zeroOrder = mark('zero-order', z.object({ uid: z.string(), at: z.int(), told: z.boolean() }));

/** The 0-yuan order of a stay that was made last. */
export const lastZeroOrder = mark('zero-order-of', z.string());

/** Money for this order came too late and goes back: it never holds again, whatever the clock says. */
export const lateOrder = mark('late-order', z.literal(true));
