import { type EventDraft, STATION } from '../../../shared/domain/events.ts';
import type { Lane, LaneDirection } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { PlateRead } from '../devices/device.ts';
import type { ReadStore } from '../store/read-store.ts';
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
  capturedAt: read.capturedAt,
  stored: read.stored,
  direction,
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

/** Two reads with one counter value are one car when their captures lie no further apart than this. */
const REPEAT_WINDOW_MS = 10 * 60_000;

/** The passage of a read that came before with the same number of the same camera. */
export function knownRead(reads: ReadStore, read: PlateRead): { readonly passageId: string | null } | undefined {
  if (read.plateId === null) return undefined;
  const known = reads.get(read.serialNo, read.plateId);
  if (!known) return undefined;
  // The counter of a camera starts again when it is replaced or reset: an equal number from another hour is another car.
  const apart =
    read.capturedAt !== null && known.capturedAt !== null
      ? Math.abs(read.capturedAt - known.capturedAt)
      : Math.abs(read.receivedAt - known.receivedAt);
  return apart <= REPEAT_WINDOW_MS ? known : undefined;
}
