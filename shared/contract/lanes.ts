import { z } from 'zod';
import { fenSchema } from '../domain/money.ts';
import { billSchema } from '../domain/money-flow.ts';
import { passageRulesPatchSchema, passageRulesSchema } from '../domain/passage-rules.ts';
import { plateColorSchema, plateSchema } from '../domain/plate.ts';
import { laneDirectionSchema } from '../domain/site.ts';
import { doubtKindSchema } from '../domain/stay.ts';
import { feeStepSchema } from '../domain/tariff.ts';
import { timestampSchema } from '../domain/time.ts';
import { procedure } from './base.ts';
import { changeBySchema, changeOrderViewSchema } from './change-orders.ts';
import { stayViewSchema } from './stays.ts';

/**
 * pricing 询问停车费 (第三方计费: whoever prices stays is asked while the car waits) ·
 * idle 空闲 · asking 询问平台 (a platform has the word at this lane; it is asked while the car waits) · attention 待人工 (a person must decide; `passage.attention` says why) · charging 待缴费 ·
 * cleared 已放行 (decided and stored; the arm was told to open).
 */
export const lanePhaseSchema = z.enum(['idle', 'asking', 'pricing', 'attention', 'charging', 'cleared']);
export type LanePhase = z.infer<typeof lanePhaseSchema>;

/** Why a car waits for a person. */
export const attentionSchema = z.enum([
  'unread-plate',
  /** 无牌车: no plate; a scan, a virtual plate or a person tells which car it is. */
  'unlicensed',
  'no-entry',
  /** Not inside by its plate, but near ones are: pick one by its picture. */
  'near-match',
  /** This plate left a moment ago. */
  'seen-again',
  'blacklisted',
  /** 欠费拦截 */
  'arrears',
  'lot-full',
  'card-expired',
  /** 一位多车: all spaces of the card are taken. */
  'card-surplus',
  'quota-full',
  'area-closed',
  /** The site wants every such car to be confirmed. */
  'confirm',
  /** 疑问记录: the stay crossed a time in which cars passed unseen; never billed without a look. */
  'doubtful',
  /** 金额核对: an implausible fee is checked before it is shown. */
  'amount-check',
  'no-tariff',
  /** 第三方计费: whoever prices stays did not tell. Never 0. */
  'fee-unknown',
  'clock-reversed',
  /** The platform that has the word here said no; it is asked again while the car waits. */
  'remote-refused',
  /** The platform does not answer, and the site wants a person to decide then. */
  'remote-silent',
]);
export type Attention = z.infer<typeof attentionSchema>;

/** What the attendant should know of a car that nothing stops. */
export const warningSchema = z.enum([
  'listed',
  'owing',
  'card-expires-soon',
  'card-expired',
  'card-surplus',
  'card-used-up',
  'card-suspended',
  'quota-borrowed',
  /** Let in all the same, because a platform has the word. */
  'lot-full',
  'quota-full',
  'area-closed',
]);
export type Warning = z.infer<typeof warningSchema>;

export const billViewSchema = z.object({
  id: z.string(),
  tariffId: z.string(),
  minutes: z.int(),
  chargeFen: fenSchema,
  discountFen: fenSchema,
  paidFen: fenSchema,
  dueFen: fenSchema,
  /** What the driver pays now: `dueFen` and the debts of earlier visits that are collected with it. */
  toPayFen: z.int(),
  discounts: billSchema.shape.discounts.unwrap(),
  arrears: billSchema.shape.arrears.unwrap(),
  createdAt: timestampSchema,
  validUntil: timestampSchema.nullable(),
  steps: z.array(feeStepSchema),
});
export type BillView = z.infer<typeof billViewSchema>;

