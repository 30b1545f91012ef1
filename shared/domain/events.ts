import { z } from 'zod';
import { backupSettingsSchema } from './backup.ts';
import { berthRefSchema, berthSchema, berthStateSchema } from './berth.ts';
import { calendarSchema } from './calendar.ts';
import { changeOrderSchema } from './change-order.ts';
import { configurationChangeSchema } from './configuration.ts';
import { listEntrySchema } from './list.ts';
import {
  attemptSchema,
  billSchema,
  caseSchema,
  gapSchema,
  paidOutSchema,
  paymentMethodSchema,
  paymentSceneSchema,
  refundSchema,
  shiftSchema,
  stayPaymentSchema,
} from './money-flow.ts';
import { passageRulesSchema } from './passage-rules.ts';
import { accessRulesSchema, accountSchema, postSchema } from './people.ts';
import { plateSchema } from './plate.ts';
import {
  agreementSchema,
  appliedDiscountSchema,
  bookingSchema,
  cardSchema,
  couponSchema,
  debtSchema,
  discountSchema,
  merchantSchema,
  rechargePlanSchema,
  registryChangeSchema,
  visitorSchema,
} from './registry.ts';
import { laneDirectionSchema, spacesSchema } from './site.ts';
import { laneRefSchema, staySchema } from './stay.ts';
import { feeStepSchema } from './tariff.ts';
import { caseSetSchema, publishedTariffSchema, tariffDraftSchema } from './tariff-records.ts';

/**
 * The journal's vocabulary. Each event is fat: it carries all that a platform, a screen or an auditor could need, as it was
 * then. Events are only ever added; a field may be added with a default, never renamed. Instants are epoch ms.
 */

/** A name of ours for whoever acted: a user, a platform or the station itself. */
/** The figures of a sentence, for those who say it in another language. */
export const figuresSchema = z.record(z.string(), z.union([z.string(), z.number()]));
export type Figures = z.infer<typeof figuresSchema>;

export const actorSchema = z.object({ kind: z.enum(['user', 'platform', 'station']), name: z.string() });
export type Actor = z.infer<typeof actorSchema>;

