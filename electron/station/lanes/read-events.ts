import { type EventDraft, STATION } from '../../../shared/domain/events.ts';
import type { Lane, LaneDirection } from '../../../shared/domain/site.ts';
import type { PlateRead } from '../devices/device.ts';
import type { PhotoRef } from './state.ts';

/** What the journal keeps of a camera's read. */
export const readBody = (
  read: PlateRead,
  direction: LaneDirection,
): Extract<EventDraft, { kind: 'plate-read' }>['body'] => ({
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

export const storedPhoto = (photo: PhotoRef, lane: Lane, passageId: string): EventDraft => ({
  kind: 'photo-taken',
  key: null,
  laneId: lane.id,
  passageId,
  actor: STATION,
  body: {
    photoId: photo.id,
    purpose: 'stored',
    stay: null,
    takenAt: photo.takenAt,
    name: photo.name,
    bytes: photo.bytes,
    sha256: photo.sha256,
  },
});
