import type { Evidence, EvidenceRow } from '../../../shared/contract/evidence.ts';
import type { MessageView } from '../../../shared/contract/outbox.ts';
import type { StayView } from '../../../shared/contract/stays.ts';
import type { Site } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { chainHash } from '../journal/chain.ts';
import { bodyOf, readRow } from '../journal/rows.ts';
import { NotFoundError } from '../runtime/errors.ts';
import type { Clock } from '../runtime/ports.ts';
import type { OutboxRow } from '../store/outbox-store.ts';
import type { Repositories } from '../store/repositories.ts';
import { type CollectedRow, collectRows, type LaneOfDevice } from './collect.ts';
import { laneNamesThen } from './lane-names.ts';
import { SectionBuilder } from './sections.ts';
import { plainWords, words } from './words.ts';

/** What the record needs besides the store. The views are the API's, so that a stay looks the same everywhere. */
export interface EvidenceContext {
  readonly clock: Clock;
  readonly site: Pick<Site, 'code' | 'name'>;
  readonly version: string;
  readonly laneOfDevice: LaneOfDevice;
  /** What a lane is called now; names in the events, as they were then, come first. */
  readonly laneName: (laneId: string) => string | undefined;
  readonly stayView: (stay: Stay) => StayView;
  readonly messageView: (row: OutboxRow) => MessageView;
}

/**
 * The evidence of one stay: its present state, what people ask for sorted into sections, and every row of the journal that tells of
 * it, in order, each with its digest and the one before it.
 *
 * @throws NotFoundError
 */
export function assembleEvidence(read: Repositories, uid: string, context: EvidenceContext): Evidence {
  const stay = read.stays.get(uid);
  if (!stay) throw new NotFoundError('没有这条停车记录');
  const collected = collectRows(read, stay, context.laneOfDevice);
  const names = laneNamesThen(collected.map(({ row }) => row));
  const laneName = (id: string | null): string | null =>
    id === null ? null : (names.get(id) ?? context.laneName(id) ?? id);

  const sections = new SectionBuilder();
  const around: Evidence['around'] = [];
  const timeline = collected.map((found) => {
    const line = timelineRow(found, read, laneName(found.row.lane_id));
    const mark = { seq: line.seq, at: line.at, lane: line.lane, actor: line.actor.name };
    const reading = readRow(found.row);
    if (found.relation === 'around') around.push({ ...mark, title: line.title, text: line.text });
    else if ('event' in reading) sections.add(reading.event, mark);
    return line;
  });
  const { anchor, messages } = { anchor: read.journal.last(), messages: read.outbox.ofStay(uid) };
  return {
    format: 'gatehouse-evidence-1',
    madeAt: toRfc3339(context.clock.now()),
    site: { code: context.site.code, name: context.site.name },
    version: context.version,
    anchor: { seq: anchor.seq, hash: anchor.hash },
    stay: context.stayView(stay),
    ...sections.done(),
    around,
    messages: messages.map((row) => ({
      ...context.messageView(row),
      journalSeq: row.journal_seq,
      maybeDelivered: row.maybe_delivered === 1,
    })),
    timeline,
  };
}

function timelineRow({ row, relation }: CollectedRow, read: Repositories, lane: string | null): EvidenceRow {
  const previousHash = read.journal.hashOf(row.seq - 1) ?? '';
  const body = bodyOf(row) ?? { unreadable: row.body };
  const reading = readRow(row);
  return {
    seq: row.seq,
    at: toRfc3339(row.at_ms),
    kind: row.kind,
    key: row.key,
    laneId: row.lane_id,
    passageId: row.passage_id,
    actor: { kind: row.actor_kind, name: row.actor_name },
    body,
    hash: row.hash,
    lane,
    previousHash,
    intact: chainHash(previousHash, row) === row.hash,
    relation,
    ...('event' in reading ? words(reading.event) : plainWords(row.kind, body)),
  };
}
