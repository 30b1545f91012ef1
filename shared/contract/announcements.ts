import { z } from 'zod';
import {
  announcedVehicleSchema,
  announcementEventSchema,
  announcementTextSchema,
  placeholderSchema,
} from '../domain/announcement-text.ts';
import { displayColorSchema, displayLineSchema } from '../domain/display.ts';
import { timestampSchema } from '../domain/time.ts';
import { procedure } from './base.ts';

const tags = ['announcements'];

/** A text, and what stands in the place of its placeholders: what is given, else what is known at the lane, else made-up values. */
const filling = {
  text: announcementTextSchema,
  laneId: z.string().min(1).max(40).optional().describe('Values as they are at this lane now'),
  values: z.partialRecord(placeholderSchema, z.string().max(60)).default({}),
};

const filledSchema = z.object({
  text: z.string(),
  columns: z.int().describe('Half-width columns; a Chinese character takes two'),
  cut: z.boolean().describe('Its end did not fit'),
});

export const announcementPreviewSchema = z.object({
  lines: z.array(
    filledSchema.extend({
      color: displayColorSchema,
      absent: z.boolean().describe('A placeholder has no value: the line is left out'),
    }),
  ),
  speech: filledSchema,
});
export type AnnouncementPreview = z.infer<typeof announcementPreviewSchema>;

/** A display at the lanes, and what it was given last. */
export const announcingDisplaySchema = z.object({
  id: z.string(),
  driver: z.string(),
  state: z.enum(['online', 'offline', 'unknown']),
  speaks: z.boolean(),
  lanes: z.array(z.object({ id: z.string(), name: z.string() })),
  given: z
    .object({
      at: timestampSchema,
      by: z.enum(['lane', 'platform', 'test']),
      event: announcementEventSchema.nullable(),
      vehicle: announcedVehicleSchema.nullable(),
      lines: z.array(displayLineSchema),
      speech: z.string(),
      outcome: z.enum(['pending', 'done', 'refused', 'unknown']),
      detail: z.string(),
    })
    .nullable(),
});
export type AnnouncingDisplay = z.infer<typeof announcingDisplaySchema>;

/** 屏显与语音: the texts themselves are rules of the car park, see `lanes.changeRules`. */
export const announcements = {
  now: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/announcements/now',
    summary: 'What each display shows, and how loud displays speak now',
    tags,
  }).output(z.object({ volume: z.int(), displays: z.array(announcingDisplaySchema) })),
  preview: procedure({
    access: 'manager',
    method: 'POST',
    path: '/announcements/preview',
    summary: 'A text with values filled in, as wide as a display takes it',
    tags,
  })
    .input(z.object(filling))
    .output(announcementPreviewSchema),
  /** Shown now, for as long as any text; spoken only when asked for. A journal row says who did it. */
  try: procedure({
    access: 'manager',
    method: 'POST',
    path: '/announcements/try',
    summary: 'Show a text on a display now',
    tags,
  })
    .input(z.object({ ...filling, displayId: z.string().min(1).max(40), speak: z.boolean().default(false) }))
    .output(z.object({ outcome: z.enum(['done', 'refused', 'unknown']), detail: z.string() })),
};
