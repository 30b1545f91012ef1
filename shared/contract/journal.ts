import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { actorSchema, figuresSchema } from '../domain/events.ts';
import { siteKindSchema, spacesSchema } from '../domain/site.ts';
import { timestampSchema } from '../domain/time.ts';
import { procedure } from './base.ts';
import { laneViewSchema } from './lanes.ts';
import { platformLinkSchema } from './outbox.ts';

/** A row of the journal as shown to people. `kind` and `body` are those of `shared/domain/events.ts`. */
export const eventViewSchema = z.object({
  seq: z.int(),
  at: timestampSchema,
  kind: z.string(),
  key: z.string().nullable(),
  laneId: z.string().nullable(),
  passageId: z.string().nullable(),
  actor: actorSchema,
  body: z.record(z.string(), z.unknown()),
  hash: z.string(),
});
export type EventView = z.infer<typeof eventViewSchema>;

const filter = {
  kind: z.string().max(40).optional(),
  user: z.string().max(40).optional().describe('Only what this person did'),
  from: timestampSchema.optional().describe('At or after'),
  to: timestampSchema.optional().describe('Before'),
  key: z.string().max(64).optional().describe('Uid of a stay, or what else the row is about'),
  laneId: z.string().max(64).optional(),
};
const page = {
  before: z.coerce.number().int().min(1).optional().describe('Only rows with a smaller seq; newest first'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  ...filter,
};

/** Which rows of the journal; `people`: only what people did, and what platforms did to the arms from afar. */
export const journalQuerySchema = z.object({
  ...filter,
  scope: z.enum(['people', 'all']).default('people'),
});

export const events = {
  list: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/events',
    summary:
      'The journal, newest first. Attendants: the last two hours, or one stay, without drawers and personal data',
    tags: ['journal'],
  })
    .input(z.object(page))
    .output(z.array(eventViewSchema)),
};

export const audit = procedure({
  access: 'manager',
  method: 'GET',
  path: '/audit',
  summary:
    'What people did: openings, collections, releases, corrections; and what platforms did to the arms from afar',
  tags: ['journal'],
})
  .input(z.object(page))
  .output(z.array(eventViewSchema));

/**
 * One frame of the live picture. Lanes, spaces and links are whole each time (they are few and small); `events` holds only
 * what came since the frame before. A slow reader gets fewer frames, never a longer queue; `missed` says that events were
 * left out because the reader was too far behind.
 */
export const liveFrameSchema = z.object({
  at: timestampSchema,
  seq: z.int(),
  siteName: z.string(),
  siteKind: siteKindSchema,
  berths: z.int().min(0).describe('How many there are; what is in them is told by their list'),
  lanes: z.array(laneViewSchema),
  spaces: spacesSchema,
  links: z.array(platformLinkSchema),
  alarms: z.array(
    z.object({
      code: z.string(),
      subject: z.string(),
      detail: z.string(),
      figures: figuresSchema.optional().describe('What the detail says in figures'),
      severity: z.enum(['info', 'warning', 'alarm']),
      since: timestampSchema,
    }),
  ),
  scans: z
    .array(
      z.object({
        id: z.int().describe('Grows with each'),
        at: timestampSchema,
        deviceId: z.string(),
        laneIds: z.array(z.string()).describe('The lanes that name the gun'),
        outcome: z.enum(['unplaced', 'garbled', 'refused']),
        reason: z.string().describe('Why it was refused, as for the same act by hand'),
      }),
    )
    .optional()
    .describe(
      'Codes that scan guns of the station read in the last seconds and that became nothing; never the codes themselves',
    ),
  events: z.array(eventViewSchema),
  missed: z.boolean(),
});
export type LiveFrame = z.infer<typeof liveFrameSchema>;

export const live = procedure({
  access: 'attendant',
  method: 'GET',
  path: '/live',
  summary: 'The live picture (server-sent events)',
  tags: ['lanes'],
})
  .input(z.object({ afterSeq: z.coerce.number().int().min(0).optional().describe('Resume after this journal row') }))
  .output(eventIterator(liveFrameSchema));

export const health = procedure({
  access: 'public',
  method: 'GET',
  path: '/health',
  summary: 'Is the station well?',
  tags: ['station'],
}).output(
  z.object({
    status: z.enum(['ok', 'degraded']),
    version: z.string(),
    uptimeSeconds: z.int(),
    checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  }),
);
