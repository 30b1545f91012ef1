import { z } from 'zod';
import { fen } from './car.ts';
import { KEYTOP, type KeytopContext } from './context.ts';

/** Notes go by themselves: no stay goes on for longer. */
const KEPT_MS = 400 * 24 * 3_600_000;

const text = z.string().min(1).max(60);

/** What PostCarOutInfo and the correction of it have in common, as it is written. */
export const sentFields = {
  plateNo: z.string().min(1).max(16),
  ...{ entryTime: text, leaveTime: text, totalMoney: fen, leavePlace: text },
};
const sentSchema = z.object(sentFields);

const toldSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('paid'), paidFen: z.int() }),
  z.object({ state: z.literal('declined'), detail: z.string() }),
  /** Whatever it was: the third party has taken the correction. */
  z.object({ state: z.literal('corrected') }),
]);
export type Told = z.output<typeof toldSchema>;

const keptSchema = z.object({
  until: z.int(),
  /** What was sent with PostCarOutInfo, to the letter: the correction says the same, for there is no number to know it by. */
  sent: sentSchema,
  /** What came of it, as soon as that is known; null: nothing has been heard. */
  told: toldSchema.nullable(),
});
type Kept = z.output<typeof keptSchema>;

type Needed = Pick<KeytopContext, 'clock' | 'commands'>;

/** What is known of a PostCarOutInfo, by the attempt that it was sent for. */
export function outKept(attemptId: string, { commands }: Needed): Kept | undefined {
  const text = commands.recall(KEYTOP.name, keyOf(attemptId));
  return text === undefined ? undefined : keptSchema.safeParse(JSON.parse(text)).data;
}

/** Before the request leaves. */
export function keepOut(attemptId: string, sent: Kept['sent'], context: Needed): void {
  const until = context.clock.now() + KEPT_MS;
  put(attemptId, { until, sent, told: null }, context);
}

export function noteTold(attemptId: string, told: Told, context: Needed): void {
  const kept = outKept(attemptId, context);
  if (kept) put(attemptId, { ...kept, told }, context);
}

const keyOf = (attemptId: string): string => `out:${attemptId}`;

const put = (attemptId: string, kept: Kept, { commands }: Needed): void =>
  commands.remember(KEYTOP.name, keyOf(attemptId), JSON.stringify(kept));
