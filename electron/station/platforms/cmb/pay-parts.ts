import { z } from 'zod';
import { BANK } from './actor.ts';
import type { CmbContext } from './context.ts';
import type { PaidOrder } from './pay-list.ts';

/** Payments of one push that were booked as one, under a number of their own: the bank knows only theirs. */

const partsSchema = z.array(z.object({ order: z.string(), amountFen: z.int() }));
const keyOf = (reference: string): string => `pay-parts:${reference}`;

type Needed = Pick<CmbContext, 'commands'>;

export function noteParts(reference: string, parts: readonly PaidOrder[], { commands }: Needed): void {
  commands.remember(BANK.name, keyOf(reference), JSON.stringify(parts));
}

/** What was booked under this number; empty for a payment that stood alone. */
export function partsOf(reference: string, { commands }: Needed): readonly PaidOrder[] {
  const kept = commands.recall(BANK.name, keyOf(reference));
  return kept === undefined ? [] : (partsSchema.safeParse(JSON.parse(kept)).data ?? []);
}