/** How the questions about a car go at a lane where a platform has the word. */
const askedViewSchema = z.object({
  /** Number of the question that is under way, or was answered last. */
  attempt: z.int(),
  /** A question is under way; otherwise the next one is waited for, or there will be none. */
  pending: z.boolean(),
  /** Questions without an answer in a row, and how many of them end the asking. */
  failures: z.int(),
  giveUpAfter: z.int(),
  /** What happens then: see the setting of the lane. */
  onGiveUp: z.enum(['release', 'local', 'wait']),
  /** Seconds from a refusal to the next question. */
  pollSeconds: z.int(),
  /** What it said last, in its own words. */
  answer: z.enum(['open', 'refuse', 'failed']).nullable(),
  detail: z.string(),
  /** When it was asked first. */
  since: timestampSchema,
  /** open: it may go · released, local: nobody answered, and the lane is set to let it go, or to decide by our own rules. */
  verdict: z.enum(['open', 'released', 'local']).nullable(),
});
export type AskedView = z.infer<typeof askedViewSchema>;

export const passageViewSchema = z.object({
  id: z.string(),
  startedAt: timestampSchema,
  plate: plateSchema,
  /** What the camera read, when a person corrected it. */
  readPlate: plateSchema.nullable(),
  confidence: z.number().nullable(),
  attention: attentionSchema.nullable(),
  /** What waits here is only let through with a reason. */
  needsReason: z.boolean(),
  /** A person may say that it is all right: see `approve`. */
  approvable: z.boolean(),
  warnings: z.array(warningSchema),
  /** A car without a plate: what it scanned, or the virtual plate it was given. */
  identity: z.string().nullable(),
  /** Stays with a plate near the one that was read, the nearest first. */
  candidates: z.array(
    z.object({
      uid: z.string(),
      plate: z.string(),
      cost: z.number(),
      enteredAt: timestampSchema,
      photoId: z.string().nullable(),
    }),
  ),
  /** Why the bill may be wrong, when nobody has looked at it yet. */
  doubts: z.array(z.object({ kind: doubtKindSchema, at: timestampSchema, detail: z.string() })),
  photoId: z.string().nullable(),
  entryPhotoId: z.string().nullable(),
  stay: stayViewSchema.nullable(),
  bill: billViewSchema.nullable(),
  /** 找零订单 of what this car just paid: change that a platform gives. */
  changeOrders: z.array(changeOrderViewSchema),
  /** null: no platform was asked about this car. */
  asked: askedViewSchema.nullable(),
  /** 第三方计费: who was asked for the price, since when, how often, and why they did not tell; null: nobody was asked. */
  price: z.object({ platform: z.string(), since: timestampSchema, question: z.int(), detail: z.string() }).nullable(),
});
export type PassageView = z.infer<typeof passageViewSchema>;

/** How a command to the arm ended. `unknown`: sent, never answered; it is not repeated by itself. */
export const commandOutcomeSchema = z.enum(['pending', 'done', 'refused', 'unknown']);

export const barrierViewSchema = z.object({
  /** `unknown`: the arm has no position sensor; `lastCommand` is all we know. */
  arm: z.enum(['closed', 'moving', 'open', 'unknown']),
  held: z.boolean(),
  lastCommand: z
    .object({
      action: z.enum(['open', 'close', 'hold', 'release-hold']),
      outcome: commandOutcomeSchema,
      at: timestampSchema,
      detail: z.string(),
      /** What it was ordered for, by whom, and which car was meant. */
      origin: z.enum(['decision', 'payment', 'released', 'manual', 'platform']),
      by: z.string(),
      reason: z.string().nullable(),
      passageId: z.string().nullable(),
      plate: plateSchema.nullable(),
      /** Opened because the platform that has the word did not answer: nobody said that this car may go. */
      alone: z.boolean(),
    })
    .nullable(),
  waits: z.boolean().optional().describe('To close, or to end a hold, waits until the safety loop is clear'),
});
export type BarrierView = z.infer<typeof barrierViewSchema>;

