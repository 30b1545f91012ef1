import { z } from 'zod';
import { platformIdSchema } from '../domain/site.ts';
import { timestampSchema } from '../domain/time.ts';
import { pageInput, pageOf, procedure } from './base.ts';

const tags = ['outbox'];

/** waiting 待发 · delivered 已送达 · refused 被拒 (dead letter, waits for a person) · discarded 已放弃. */
export const messageStatusSchema = z.enum(['waiting', 'delivered', 'refused', 'discarded']);
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
  /** answer: confirms something the platform sent, goes first · record · photo, goes last. */
  kind: z.enum(['answer', 'record', 'photo']),
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

export const messageDetailSchema = messageViewSchema.extend({
  /** The business fields as they travel (before encryption), secrets removed. */
  body: z.unknown(),
  journalSeq: z.int(),
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
  oldestWaitingSeconds: z.int().nullable(),
  /** How far the platform's clock is from ours, when it tells. */
  clockDriftMs: z.int().nullable(),
  /** The way back (MQTT, TCP), where the platform has one. */
  downlink: z.enum(['online', 'offline', 'none']),
});
export type PlatformLink = z.infer<typeof platformLinkSchema>;

export const outbox = {
  list: procedure({ access: 'attendant', method: 'GET', path: '/outbox', summary: 'Messages to the outside', tags })
    .input(
      z.object({
        platform: platformIdSchema.optional(),
        status: messageStatusSchema.optional(),
        key: z.string().max(64).optional().describe('Uid of a stay'),
        plate: z.string().max(16).optional().describe('Any part of the plate of the stay'),
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
  get: procedure({ access: 'manager', method: 'GET', path: '/outbox/{id}', summary: 'One message with its body', tags })
    .input(z.object({ id: z.coerce.number().int().min(1) }))
    .output(messageDetailSchema),
  retry: procedure({
    access: 'manager',
    method: 'POST',
    path: '/outbox/{id}/retry',
    summary: 'Send a waiting or refused message now',
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
    .input(z.object({ id: z.coerce.number().int().min(1), reason: z.string().trim().min(1).max(200) }))
    .output(messageViewSchema),
};
