import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CmbContext } from './context.ts';
import { mark } from './keeping.ts';
import { MAX_ORDER, type PaidOrder } from './pay-list.ts';

/** Payments of one push that were booked as one, under a number of their own: the bank knows only theirs. */

const parts = mark('pay-parts', z.array(z.object({ order: z.string(), amountFen: z.int() })));
const part = mark('pay-part', z.object({ reference: z.string(), amountFen: z.int() }));

type Needed = Pick<CmbContext, 'clock' | 'commands'>;

/** The number under which several payments are booked as one. Each is found by its own, from before the money is booked. */
export function joined(paid: readonly PaidOrder[], context: Needed): string {
  const [first] = paid;
  if (!first || paid.length === 1) return first?.order ?? '';
  const all = paid.map(({ order }) => order).join('+');
  const digest = createHash('sha256').update(all).digest('hex').slice(0, 16);
  const reference = all.length <= MAX_ORDER ? all : `${first.order.slice(0, MAX_ORDER - 17)}+${digest}`;
  parts.remember(
    reference,
    paid.map(({ order, amountFen }) => ({ order, amountFen })),
    context,
  );
  for (const { order, amountFen } of paid) part.remember(order, { reference, amountFen }, context);
  return reference;
}

/** What was booked under this number; empty for a payment that stood alone. */
export const partsOf = (reference: string, context: Needed): readonly PaidOrder[] =>
  parts.recall(reference, context) ?? [];

/** Under which number a payment was told together with others, and with what sum. */
export const partOf = (order: string, context: Needed) => part.recall(order, context);
