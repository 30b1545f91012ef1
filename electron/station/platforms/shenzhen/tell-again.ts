import type { Stay } from '../../../../shared/domain/stay.ts';
import type { OutboxDraft } from '../platform.ts';
import { SHENZHEN, type ShenzhenContext } from './context.ts';
import { parkRecordEntry } from './messages/parkRecordEntry.ts';
import { exitBodyOf, parkRecordExit } from './messages/parkRecordExit.ts';
import { uidOf } from './record-code.ts';
import { recordOf } from './records.ts';
import { exitsOf, waits } from './told.ts';

/**
 * Records that the city asks for. What waits for it anyhow leaves when its pause is over, and is not doubled; what was taken, or refused, is
 * told once more in an order of its own, so that a refusal that waits for a person does not stand before it.
 *
 * @returns whether there is such a record
 */
export function tellAgain(recordCode: string, requestId: string, context: ShenzhenContext): boolean {
  const uid = uidOf(recordCode, context.site.code);
  const stay = uid === undefined ? undefined : context.station().read.stays.get(uid);
  if (stay === undefined) return false;
  const drafts = [entryAgain(stay, requestId, context), exitAgain(stay, requestId, context)];
  const wanted = drafts.filter((draft) => draft !== undefined);
  if (wanted.length > 0) context.commands.enqueue(SHENZHEN.name, wanted);
  return true;
}

const chainOf = (stay: Stay, requestId: string) => ({
  recordId: `asked-${requestId}`,
  key: `${stay.uid}:${requestId}`,
});

function entryAgain(stay: Stay, requestId: string, context: ShenzhenContext): OutboxDraft | undefined {
  if (waits(parkRecordEntry.name, stay.uid, context)) return undefined;
  return parkRecordEntry.draft({ ...chainOf(stay, requestId), body: recordOf(stay, context.settings) });
}

function exitAgain(stay: Stay, requestId: string, context: ShenzhenContext): OutboxDraft | undefined {
  if (stay.status === 'inside' || waits(parkRecordExit.name, stay.uid, context)) return undefined;
  // A stay that was closed has no exit of its own: when it ended stands in what the city was told.
  const at = stay.exitedAt ?? exitsOf(stay.uid, context).at(-1)?.exit.exitTime;
  if (at === undefined) return undefined;
  const exitRecordId = stay.exitRecordId ?? 'closed';
  const body = exitBodyOf(stay, { at, exitRecordId, asked: true }, context.settings);
  return parkRecordExit.draft({ ...chainOf(stay, requestId), body });
}
