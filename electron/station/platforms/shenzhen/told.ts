import { z } from 'zod';
import { SHENZHEN, type ShenzhenContext } from './context.ts';
import { exitFields, parkRecordExit } from './messages/parkRecordExit.ts';

/** What the outbox says of a stay's records. */

type Needed = Pick<ShenzhenContext, 'station'>;

const DELIVERED = 1;
export const exitSchema = z.strictObject(exitFields);

/** Everything of a stay that was, or is to be, told, in the order in which it leaves. */
export const recordsOf = (uid: string, { station }: Needed) =>
  station()
    .read.outbox.ofStay(uid)
    .filter(({ platform }) => platform === SHENZHEN.name);

/** The exits of a stay, and whether the city has them, or may have. */
export const exitsOf = (
  uid: string,
  context: Needed,
): readonly { readonly exit: z.output<typeof exitSchema>; readonly isTold: boolean }[] =>
  recordsOf(uid, context).flatMap(({ message, state, maybe_delivered, body }) => {
    if (message !== parkRecordExit.name) return [];
    const parsed = exitSchema.safeParse(JSON.parse(body));
    return parsed.success ? [{ exit: parsed.data, isTold: state === DELIVERED || maybe_delivered === 1 }] : [];
  });
