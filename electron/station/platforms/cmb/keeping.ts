import { z } from 'zod';
import { BANK } from './actor.ts';
import type { CmbContext } from './context.ts';

/** Marks that go by themselves: no bank tells a payment again after so long, and no stay goes on for longer. */
const KEPT_MS = 400 * 24 * 3_600_000;

const keptSchema = z.object({ until: z.int(), value: z.unknown() });

type Needed = Pick<CmbContext, 'clock' | 'commands'>;

export interface Mark<S extends z.ZodType> {
  recall(id: string, context: Needed): z.output<S> | undefined;
  remember(id: string, value: z.input<S>, context: Needed): void;
}

/** Something that is known of a payment, durably, under `name` and a number. What is known already is not written anew. */
export function mark<S extends z.ZodType>(name: string, schema: S): Mark<S> {
  const keyOf = (id: string): string => `${name}:${id}`;
  const read = (id: string, { commands }: Needed): z.output<S> | undefined => {
    const text = commands.recall(BANK.name, keyOf(id));
    const kept = text === undefined ? undefined : keptSchema.safeParse(JSON.parse(text)).data;
    return kept && schema.safeParse(kept.value).data;
  };
  return {
    recall: read,
    remember: (id, value, context) => {
      if (JSON.stringify(read(id, context)) === JSON.stringify(value)) return;
      const until = context.clock.now() + KEPT_MS;
      context.commands.remember(BANK.name, keyOf(id), JSON.stringify({ until, value }));
    },
  };
}
