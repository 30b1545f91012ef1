import { z } from 'zod';
import type { Plate } from '../../../../shared/domain/plate.ts';
import { type LaneDirection, laneDirectionSchema } from '../../../../shared/domain/site.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { optionalText, text } from '../wire-fields.ts';
import type { VankeContext, VankeWire } from './context.ts';
import { color, instant, plateFields, plateNumber, toWireTime, uuid, uuidOf } from './fields.ts';
import { photoLink } from './photo-links.ts';
import { readerNoAt } from './reader.ts';

const DAY_MS = 86_400_000;

/** One recognition (识别记录), whether it is asked about at the lane, told of, or fetched by the platform. */
export const recognitionSchema = z.strictObject({
  uuid,
  laneId: text(40),
  direction: laneDirectionSchema,
  /** When the plate was read. */
  at: instant,
  photoId: optionalText(60),
  plateNumber,
  color,
  reliability: z.int().min(0).max(100).nullable(),
  /** It was asked about at the lane often enough in vain: it is pushed no more, the platform fetches it. */
  failed: z.boolean(),
});
type Recognition = z.output<typeof recognitionSchema>;

export function recognitionOf(car: {
  readonly passageId: string;
  readonly laneId: string;
  readonly direction: LaneDirection;
  readonly at: EpochMs;
  readonly plate: Plate;
  readonly photoId: string | null;
  readonly confidence: number | null;
  readonly failed: boolean;
}): Recognition {
  const { passageId, laneId, direction, at, plate, photoId, confidence, failed } = car;
  const reliability = confidence === null ? null : Math.min(100, Math.max(0, Math.round(confidence)));
  return { uuid: uuidOf(passageId, plate), laneId, direction, at, photoId, ...plateFields(plate), reliability, failed };
}

/** Whether it was asked about in vain. */
export const isFailedPush = (body: unknown): boolean => recognitionSchema.safeParse(body).data?.failed === true;

/** The fields of the table, the same each time that the recognition is told, asked about or fetched. */
export function recognitionWire(
  { uuid, laneId, direction, at, photoId, plateNumber, color, reliability }: Recognition,
  context: Pick<VankeContext, 'station' | 'settings' | 'publicUrl' | 'commands' | 'clock'>,
) {
  const until = pictureEnd(at, context);
  return {
    deviceNo: readerNoAt(laneId, direction, context),
    uuid,
    recognitionTime: toWireTime(at),
    image: photoLink(photoId, until, context),
    plateNumber,
    color,
    reliability: reliability ?? undefined,
  } satisfies VankeWire;
}

/** A picture's address ends so long after the recognition. Told later than half of that it holds as long again, and again. */
function pictureEnd(at: EpochMs, { settings, clock }: Pick<VankeContext, 'settings' | 'clock'>): EpochMs {
  const holds = settings.photo.days * DAY_MS;
  return at + holds * Math.max(1, Math.ceil((clock.now() - at) / holds + 0.5));
}
