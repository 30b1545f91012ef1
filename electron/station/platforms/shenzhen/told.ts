import { z } from 'zod';
import { SHENZHEN, type ShenzhenContext } from './context.ts';
import { exitFields, parkRecordExit } from './messages/parkRecordExit.ts';

/** What the outbox says of a stay's records. */

type Needed = Pick<ShenzhenContext, 'station'>;

const WAITING = 0;
const DELIVERED = 1;
export const exitSchema = z.strictObject(exitFields);

const rowsOf = (name: string, uid: string, { station }: Needed) =>
  station()
    .read.outbox.ofStay(uid)
    .filter(({ platform, message }) => platform === SHENZHEN.name && message === name);

/** Whether a message of this stay is still to leave by itself. */
export const waits = (name: string, uid: string, context: Needed): boolean =>
  rowsOf(name, uid, context).some(({ state }) => state === WAITING);

/** The exits of a stay, and whether the city has them, or may have. */
export const exitsOf = (
  uid: string,
  context: Needed,
): readonly { readonly exit: z.output<typeof exitSchema>; readonly isTold: boolean }[] =>
  rowsOf(parkRecordExit.name, uid, context).flatMap(({ state, maybe_delivered, body }) => {
    const parsed = exitSchema.safeParse(JSON.parse(body));
    return parsed.success ? [{ exit: parsed.data, isTold: state === DELIVERED || maybe_delivered === 1 }] : [];
  });
