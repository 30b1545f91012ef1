import { z } from 'zod';
import { KEYTOP, type KeytopContext } from './context.ts';

/** What is remembered of orders beyond bills and payments: durable, and forgotten by itself. */

type Needed = Pick<KeytopContext, 'clock' | 'commands'>;

/** Nobody asks for an order, or pays it, after so long. */
const KEPT_MS = 400 * 24 * 3_600_000;

const keptSchema = z.object({ until: z.int(), value: z.unknown() });

interface Mark<S extends z.ZodType> {
  recall(id: string, context: Needed): z.output<S> | undefined;
  remember(id: string, value: z.input<S>, context: Needed): void;
}

function mark<S extends z.ZodType>(name: string, schema: S): Mark<S> {
  const read = (id: string, { commands }: Needed): z.output<S> | undefined => {
    const text = commands.recall(KEYTOP.name, `${name}:${id}`);
    const kept = text === undefined ? undefined : keptSchema.safeParse(JSON.parse(text)).data;
    return kept && schema.safeParse(kept.value).data;
  };
  return {
    recall: read,
    remember: (id, value, context) => {
      if (JSON.stringify(read(id, context)) === JSON.stringify(value)) return;
      const until = context.clock.now() + KEPT_MS;
      context.commands.remember(KEYTOP.name, `${name}:${id}`, JSON.stringify({ until, value }));
    },
  };
}

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
