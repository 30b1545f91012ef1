import { z } from 'zod';
import { fenSchema } from './money.ts';
import { paymentMethodSchema } from './money-flow.ts';
import { plateSchema } from './plate.ts';

/** How an order ended, or that it stands: open 待找零 · given 已找零, by the platform · by-hand: in cash after all. */
export const changeOrderStateSchema = z.enum(['open', 'given', 'by-hand']);
export type ChangeOrderState = z.infer<typeof changeOrderStateSchema>;

/**
 * 找零订单: a driver handed over more cash than was due, and a platform pays the difference to the driver's phone. The car is paid for;
 * the cash stays in the drawer, where the platform is owed it. Fen and epoch ms.
 */
export const changeOrderSchema = z.object({
  /** 找零订单号: digits that a person can type, and that nobody can guess. */
  id: z.string().regex(/^\d{6,20}$/),
  /** Whose page pays it out. */
  platform: z.string().max(40),
  state: changeOrderStateSchema,
  /** The bill that the cash paid, and its stay. */
  billId: z.string(),
  uid: z.string(),
  plate: plateSchema,
  identity: z.string().nullable(),
  /** null: nobody saw the car come in (异常数据). */
  enteredAt: z.int().nullable(),
  /** Due in cash (应缴), handed over (投币), and the difference: what the driver gets. */
  payFen: fenSchema,
  receivedFen: fenSchema,
  amountFen: fenSchema.min(1),
  laneId: z.string().nullable(),
  /** Whose drawer keeps the change; null: no shift ran. */
  shiftId: z.string().nullable(),
  /** Who took the cash. */
  cashier: z.string(),
  paidAt: z.int(),
  /** Given: how, as the platform codes it and as we call it, to which account, when. */
  chargeType: z.string().max(20).nullable(),
  method: paymentMethodSchema.nullable(),
  account: z.string().max(200).nullable(),
  givenAt: z.int().nullable(),
  /** By hand: why, by whom, when, and out of whose drawer. */
  settled: z
    .object({
      /** cash: handed over at a window · turned-back: the car did not go, and got everything back. */
      why: z.enum(['cash', 'turned-back']),
      by: z.string(),
      at: z.int(),
      shiftId: z.string().nullable(),
    })
    .nullable(),
});
export type ChangeOrder = z.infer<typeof changeOrderSchema>;

/** An account of a payer as people may see it: its ends, where there is enough between them. */
export const maskedAccount = (account: string): string =>
  account.length <= 6 ? '***' : `${account.slice(0, 2)}***${account.slice(-2)}`;
