import { z } from 'zod';
import { platformIdSchema } from '../domain/site.ts';
import { timestampSchema } from '../domain/time.ts';
import { pageInput, pageOf, procedure } from './base.ts';

const tags = ['outbox'];

/**
 * waiting 待发 · delivered 已送达 · refused 被拒 (dead letter, waits for a person) · discarded 已放弃 · given-up 推送失败，留存待查 (pushed
 * often enough in vain, and the platform fetches it by its own query; or refused where that is the end of it. Nobody need do anything).
 */
export const messageStatusSchema = z.enum(['waiting', 'delivered', 'refused', 'discarded', 'given-up']);
export type MessageStatus = z.infer<typeof messageStatusSchema>;

export const messageViewSchema = z.object({
  id: z.int(),
  platform: z.string(),
  /** The interface's own name, e.g. `uploadCarInData`. */
  message: z.string(),
  /** Uid of the stay: messages of one key leave in order. */
  key: z.string().nullable(),
  /** Plate of that stay, as it stands now; empty for a car without a readable one. */
  plate: z.string().nullable(),
  /** answer: confirms something the platform sent, goes first · record · bulk: devices, cards, the car park; behind records · photo, goes last. */
  kind: z.enum(['answer', 'record', 'bulk', 'photo']),
  status: messageStatusSchema,
  attempts: z.int(),
  createdAt: timestampSchema,
  nextAttemptAt: timestampSchema.nullable(),
  deliveredAt: timestampSchema.nullable(),
  lastError: z.string().nullable(),
  /** True when a refused message of the same stay stands before it. */
  held: z.boolean(),
});
export type MessageView = z.infer<typeof messageViewSchema>;

/**
 * Why a message has not left:
 * - `platform-off`: its platform is not enabled · `refused`: the platform said no, a person decides · `sending`: on its way now
 * - `given-up`: pushed no more; it is kept, and nobody need do anything
 * - `behind`: an earlier record of the same stay is not out · `link-down`: nothing gets through · `pause`: it failed, and rests
 * - `photos-last`, `bulk-last`: records go first · `busy`: as many are on their way as may be · `next`: nothing holds it, it is about to go
 */
export const whySchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('platform-off') }),
  z.object({ code: z.literal('refused'), said: z.string() }),
  z.object({ code: z.literal('given-up'), said: z.string() }),
  z.object({ code: z.literal('sending'), since: timestampSchema }),
  z.object({
    code: z.literal('behind'),
    id: z.int(),
    message: z.string(),
    status: messageStatusSchema,
    said: z.string(),
  }),
  z.object({
    code: z.literal('link-down'),
    since: timestampSchema.nullable(),
    said: z.string(),
    next: timestampSchema,
  }),
  z.object({ code: z.literal('pause'), until: timestampSchema, said: z.string() }),
  z.object({
    code: z.literal('photos-last'),
    records: z.int().describe('Records that go first; at most 1000 are counted'),
  }),
  z.object({
    code: z.literal('bulk-last'),
    records: z.int().describe('Records that go first; at most 1000 are counted'),
  }),
  z.object({ code: z.literal('busy'), most: z.int() }),
  z.object({ code: z.literal('next') }),
]);
export type Why = z.infer<typeof whySchema>;

/** One try. Secrets are masked, long texts cut, pictures named by size and digest. */
export const attemptViewSchema = z.object({
  number: z.int(),
  at: timestampSchema,
  tookMs: z.int(),
  /**
   * link: the line or the whole platform was in trouble · message: this message alone; both are tried again. given-up: in vain, and the
   * last that is made by itself.
   */
  outcome: z.enum(['delivered', 'refused', 'link', 'message', 'given-up']),
  reason: z.string(),
  trace: z
    .object({
      request: z.string(),
      /** What was encrypted and signed. */
      plain: z.string(),
      attached: z.array(z.object({ name: z.string(), bytes: z.int(), sha256: z.string() })),
      answer: z.object({ status: z.string(), text: z.string() }).nullable(),
      cut: z.int().describe('Characters that were cut off'),
    })
    .nullable(),
});
export type AttemptView = z.infer<typeof attemptViewSchema>;

export const messageDetailSchema = messageViewSchema.extend({
  /** The business fields as they travel (before encryption), secrets removed. */
  body: z.unknown(),
  journalSeq: z.int(),
  /** What the platform's specification calls it, and where it stands there; empty where nobody says. */
  title: z.string(),
  section: z.string(),
  /** Name of a field → what the specification calls it. */
  fields: z.record(z.string(), z.string()),
  /** Newest first; of many only the newest are kept, and of a message that arrived long ago none. */
  tries: z.array(attemptViewSchema),
  why: whySchema.nullable(),
  /** All messages of the same stay, to every platform, in their order. */
  chain: z.array(messageViewSchema),
  /** Those of them that wait behind this one: they may be given up together with it. */
  dependents: z.array(z.int()),
});
export type MessageDetail = z.infer<typeof messageDetailSchema>;