export const deviceViewSchema = z.object({
  id: z.string(),
  kind: z.string(),
  driver: z.string(),
  state: z.enum(['online', 'offline', 'unknown']),
  lastSeenAt: timestampSchema.nullable(),
  faults: z.array(z.string()).optional().describe('What it complains of itself, e.g. `paper-out`; absent: nothing'),
  drawer: z.literal(true).optional().describe('A printer with a cash drawer on it'),
});
export type DeviceView = z.infer<typeof deviceViewSchema>;

export const laneViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** The way it serves now. */
  direction: laneDirectionSchema,
  /** For both ways, or to be turned: the screen shows it. */
  bothWays: z.boolean(),
  reversible: z.boolean(),
  /** The platform that decides here, if one does. */
  authority: z.string().nullable(),
  number: z.int(),
  /** The booth it is served from, whose drawer takes its cash; empty: none by name. */
  booth: z.string(),
  phase: lanePhaseSchema,
  /** Plate and bill of the present car, as in `passage`: what most readers want of a lane. */
  plate: plateSchema.nullable(),
  bill: billViewSchema.nullable(),
  passage: passageViewSchema.nullable(),
  /** Cars read while another one was being served. */
  waiting: z.array(plateSchema),
  barrier: barrierViewSchema,
  /** 地感: whether a car stands on a loop of this lane; `unknown` until one changes, null where no device tells of loops. */
  loop: z.enum(['clear', 'occupied', 'unknown']).nullable(),
  devices: z.array(deviceViewSchema),
});
export type LaneView = z.infer<typeof laneViewSchema>;

const tags = ['lanes'];
const laneId = { id: z.string().min(1).max(40) };
/** Names the car that the caller saw. When another car stands there by now, the call is refused with CONFLICT. */
const passageId = z.string().max(64).optional().describe('Refuse unless this passage is still the one at the lane');
const reason = z.string().trim().min(1).max(200);

