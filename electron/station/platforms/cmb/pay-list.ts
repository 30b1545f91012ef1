import { z } from 'zod';
import { MAX_FEN } from '../../../../shared/domain/money.ts';
import { parseLossless, stringifyLossless } from '../lossless-json.ts';

/** One payment of a `pay_list` (4.2). */
export interface PaidOrder {
  /** The bank's number of this payment. */
  readonly order: string;
  readonly amountFen: number;
}

/** 招行支付: nothing else is ever told here, and any other code would be money of another kind. */
const PAY_TYPE = 99;
const MAX_ORDERS = 20;
/** As long as an AutoPay's `channel_order` may be, for its echo comes under the same number. */
export const MAX_ORDER = 100;

/** Typed as a text, printed as a number of any length: no digit may get lost. */
const orderText = z.unknown().transform((value, context): string => {
  const text = textOf(value);
  if (text !== undefined && text !== '' && text.length <= MAX_ORDER) return text;
  context.addIssue({ code: 'custom', message: 'is no order number' });
  return z.NEVER;
});

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.trim() : /^\d+$/.exec(stringifyLossless(value) ?? '')?.[0];

/** A whole number, which some systems write as a text. */
const whole = z.union([
  z.int(),
  z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number),
]);

const elementSchema = z
  .looseObject({
    pay_type: whole.pipe(z.literal(PAY_TYPE)),
    amount: whole.pipe(z.int().min(1).max(MAX_FEN)),
    order: orderText,
  })
  .transform(({ amount, order }): PaidOrder => ({ order, amountFen: amount }));

/** JSON inside one field of the form. The same payment twice is one; with two amounts it is none that can be read. */
export const payList = z.string().transform((text, context): readonly PaidOrder[] => {
  const parsed = z.array(elementSchema).min(1).max(MAX_ORDERS).safeParse(jsonOf(text));
  if (!parsed.success) {
    for (const issue of parsed.error.issues.slice(0, 3))
      context.addIssue({ code: 'custom', message: issue.message, path: issue.path });
    return z.NEVER;
  }
  const orders = new Map<string, PaidOrder>();
  for (const paid of parsed.data) {
    const known = orders.get(paid.order);
    if (known && known.amountFen !== paid.amountFen) {
      context.addIssue({ code: 'custom', message: 'one order with two amounts' });
      return z.NEVER;
    }
    orders.set(paid.order, paid);
  }
  return [...orders.values()];
});

function jsonOf(text: string): unknown {
  try {
    return parseLossless(text);
  } catch {
    return undefined;
  }
}

const anyElement = z.looseObject({ order: z.unknown().transform(textOf), amount: whole.optional().catch(undefined) });

/** What can be read of a list that cannot be read as a whole: orders, and their sums where they have one. */
export function readableOrders(text: string): readonly { readonly order: string; readonly amountFen: number | null }[] {
  const list = z.array(z.unknown()).safeParse(jsonOf(text)).data ?? [];
  const found = new Map<string, number | null>();
  for (const element of list.slice(0, MAX_READABLE)) {
    const { order, amount } = anyElement.safeParse(element).data ?? {};
    if (order) found.set(order, amount ?? found.get(order) ?? null);
  }
  return [...found].map(([order, amountFen]) => ({ order, amountFen }));
}
const MAX_READABLE = 100;