/** The state of the link to one platform (上报状态). */
export const platformLinkSchema = z.object({
  platform: platformIdSchema,
  title: z.string(),
  state: z.enum(['online', 'offline', 'unknown']),
  detail: z.string(),
  lastSuccessAt: timestampSchema.nullable(),
  lastFailureAt: timestampSchema.nullable(),
  waiting: z.int(),
  refused: z.int(),
  deliveredToday: z.int(),
  /** Left for the platform to fetch, today. */
  givenUpToday: z.int(),
  oldestWaitingSeconds: z.int().nullable(),
  /** How far the platform's clock is from ours, when it tells. */
  clockDriftMs: z.int().nullable(),
  /** The way back (MQTT, TCP), where the platform has one. */
  downlink: z.enum(['online', 'offline', 'none']),
  /** Why the journal cannot be turned into messages at present, whatever the line is like; null when it can. */
  stuck: z.string().nullable(),
});
export type PlatformLink = z.infer<typeof platformLinkSchema>;

/** Today's messages of one kind. Waiting and refused: all that there are, however old. */
export const outboxFiguresSchema = z.object({
  platform: z.string(),
  messages: z.array(
    z.object({
      message: z.string(),
      title: z.string(),
      waiting: z.int(),
      delivered: z.int(),
      refused: z.int(),
      discarded: z.int(),
      'given-up': z.int(),
    }),
  ),
  lastMinute: z.int(),
  lastHour: z.int(),
  /** Deliveries in each of the last 60 minutes, the oldest first. */
  perMinute: z.array(z.int()),
  /** Why the journal cannot be turned into messages at present. */
  stuck: z.string().nullable(),
});
export type OutboxFigures = z.infer<typeof outboxFiguresSchema>;

const criteria = {
  platform: platformIdSchema.optional(),
  kind: messageViewSchema.shape.kind.optional(),
  message: z.string().max(64).optional().describe('Name of the interface'),
  key: z.string().max(64).optional().describe('Uid of a stay'),
  plate: z.string().max(16).optional().describe('Any part of the plate of the stay'),
  error: z.string().trim().max(100).optional().describe('Any part of the last error'),
  from: timestampSchema.optional().describe('Came to be from this instant on'),
  to: timestampSchema.optional().describe('Excluded'),
  endedFrom: timestampSchema
    .optional()
    .describe('Delivered, discarded or left for the platform to fetch from this instant on'),
};
/** What many messages are chosen by. Those in other states are done with. */
const bulk = {
  status: z.enum(['waiting', 'refused']),
  ...criteria,
  upToId: z.int().min(1).optional().describe('The newest message that was on view: later ones are left alone'),
};
const bulkAnswer = z.object({
  done: z.int(),
  left: z.int().describe('More than one call takes on: ask again while this is not 0'),
});

export const outbox = {
  list: procedure({ access: 'attendant', method: 'GET', path: '/outbox', summary: 'Messages to the outside', tags })
    .input(
      z.object({
        status: messageStatusSchema.optional(),
        ...criteria,
        ...pageInput,
      }),
    )
    .output(pageOf(messageViewSchema)),
  summary: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/outbox/summary',
    summary: 'Link, backlog and age per platform',
    tags,
  }).output(z.array(platformLinkSchema)),
  figures: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/outbox/figures',
    summary: "Today's counts by kind of message, and the rate of deliveries",
    tags,
  }).output(z.array(outboxFiguresSchema)),
  retryMatching: procedure({
    access: 'manager',
    method: 'POST',
    path: '/outbox/retry',
    summary: 'Send all messages again that match',
    tags,
  })
    .input(z.object(bulk))
    .output(bulkAnswer),
  discardMatching: procedure({
    access: 'manager',
    method: 'POST',
    path: '/outbox/discard',
    summary: 'Give up all messages that match, with a reason',
    tags,
  })
    .input(z.object({ ...bulk, reason: z.string().trim().min(1).max(200) }))
    .output(bulkAnswer),
  get: procedure({ access: 'manager', method: 'GET', path: '/outbox/{id}', summary: 'One message with its body', tags })
    .input(z.object({ id: z.coerce.number().int().min(1) }))
    .output(messageDetailSchema),
  retry: procedure({
    access: 'manager',
    method: 'POST',
    path: '/outbox/{id}/retry',
    summary: 'Send a message now that waits, was refused or was given up',
    tags,
  })
    .input(z.object({ id: z.coerce.number().int().min(1) }))
    .output(messageViewSchema),
  discard: procedure({
    access: 'manager',
    method: 'POST',
    path: '/outbox/{id}/discard',
    summary: 'Give up a message, with a reason',
    tags,
  })
    .input(
      z.object({
        id: z.coerce.number().int().min(1),
        reason: z.string().trim().min(1).max(200),
        together: z.boolean().default(false).describe('Also what waits behind it in the same stay'),
      }),
    )
    .output(messageViewSchema),
};
