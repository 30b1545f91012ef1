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

/** Typed as a text, printed as a number of any length: no digit may get lost. */
const orderText = z.unknown().transform((value, context): string => {
  const text = typeof value === 'string' ? value.trim() : /^\d+$/.exec(stringifyLossless(value) ?? '')?.[0];
  if (text !== undefined && text !== '' && text.length <= 64) return text;
  context.addIssue({ code: 'custom', message: 'is no order number' });
  return z.NEVER;
});

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