/** The station itself, where nobody else acted. */
export const STATION: Actor = Object.freeze({ kind: 'station', name: 'station' });

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
    /** The camera moved the arm by itself, by a list of its own; absent: it did not, or did not say. */
    openedByCamera: z.boolean().optional(),
  }),
  'vehicle-entered': z.object({
    stay: staySchema,
    lane: laneRefSchema,
    booth: z.string().nullable(),
    spaces: spacesSchema,
    how: z.enum(['automatic', 'attendant', 'by-hand']),
    /** What the rules had to say of a car that nothing stopped: a reserved space that was borrowed, a card about to end. */
    warnings: z.array(z.string()).optional(),
    /** By hand: what proves that the car came in then. */
    proof: z.string().optional(),
    /** The entry of the black list that the car stands on and that did not keep it out. */
    listed: listEntrySchema.optional(),
  }),
  'vehicle-exited': z.object({
    stay: staySchema,
    lane: laneRefSchema,
    booth: z.string().nullable(),
    spaces: spacesSchema,
    /**
     * covered: a card, booking or visitor's time · debt: left owing · held-open: drove through a held barrier · remote: the
     * platform that prices and collects at this lane said so · departure-pay: a platform collects after it has left (先离场后付费).
     */
    how: z.enum(['free', 'whitelist', 'paid', 'released', 'covered', 'debt', 'held-open', 'remote', 'departure-pay']),
    reason: z.string().nullable(),
    /** How the charge came about, also when nobody paid. */
    steps: z.array(feeStepSchema).default([]),
    /** departure-pay: the bill that is open now and that the platform collects. */
    bill: billSchema.optional(),
    /**
     * Somebody else prices stays here and did not tell what this one came to: a person let it go, or it drove through a held arm. The
     * charge is what was settled before and says nothing about the fee; platforms tell such an exit as abnormal.
     */
    feeUnknown: z.boolean().optional(),
    /** What was paid for the stay, and with its bills; absent in events from before payments were told here. */
    payments: z.array(stayPaymentSchema).optional(),
  }),
  /** The car drove from one area into another inside the car park; nothing ended and nothing is due. */
  'area-crossed': z.object({ stay: staySchema, lane: laneRefSchema, fromArea: z.string(), toArea: z.string() }),
  /**
   * Something about a stay was put right or decided by a person, once, for everybody: `before` is how it was.
   * plate, time, fee, void: what cities know as corrections · terms: what it stands on · review: its doubts were looked at ·
   * reopened: its exit was withdrawn.
   */
  'stay-corrected': z.object({
    what: z.enum(['plate', 'time', 'fee', 'void', 'terms', 'review', 'reopened']),
    before: staySchema,
    stay: staySchema,
    reason: z.string(),
    spaces: spacesSchema.nullable().default(null),
  }),
  'discount-granted': z.object({ stay: staySchema, discount: discountSchema }),
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
    scene: paymentSceneSchema,
    /** The platform that collected it; null when the car park did. */
    via: z.string().nullable(),
    billedAt: z.int(),
    paidAt: z.int(),
    steps: z.array(feeStepSchema),
    discountFen: z.int().default(0),
    discounts: z.array(appliedDiscountSchema).default([]),
    /** Cash handed over, and what went back. */
    receivedFen: z.int().nullable().default(null),
    changeFen: z.int().default(0),
    /** The payer's side's number. */
    reference: z.string().nullable().default(null),
    attemptId: z.string().nullable().default(null),
    shiftId: z.string().nullable().default(null),
    /** The debt that this payment settles, with scene `arrears` or `after-departure`. */
    debtId: z.string().nullable().default(null),
  }),
  'bill-issued': z.object({ bill: billSchema }),
  'bill-voided': z.object({ bill: billSchema, reason: z.string() }),
  'attempt-changed': z.object({ attempt: attemptSchema }),
  /** A payment taken back while the car still stood on the loop: as if it had not been made. */
  'payment-reversed': z.object({
    billId: z.string(),
    stay: staySchema,
    amountFen: z.int(),
    method: paymentMethodSchema,
    shiftId: z.string().nullable(),
    reason: z.string(),
  }),
  'refund-changed': z.object({ refund: refundSchema }),
  'case-changed': z.object({ change: z.enum(['opened', 'taken', 'closed']), case: caseSchema }),
  'gap-changed': z.object({ gap: gapSchema }),
  'shift-changed': z.object({
    change: z.enum(['opened', 'paused', 'resumed', 'counted', 'closed', 'confirmed']),
    shift: shiftSchema,
  }),
  'paid-out': z.object({ paidOut: paidOutSchema }),
  /** 找零订单: change that a platform is to pay out, with the order as it is from then on. `settled`: in cash after all. */
  'change-order-changed': z.object({ change: z.enum(['opened', 'given', 'settled']), order: changeOrderSchema }),
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
  'passage-waiting': z.object({
    reason: z.string(),
    plate: plateSchema,
    /** At an entrance: the entry of the black list that the car stands on, whatever it waits for. */
    listed: listEntrySchema.optional(),
  }),
  /** A person looked at what stopped the car and let the rule rest for this passage. */
  'passage-approved': z.object({ attention: z.string(), plate: plateSchema, reason: z.string().nullable() }),
  /** A car without a plate told who it is: by a code it scanned, or the virtual plate it was given. */
  'car-identified': z.object({ identity: z.string(), plate: plateSchema }),
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
    /** Where it was ordered by hand, when not in the booth. */
    place: z.literal('device-page').optional(),
  }),
  'gate-answered': z.object({
    commandId: z.string(),
    outcome: z.enum(['done', 'refused', 'unknown']),
    detail: z.string(),
    /** How it was told to have ended before: that came out wrong. */
    corrects: z.literal('done').optional(),
  }),
  /** A platform was asked whether the car may pass, and what it said. */
  'authority-answered': z.object({
    platform: z.string(),
    plate: plateSchema,
    answer: z.enum(['open', 'refuse', 'failed']),
    attempt: z.int(),
    detail: z.string(),
  }),
  /**
   * What the platform that has the word is told of a car without being asked: under a held arm its answer counts for nothing; after too
   * many questions without an answer it is told no more, and fetches the record itself. The passage names the recognition.
   */
  'authority-told': z.object({
    platform: z.string(),
    why: z.enum(['held', 'gave-up', 'unanswered']),
    /** As it was read, and asked about. */
    plate: plateSchema,
    confidence: z.number().nullable(),
    recognizedAt: z.int(),
    photoId: z.string().nullable(),
    direction: laneDirectionSchema,
  }),
  /** The platform that has the word wanted the arm moved, and it was not: why. */
  'gate-refused': z.object({
    platform: z.string(),
    action: z.enum(['open', 'close', 'hold', 'release-hold']),
    /** The plate it named; empty: none. */
    plate: z.string(),
    reason: z.string(),
  }),
  /** At a lane where a platform has the word a car came onto the safety loop: it crosses (过闸). `asked`: the plate it was told before. */
  'gate-crossed': z.object({
    platform: z.string(),
    plate: plateSchema.nullable(),
    asked: plateSchema.nullable(),
    /** Which way the car went; absent where nobody knows, and the lane's own counts. */
    direction: laneDirectionSchema.optional(),
  }),
  /** A second car went under the arm that was open for one. */
  'followed-through': z.object({ plate: plateSchema.nullable(), after: z.string().nullable() }),
  /** A lane that serves both ways was turned (潮汐车道). */
  'direction-changed': z.object({ direction: laneDirectionSchema }),
  'card-changed': z.object({
    change: registryChangeSchema,
    /** edited by somebody · recharged · used by a stay · imported from a file. */
    why: z.enum(['edited', 'recharged', 'used', 'returned', 'imported']),
    card: cardSchema,
    uid: z.string().nullable().default(null),
    /** What was paid for it, fen. */
    paidFen: z.int().default(0),
    method: paymentMethodSchema.nullable().default(null),
    shiftId: z.string().nullable().default(null),
    /** Number of a recharge at whoever ordered it, `<orderer>:<number>`: the same notice again changes nothing. */
    orderNo: z.string().optional(),
    detail: z.string().default(''),
  }),
  'recharge-plan-changed': z.object({ change: registryChangeSchema, plan: rechargePlanSchema }),
  /** `reason`, here and below: what a person said who took something back. */
  'booking-changed': z.object({
    change: registryChangeSchema,
    booking: bookingSchema,
    reason: z.string().optional(),
  }),
  'visitor-changed': z.object({
    change: registryChangeSchema,
    visitor: visitorSchema,
    reason: z.string().optional(),
  }),
  'merchant-changed': z.object({ change: registryChangeSchema, merchant: merchantSchema }),
  'coupon-changed': z.object({ change: registryChangeSchema, coupon: couponSchema, reason: z.string().optional() }),
  'debt-changed': z.object({ change: registryChangeSchema, debt: debtSchema }),
  'agreement-changed': z.object({
    change: registryChangeSchema,
    agreement: agreementSchema,
    reason: z.string().optional(),
  }),
  'rules-changed': z.object({ rules: passageRulesSchema, before: passageRulesSchema.nullable() }),
  'tariff-drafted': z.object({ change: registryChangeSchema, draft: tariffDraftSchema }),
  /** A version of a tariff came to be; `draftId` is the draft that became it. */
  'tariff-published': z.object({ published: publishedTariffSchema, draftId: z.string().nullable() }),
  /** A published version was called back before it took effect. */
  'tariff-withdrawn': z.object({ published: publishedTariffSchema, reason: z.string() }),
  /** The acceptance cases of a tariff as they are now; `before`: how many there were. */
  'tariff-cases-changed': z.object({ set: caseSetSchema, before: z.int() }),
  'calendar-changed': z.object({ calendar: calendarSchema, before: calendarSchema.nullable() }),
  /** A count of spaces was put right by hand: what the count said, what is true, for one area or (null) the whole. */
  'spaces-corrected': z.object({
    areaId: z.string().nullable(),
    countedInside: z.int(),
    actualInside: z.int(),
    reason: z.string(),
  }),
  /** A file with data of the car park left the house: which table or report, narrowed to what, and the file's digest. */
  exported: z.object({
    what: z.string(),
    format: z.string(),
    filter: z.record(z.string(), z.string()),
    rows: z.int(),
    sha256: z.string(),
  }),
  'import-finished': z.object({
    what: z.string(),
    fileName: z.string(),
    sha256: z.string(),
    rows: z.int(),
    added: z.int(),
    updated: z.int(),
  }),
  /** 泊位登记. */
  'berth-changed': z.object({ change: registryChangeSchema, berth: berthSchema, reason: z.string().optional() }),
  /**
   * A berth was taken or left, or who is in it is known now. `at`: when, as far as whoever told it knows; a sensor may tell late.
   */
  'berth-observed': z.object({ berth: berthRefSchema, before: berthStateSchema, state: berthStateSchema, at: z.int() }),
  'list-changed': z.object({
    change: z.enum(['added', 'updated', 'removed']),
    entry: listEntrySchema,
    reason: z.string().optional(),
  }),
  'device-state': z.object({ deviceId: z.string(), state: z.enum(['online', 'offline']), detail: z.string() }),
  'lane-input': z.object({ deviceId: z.string(), role: z.string(), on: z.boolean() }),
  alarm: z.object({
    code: z.string(),
    subject: z.string(),
    detail: z.string(),
    figures: figuresSchema.optional(),
    severity: z.enum(['info', 'warning', 'alarm']),
    cleared: z.boolean(),
  }),
  'message-retried': z.object({ platform: z.string(), outboxId: z.int(), message: z.string() }),
  'message-discarded': z.object({ platform: z.string(), outboxId: z.int(), message: z.string(), reason: z.string() }),
  /** Many messages at once: which were asked for, and how many these were. Each has its own row besides. */
  'messages-handled': z.object({
    action: z.enum(['retry', 'discard']),
    filter: z.record(z.string(), z.string()),
    count: z.int(),
    reason: z.string(),
  }),
  /** Journal and outbox were compared, and what was missing was made good (补报). `runId`: the comparison. */
  'messages-repaired': z.object({
    runId: z.string(),
    platform: z.string(),
    from: z.int(),
    to: z.int(),
    inserted: z.int(),
    retried: z.int(),
  }),
  /** A person looked at a day that differs from a platform's books, and let its alarm end. */
  'day-check-acknowledged': z.object({ platform: z.string(), day: z.string(), reason: z.string() }),
  /** The evidence of a stay left the house as one file; `seq` is the newest row that it had seen. */
  'evidence-exported': z.object({ uid: z.string(), sha256: z.string(), seq: z.int() }),
  /**
   * A receipt, a change ticket or a shift report left for a printer, and how that ended; 补打 is a copy above 1. Nothing of the money hangs
   * on it. One that the station's end cut is written down as unknown by the next start.
   */
  'receipt-printed': z.object({
    what: z.enum(['payment', 'change', 'shift', 'test']),
    /** The bill that was paid, the change order, the shift, or the printer that was tested. */
    id: z.string(),
    /** 1 for the first piece of paper that came of it; refused ones do not count. */
    copy: z.int().min(1),
    deviceId: z.string(),
    automatic: z.boolean(),
    outcome: z.enum(['done', 'refused', 'unknown']),
    detail: z.string(),
  }),
  /** The cash drawer, kicked open: by hand for a reason, or by itself with cash (`reason` null). */
  'drawer-opened': z.object({
    deviceId: z.string(),
    reason: z.string().nullable(),
    outcome: z.enum(['done', 'refused', 'unknown']),
    detail: z.string(),
  }),
  /** Somebody put a text of their own onto a display. */
  'display-tested': z.object({ deviceId: z.string(), lines: z.array(z.string()), speech: z.string().optional() }),
  /** Somebody sent bytes of their own to a display, a sign or a printer; in hex. */
  'device-raw-sent': z.object({ deviceId: z.string(), hex: z.string(), reason: z.string() }),
  /** 训练模式: what was practised is in no journal of ours; that somebody practised is. */
  'practice-started': z.object({}),
  'practice-ended': z.object({
    trainee: z.string(),
    from: z.int(),
    /** left: the trainee ended it · forgotten: nobody was connected any more · stopped, failed: the station's end, or its own. */
    how: z.enum(['left', 'ended-by-other', 'forgotten', 'station-stopped', 'failed']),
    lessons: z.int(),
  }),
  'signed-in': z.object({ role: z.string() }),
  'sign-in-refused': z.object({ name: z.string() }),
  'user-created': z.object({ name: z.string(), role: z.string() }),
  /** An account as it is from then on; `before` null: somebody just made it. */
  'user-changed': z.object({ account: accountSchema, before: accountSchema.nullable() }),
  /** By oneself, or by whoever looks after the accounts. What the password was or is stands nowhere. */
  'password-changed': z.object({ name: z.string() }),
  'post-changed': z.object({ change: z.enum(['added', 'updated', 'removed']), post: postSchema }),
  /** Left by oneself · ended by somebody else · replaced by a newer sign-in · with the account · with its password. */
  'sign-in-ended': z.object({
    name: z.string(),
    how: z.enum(['signed-out', 'ended', 'replaced', 'disabled', 'password']),
  }),
  /** 锁屏: by hand for a break, or because nobody touched the screen; and back. */
  'screen-locked': z.object({ locked: z.boolean(), why: z.enum(['break', 'idle']).nullable() }),
  'access-changed': z.object({ rules: accessRulesSchema, before: accessRulesSchema }),
  /** Another configuration counts from here on; `changes` tells no secrets, and the first of them when there are many. */
  'config-applied': z.object({
    source: z.string(),
    sha256: z.string(),
    revision: z.int().nullable().default(null),
    changes: z.array(configurationChangeSchema).default([]),
    changeCount: z.int().default(0),
  }),
  /** A copy of the database was made; `seq` is the newest row of the journal that is in it. */
  'backup-made': z.object({
    id: z.string(),
    why: z.enum(['by-hand', 'daily', 'before-restore']),
    bytes: z.int(),
    seq: z.int(),
    photos: z.int(),
  }),
  'backup-removed': z.object({ id: z.string(), why: z.enum(['by-hand', 'retention']) }),
  /** Everything is as it was when that backup was made; what stood there before was kept under `keptAs`. */
  'backup-restored': z.object({ id: z.string(), madeAt: z.int(), lostRows: z.int(), keptAs: z.string() }),
  'backups-configured': z.object({ settings: backupSettingsSchema }),
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
