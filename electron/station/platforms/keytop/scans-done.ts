import { z } from 'zod';
import type { Lane } from '../../../../shared/domain/site.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { KEYTOP, type KeytopContext } from './context.ts';

/** A scan that let its car through is not carried out again when it comes again: the third party cannot number what it asks. */

const REPEAT_MS = 60_000;
const MOST = 10;

const scanSchema = z.object({ cardNo: z.string(), at: z.int(), inside: z.boolean() });
const scansSchema = z.array(scanSchema);

/** So soon after the arm went up for a card its scan is a repeat. */
export const isRepeatOf = (at: EpochMs, { clock }: Pick<KeytopContext, 'clock'>): boolean =>
  Math.abs(clock.now() - at) < REPEAT_MS;

const keyOf = ({ id }: Lane): string => `scans:${id}`;

/** The last scans of a lane that let somebody through, and may come again. */
function lately(lane: Lane, context: KeytopContext): readonly z.output<typeof scanSchema>[] {
  const kept = context.commands.recall(KEYTOP.name, keyOf(lane));
  const scans = kept === undefined ? [] : (scansSchema.safeParse(JSON.parse(kept)).data ?? []);
  return scans.filter(({ at }) => isRepeatOf(at, context));
}

/** Whether a car with this number stands in the car park. */
export const isInside = (cardNo: string, { station }: KeytopContext): boolean =>
  station().read.stays.insideIdentity(cardNo) !== undefined;

/** The same card at the same lane was let through just now, and nothing became of it since. */
export const wasLetThrough = (lane: Lane, cardNo: string, context: KeytopContext): boolean =>
  lately(lane, context).some((scan) => scan.cardNo === cardNo && scan.inside === isInside(cardNo, context));

/** Durable: a repeat may come after a restart. */
export function letThroughNow(lane: Lane, cardNo: string, context: KeytopContext): void {
  const others = lately(lane, context).filter((scan) => scan.cardNo !== cardNo);
  const scan: z.input<typeof scanSchema> = { cardNo, at: context.clock.now(), inside: isInside(cardNo, context) };
  context.commands.remember(KEYTOP.name, keyOf(lane), JSON.stringify([...others, scan].slice(-MOST)));
}
