import { believable } from '../../../shared/domain/captured.ts';
import { type EventDraft, STATION } from '../../../shared/domain/events.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Lane, LaneDirection } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { PlateRead } from '../devices/device.ts';
import { readRow } from '../journal/rows.ts';
import type { RememberedRead } from '../store/read-store.ts';
import type { Repositories } from '../store/repositories.ts';
import type { Tx } from '../store/store.ts';
import type { PhotoRef } from './state.ts';

/** Writes a camera's read down, and remembers it: the same one again is the same car, or again nobody who came. */
export function recordRead(tx: Tx, read: PlateRead, lane: Lane, passageId: string, direction: LaneDirection): void {
  const about = { key: null, laneId: lane.id, passageId, actor: STATION };
  tx.record({ ...about, kind: 'plate-read', body: readBody(read, direction) });
  if (read.plateId === null) return;
  const { serialNo, plateId, capturedAt, receivedAt } = read;
  tx.reads.put({ serialNo, plateId, capturedAt, receivedAt, laneId: lane.id, passageId });
}

/** What the journal keeps of a camera's read. */
const readBody = (read: PlateRead, direction: LaneDirection): Extract<EventDraft, { kind: 'plate-read' }>['body'] => ({
  deviceId: read.deviceId,
  serialNo: read.serialNo,
  plateId: read.plateId,
  plate: read.plate,
  confidence: read.confidence,
  trigger: read.trigger,
  capturedAt: believable(read.capturedAt, read.receivedAt),
  stored: read.stored,
  direction,
  ...(read.openedByCamera === true && { openedByCamera: true }),
});

/** A picture that came by itself, as evidence of `stay` where it is of one. */
export const photoEvent = (
  photo: PhotoRef,
  of: {
    readonly lane: Lane;
    readonly passageId: string;
    readonly purpose: 'entry' | 'exit' | 'stored';
    readonly stay: Stay | null;
  },
): EventDraft => ({
  kind: 'photo-taken',
  key: of.stay?.uid ?? null,
  laneId: of.lane.id,
  passageId: of.passageId,
  actor: STATION,
  body: {
    photoId: photo.id,
    purpose: of.purpose,
    stay: of.stay,
    takenAt: photo.takenAt,
    name: photo.name,
    bytes: photo.bytes,
    sha256: photo.sha256,
  },
});

/** Two reads with one counter value are one car when they lie no further apart than this. */
const REPEAT_WINDOW_MS = 10 * 60_000;
/** A camera that reads on second thought what it could not read does so at once. */
const SECOND_THOUGHT_MS = 30_000;

/** Whether a read came before. `reused`: its number did, for another car of just now: the counter of the camera began again. */
export type Recognised =
  | { readonly is: 'new' | 'reused' }
  | { readonly is: 'again'; readonly passageId: string | null };

/** Looks for the read that came before with the same number of the same camera. */
export function recognise({ reads, journal }: Pick<Repositories, 'reads' | 'journal'>, read: PlateRead): Recognised {
  const known = read.plateId === null ? undefined : reads.get(read.serialNo, read.plateId);
  if (!known) return { is: 'new' };
  const likeness = read.completes ? 'same' : likenessOf(read.plate, plateOf(journal, known));
  const windowMs = likeness === 'perhaps' ? SECOND_THOUGHT_MS : REPEAT_WINDOW_MS;
  if (likeness !== 'other' && isSameMoment(read, known, windowMs)) return { is: 'again', passageId: known.passageId };
  // The counter of a camera that is replaced or reset starts again, too: an equal number from another day is nothing to speak of.
  return { is: seemsNear(read, known) ? 'reused' : 'new' };
}

/** `perhaps`: one of them could not be read. */
function likenessOf(plate: Plate, before: Plate | null): 'same' | 'perhaps' | 'other' {
  if (before === null || plate.text === before.text) return 'same';
  return plate.text === '' || before.text === '' ? 'perhaps' : 'other';
}

/** What was read then; null where that is not known any more. */
function plateOf(journal: Repositories['journal'], { passageId }: RememberedRead): Plate | null {
  if (passageId === null) return null;
  for (const row of journal.storedOfPassage(passageId)) {
    const reading = readRow(row);
    if ('event' in reading && reading.event.kind === 'plate-read') return reading.event.body.plate;
  }
  return null;
}

type Moments = Pick<RememberedRead, 'capturedAt' | 'receivedAt'>;

/** How far apart they were taken, by a clock that may be right; null: nobody knows. */
function takenApart(one: Moments, other: Moments): number | null {
  const [first, second] = [one, other].map(({ capturedAt, receivedAt }) => believable(capturedAt, receivedAt));
  return first == null || second == null ? null : Math.abs(first - second);
}

/**
 * Both clocks have a say, the camera's and ours: without a battery the camera's begins again with its counter. Ours says nothing of what
 * the camera kept and tells later, nor, since it may have been set meanwhile, where both were taken at the very same moment.
 */
function isSameMoment(read: PlateRead, known: RememberedRead, windowMs: number): boolean {
  const apart = takenApart(read, known);
  const exactly = read.stored && read.capturedAt !== null && read.capturedAt === known.capturedAt;
  if (apart === 0 || exactly) return true;
  if (apart !== null && apart > windowMs) return false;
  if (apart !== null && read.stored) return true;
  return Math.abs(read.receivedAt - known.receivedAt) <= windowMs;
}

/** Close by either clock, be it right or wrong. */
function seemsNear(read: PlateRead, known: RememberedRead): boolean {
  const taken =
    read.capturedAt === null || known.capturedAt === null
      ? Number.POSITIVE_INFINITY
      : Math.abs(read.capturedAt - known.capturedAt);
  return Math.min(taken, Math.abs(read.receivedAt - known.receivedAt)) <= REPEAT_WINDOW_MS;
}
