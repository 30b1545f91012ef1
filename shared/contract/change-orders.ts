import { z } from 'zod';
import { changeOrderSchema, changeOrderStateSchema } from '../domain/change-order.ts';
import { timestampSchema } from '../domain/time.ts';
import { pageInput, pageOf, procedure } from './base.ts';

const tags = ['change'];
const id = z
  .string()
  .regex(/^\d{6,20}$/)
  .describe('找零订单号');

const settled = changeOrderSchema.shape.settled.unwrap().omit({ shiftId: true });

/** How whoever takes cash wants the change given. */
export const changeBySchema = z
  .enum(['cash', 'code'])
  .default('cash')
  .describe('code: a platform gives the change on its page (扫码找零), where one does; the cash stays here');

/** 找零订单. */
export const changeOrderViewSchema = changeOrderSchema
  .omit({ shiftId: true, billId: true, enteredAt: true, chargeType: true })
  .extend({
    paidAt: timestampSchema,
    account: z.string().nullable().describe('To which account, masked'),
    givenAt: timestampSchema.nullable(),
    settled: settled.extend({ at: timestampSchema }).nullable(),
    url: z.string().nullable().describe('What the code says that the driver scans; null once the order is over'),
  });
export type ChangeOrderView = z.infer<typeof changeOrderViewSchema>;

/** Change that a platform gives on the driver's phone. A pay machine uses the same calls as the booth. */
export const changeOrders = {
  list: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/change-orders',
    summary: 'Change orders, newest first',
    tags,
  })
    .input(
      z.object({
        state: changeOrderStateSchema.optional(),
        text: z.string().trim().max(40).optional().describe('Part of a plate, or how an order number begins'),
        from: timestampSchema.optional().describe('Paid at or after'),
        to: timestampSchema.optional().describe('Paid before'),
        ...pageInput,
      }),
    )
    .output(pageOf(changeOrderViewSchema)),
  get: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/change-orders/{id}',
    summary: 'One change order by its number',
    tags,
  })
    .input(z.object({ id }))
    .output(changeOrderViewSchema),
  /** 现金补找. Once: an order that is over answers 409 `change-over`. The platform's notice of it is refused from then on. */
  settle: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/change-orders/{id}/settle',
    summary: 'The change was handed over in cash after all',
    tags,
  })
    .input(z.object({ id }))
    .output(changeOrderViewSchema),
};

/** What tickets carry besides words. */
export const tickets = {
  pages: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/tickets/pages',
    summary: 'Pages of a platform that codes on tickets lead to',
    tags: ['tickets'],
  }).output(
    z.object({
      entry: z.string().nullable().describe('What the code on an entry ticket says; null: no code'),
      change: z
        .object({ platform: z.string() })
        .nullable()
        .describe('Who gives change by code; each order has a code of its own'),
    }),
  ),
};