export const lanes = {
  list: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/lanes',
    summary: 'Live state of every lane',
    tags,
  }).output(z.array(laneViewSchema)),
  get: procedure({ access: 'attendant', method: 'GET', path: '/lanes/{id}', summary: 'Live state of one lane', tags })
    .input(z.object(laneId))
    .output(laneViewSchema),
  /** 手动开闸: raises the arm once. Admits nobody and bills nobody; the reason and a photo go to the audit log. */
  open: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/open',
    summary: 'Open the barrier by hand',
    tags,
  })
    .input(z.object({ ...laneId, reason }))
    .output(laneViewSchema),
  close: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/close',
    summary: 'Close the barrier by hand',
    tags,
  })
    .input(z.object({ ...laneId, reason: reason.optional() }))
    .output(laneViewSchema),
  /** 常抬: keeps the arm up until it is released. */
  hold: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/hold',
    summary: 'Hold the barrier open, or release it',
    tags,
  })
    .input(z.object({ ...laneId, on: z.boolean(), reason }))
    .output(laneViewSchema),
  correctPlate: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/correct-plate',
    summary: 'The car at the lane was misread',
    tags,
  })
    .input(
      z.object({
        ...laneId,
        passageId,
        plate: z.string().min(1).max(16),
        plateColor: plateColorSchema.default('unknown'),
      }),
    )
    .output(laneViewSchema),
  /** Takes cash for the car at the exit. `amountFen` must equal what is due: change is counted before this call. */
  collect: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/collect',
    summary: 'Take cash and let the car out',
    tags,
  })
    .input(
      z.object({
        ...laneId,
        passageId,
        method: z.enum(['cash', 'pos']),
        amountFen: fenSchema,
        receivedFen: fenSchema.optional().describe('What the driver handed over; the change goes into the record'),
        change: changeBySchema,
        part: z.boolean().default(false).describe('The amount is a part, and the rest stays due'),
        billId: z
          .string()
          .optional()
          .describe('The bill that was on the screen; a part payment needs it, or pressed twice it is taken twice'),
      }),
    )
    .output(laneViewSchema),
  /** 核对放行: what stopped the car is all right. Needs a reason where the lane says `needsReason`. */
  approve: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/approve',
    summary: 'What stopped the car is all right: decide as if it were not there',
    tags,
  })
    .input(z.object({ ...laneId, passageId, reason: reason.optional() }))
    .output(laneViewSchema),
  /** The car at the exit is the one of this stay, found by its picture. */
  pickStay: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/pick-stay',
    summary: 'The car at the exit is the one of this stay',
    tags,
  })
    .input(z.object({ ...laneId, passageId, uid: z.string().min(1).max(60) }))
    .output(laneViewSchema),
  /** 补录入场: nobody saw the car come in, and it can be proved when it did. */
  backFill: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/back-fill',
    summary: 'The car at the exit came in unseen at this time, with proof',
    tags,
  })
    .input(z.object({ ...laneId, passageId, enteredAt: timestampSchema, proof: reason }))
    .output(laneViewSchema),
  /**
   * Nobody saw the car come in: a fixed fee. Without an amount the site's own, or the tariff's lost-ticket price; less is the manager's.
   * For `fee-unknown`: what is still to pay, in place of whoever did not tell it; more than 0.
   */
  fixedFee: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/fixed-fee',
    summary: 'The car at the exit came in unseen, or nobody told its price, and pays a fixed fee',
    tags,
  })
    .input(z.object({ ...laneId, passageId, amountFen: fenSchema.optional(), reason }))
    .output(laneViewSchema),
  /** 无牌车: the car without a plate says who it is, by a code it scanned. */
  identify: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/identify',
    summary: 'The car without a plate at the lane has this id',
    tags,
  })
    .input(z.object({ ...laneId, passageId, identity: z.string().trim().min(1).max(64) }))
    .output(laneViewSchema),
  /** 欠费离场: the car leaves owing what is due. */
  owe: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/owe',
    summary: 'Let the car out owing; the debt is collected at its next visit',
    tags,
  })
    .input(z.object({ ...laneId, passageId, reason }))
    .output(laneViewSchema),
  /** The car that was let through did not go: entry or exit are taken back, with what was just paid. */
  withdraw: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/withdraw',
    summary: 'The car that was let through turned back',
    tags,
  })
    .input(z.object({ ...laneId, passageId, reason }))
    .output(laneViewSchema),
  refresh: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/refresh',
    summary: 'Decide and price anew for the car at the lane',
    tags,
  })
    .input(z.object({ ...laneId, passageId }))
    .output(laneViewSchema),
  /** 重拍: the answer says that it was asked for; the picture follows in the live picture as a new `photoId`. */
  snapshot: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/snapshot',
    summary: 'Take a new picture of the car at the lane',
    tags,
  })
    .input(z.object({ ...laneId, passageId }))
    .output(laneViewSchema),
  /** 潮汐车道 */
  turn: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/direction',
    summary: 'Turn a reversible lane',
    tags,
  })
    .input(z.object({ ...laneId, direction: laneDirectionSchema }))
    .output(laneViewSchema),
  /** What the attendant chooses from, and the rules that decide here. */
  rules: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/rules',
    summary: 'The passage rules of the car park, with its lists of reasons',
    tags,
  }).output(passageRulesSchema),
  changeRules: procedure({
    access: 'manager',
    method: 'PATCH',
    path: '/rules',
    summary: 'Change passage rules; what is not named stays',
    tags,
  })
    .input(passageRulesPatchSchema)
    .output(passageRulesSchema),
  /** 免费放行: lets the car pass without paying; what was due stays in the record. */
  release: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/release',
    summary: 'Let the car pass without paying, with a reason',
    tags,
  })
    .input(z.object({ ...laneId, passageId, reason }))
    .output(laneViewSchema),
  /** Ends the passage without opening: the car turned back, or there was none. */
  cancel: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/cancel',
    summary: 'End the passage without opening',
    tags,
  })
    .input(z.object({ ...laneId, passageId, reason }))
    .output(laneViewSchema),
};
