import type { Stay } from '../../../../shared/domain/stay.ts';
import type { OutboxDraft } from '../platform.ts';
import { SHENZHEN, type ShenzhenContext } from './context.ts';
import { parkRecordEntry } from './messages/parkRecordEntry.ts';
import { exitBodyOf, parkRecordExit } from './messages/parkRecordExit.ts';
import { stayOf } from './record.ts';
import { recordOf } from './records.ts';
import { exitsOf, recordsOf } from './told.ts';

const WAITING = 0;
const REFUSED = 2;
const ASKED_ANEW = '平台要求重新上传该记录，已按最新内容另行上报';

/**
 * Records that the city asks for: the entry, and the exit of a car that left. What waits anyhow is not doubled. The rest is told once more
 * behind everything that the stay still has to say, the entry always before an exit. What the city refused of the stay gives way: it would
 * stand before all of it, and after the city took what it asked for a person could send it a second time.
 *
 * @returns whether there is such a record
 */
export function tellAgain(recordCode: string, requestId: string, context: ShenzhenContext): boolean {
  const stay = stayOf(recordCode, context);
  if (stay === undefined) return false;
  const recordId = `asked-${requestId}`;
  const entry = parkRecordEntry.draft({ recordId, key: stay.uid, body: recordOf(stay, context.settings) });
  const exit = exitAgain(stay, recordId, context);
  const drafts = exit === undefined ? [entry] : [entry, exit];
  if (!drafts.some(({ id }) => isThere(id, context))) ask(stay, { entry, exit }, context);
  return true;
}

/** This very request was carried out, but its answer not kept. */
const isThere = (draftId: string, { station }: ShenzhenContext): boolean =>
  station().read.outbox.ofDraft(SHENZHEN.name, draftId) !== undefined;

function ask(
  stay: Stay,
  { entry, exit }: { readonly entry: OutboxDraft; readonly exit: OutboxDraft | undefined },
  context: ShenzhenContext,
): void {
  const rows = recordsOf(stay.uid, context);
  const waiting = rows.filter(({ state }) => state === WAITING);
  const ids = rows.filter(({ state }) => state === REFUSED).map(({ id }) => id);
  const firstExit = waiting.find(({ message }) => message === exit?.message);
  const last = waiting.findLast(({ message }) => message === entry.message || message === exit?.message);
  const hasEntry = waiting.some(({ message }) => message === entry.message);
  const wanted = [
    ...(hasEntry ? [] : [entry]),
    ...(exit !== undefined && last?.message !== exit.message ? [exit] : []),
  ];
  if (wanted.length === 0 && ids.length === 0) return;
  context.commands.enqueue(SHENZHEN.name, wanted, {
    ...(!hasEntry && firstExit !== undefined && { before: firstExit.id }),
    ...(ids.length > 0 && { instead: { ids, reason: ASKED_ANEW } }),
  });
}

function exitAgain(stay: Stay, recordId: string, context: ShenzhenContext): OutboxDraft | undefined {
  if (stay.status === 'inside') return undefined;
  // A stay that was closed has no exit of its own: when it ended stands in what the city was told.
  const told = exitsOf(stay.uid, context).at(-1)?.exit;
  const at = stay.exitedAt ?? told?.exitTime;
  if (at === undefined) return undefined;
  const exitRecordId = stay.exitRecordId ?? told?.exitRecordId ?? 'closed';
  const body = exitBodyOf(stay, { at, exitRecordId, asked: true }, context.settings);
  return parkRecordExit.draft({ recordId, key: stay.uid, body });
}
