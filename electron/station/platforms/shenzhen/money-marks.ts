import { z } from 'zod';
import { SHENZHEN, type ShenzhenContext } from './context.ts';

/** What is remembered of quotes and orders beyond bills and payments: durable, and forgotten by itself. */

type Needed = Pick<ShenzhenContext, 'clock' | 'commands'>;

/** Nobody pays, or tells of a payment, after so long. */
const KEPT_MS = 400 * 24 * 3_600_000;

const keptSchema = z.object({ until: z.int(), value: z.unknown() });

interface Mark<S extends z.ZodType> {
  recall(id: string, context: Needed): z.output<S> | undefined;
  remember(id: string, value: z.input<S>, context: Needed): void;
}

function mark<S extends z.ZodType>(name: string, schema: S): Mark<S> {
  const read = (id: string, { commands }: Needed): z.output<S> | undefined => {
    const text = commands.recall(SHENZHEN.name, `${name}:${id}`);
    const kept = text === undefined ? undefined : keptSchema.safeParse(JSON.parse(text)).data;
    return kept && schema.safeParse(kept.value).data;
  };
  return {
    recall: read,
    remember: (id, value, context) => {
      if (JSON.stringify(read(id, context)) === JSON.stringify(value)) return;
      const until = context.clock.now() + KEPT_MS;
      context.commands.remember(SHENZHEN.name, `${name}:${id}`, JSON.stringify({ until, value }));
    },
  };
}

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
  z.object({ uid: z.string(), amountFen: z.int().nullable(), how: z.enum(['waiting', 'came', 'nothing', 'person']) }),
);

/** By which order a coupon is used; only where that order is in the books. */
export const couponOrder = mark('coupon', z.object({ orderNum: z.string() }));
