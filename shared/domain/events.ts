import { z } from 'zod';
import { listEntrySchema } from './list.ts';
import { plateSchema } from './plate.ts';
import { laneDirectionSchema, spacesSchema } from './site.ts';
import { laneRefSchema, staySchema } from './stay.ts';
import { feeStepSchema } from './tariff.ts';

/**
 * The journal's vocabulary. Each event is fat: it carries all that a platform, a screen or an auditor could need, as it was
 * then. Events are only ever added; a field may be added with a default, never renamed. Instants are epoch ms.
 */

/** A name of ours for whoever acted: a user, a platform or the station itself. */
export const actorSchema = z.object({ kind: z.enum(['user', 'platform', 'station']), name: z.string() });
export type Actor = z.infer<typeof actorSchema>;

/** The station itself, where nobody else acted. */
export const STATION: Actor = Object.freeze({ kind: 'station', name: 'station' });

/** How money reached us. `billWay` and `paidType` of the platforms are derived from this. */
export const paymentMethodSchema = z.enum(['cash', 'alipay', 'wechat', 'unionpay', 'etc', 'platform']);
export type PaymentMethod = z.infer<typeof paymentMethodSchema>;

const body = {
  /** A camera saw a car. `stored`: a record the camera kept while we were away; it never opens anything. */
  'plate-read': z.object({
    deviceId: z.string(),
    serialNo: z.string(),
    /** The camera's own counter, when it has one. */
    plateId: z.string().nullable(),
    plate: plateSchema,
    confidence: z.number().nullable(),
    trigger: z.string(),
    capturedAt: z.int().nullable(),
    stored: z.boolean(),
    direction: laneDirectionSchema,
  }),
  'vehicle-entered': z.object({
    stay: staySchema,
    lane: laneRefSchema,
    booth: z.string().nullable(),
    spaces: spacesSchema,
    how: z.enum(['automatic', 'attendant', 'by-hand']),
  }),
  'vehicle-exited': z.object({
    stay: staySchema,
    lane: laneRefSchema,
    booth: z.string().nullable(),
    spaces: spacesSchema,
    how: z.enum(['free', 'whitelist', 'paid', 'released']),
    reason: z.string().nullable(),
  }),
  /** A stay ended without an exit: entered twice, or withdrawn by a person. */
  'stay-closed': z.object({ stay: staySchema, reason: z.string(), spaces: spacesSchema }),
  'bill-paid': z.object({
    billId: z.string(),
    stay: staySchema,
    lane: laneRefSchema.nullable(),
    chargeFen: z.int(),
    dueFen: z.int(),
    paidFen: z.int(),
    method: paymentMethodSchema,
    /** Where the payment took place: 出入口 / 场内提前 / 先离场后付 / 欠费补缴. */
    scene: z.enum(['gate', 'prepaid', 'after-departure', 'arrears']),
    /** The platform that collected it; null when the car park did. */
    via: z.string().nullable(),
    billedAt: z.int(),
    paidAt: z.int(),
    steps: z.array(feeStepSchema),
  }),
  'photo-taken': z.object({
    photoId: z.string(),
    purpose: z.enum(['entry', 'exit', 'manual', 'stored']),
    /** The stay it belongs to, once there is one. */
    stay: staySchema.nullable(),
    takenAt: z.int(),
    name: z.string(),
    bytes: z.int(),
    sha256: z.string(),
  }),
  'plate-corrected': z.object({ before: plateSchema, after: plateSchema, stay: staySchema.nullable() }),
  'passage-waiting': z.object({ reason: z.string(), plate: plateSchema }),
  'passage-ended': z.object({
    how: z.enum(['passed', 'next-car', 'turned-back', 'cancelled', 'closed']),
    plate: plateSchema,
    reason: z.string().nullable(),
  }),
  /** The barrier was told to move. Committed before the command leaves. */
  'gate-commanded': z.object({
    commandId: z.string(),
    action: z.enum(['open', 'close', 'hold', 'release-hold']),
    origin: z.enum(['decision', 'payment', 'released', 'manual', 'platform']),
    reason: z.string().nullable(),
    plate: plateSchema.nullable(),
    photoId: z.string().nullable(),
  }),
  'gate-answered': z.object({
    commandId: z.string(),
    outcome: z.enum(['done', 'refused', 'unknown']),
    detail: z.string(),
  }),
  'list-changed': z.object({ change: z.enum(['added', 'updated', 'removed']), entry: listEntrySchema }),
  'device-state': z.object({ deviceId: z.string(), state: z.enum(['online', 'offline']), detail: z.string() }),
  'lane-input': z.object({ deviceId: z.string(), role: z.string(), on: z.boolean() }),
  alarm: z.object({
    code: z.string(),
    subject: z.string(),
    detail: z.string(),
    severity: z.enum(['info', 'warning', 'alarm']),
    cleared: z.boolean(),
  }),
  'message-retried': z.object({ platform: z.string(), outboxId: z.int(), message: z.string() }),
  'message-discarded': z.object({ platform: z.string(), outboxId: z.int(), message: z.string(), reason: z.string() }),
  'signed-in': z.object({ role: z.string() }),
  'sign-in-refused': z.object({ name: z.string() }),
  'user-created': z.object({ name: z.string(), role: z.string() }),
  'config-applied': z.object({ source: z.string(), sha256: z.string() }),
  /** Power and service gaps are events of their own: `downMs` is the time since the last sign of life. */
  'station-started': z.object({
    version: z.string(),
    previous: z.enum(['first', 'clean', 'crashed']),
    downMs: z.int().nullable(),
  }),
  'station-stopped': z.object({}),
  /** The wall clock moved against the monotonic one by more than the limit. */
  'clock-jumped': z.object({ byMs: z.int() }),
} as const;

export type EventKind = keyof typeof body;
export type EventBody<K extends EventKind> = z.infer<(typeof body)[K]>;

/** What a caller hands to the journal. */
export type EventDraft = {
  [K in EventKind]: {
    readonly kind: K;
    /** Uid of the stay concerned: platforms keep the order per key. */
    readonly key: string | null;
    readonly laneId: string | null;
    readonly passageId: string | null;
    readonly actor: Actor;
    readonly body: EventBody<K>;
  };
}[EventKind];

/** A row of the journal: `seq` has no gaps, `hash` covers the row and the hash before it. */
export type JournalEvent = EventDraft & { readonly seq: number; readonly at: number; readonly hash: string };

export const eventKinds = Object.keys(body) as readonly EventKind[];
export const eventBodies = body;
