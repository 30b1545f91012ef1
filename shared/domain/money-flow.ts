import { z } from 'zod';
import { fenSchema } from './money.ts';
import { appliedDiscountSchema } from './registry.ts';
import { feeStepSchema } from './tariff.ts';

/**
 * Bills, attempts, refunds, shifts: the life of money. Fen and epoch ms. A bill is paid whole or not at all: who pays a part
 * gets a bill over that part, so that every payment has exactly one bill and the bills of a stay add up to its charge.
 */

/** How money reached us. `billWay` and `paidType` of the platforms are derived from this. */
export const paymentMethodSchema = z.enum([
  'cash',
  'alipay',
  'wechat',
  'unionpay',
  'etc',
  'platform',
  /** Balance, minutes or a pass of a card. */
  'card',
  /** Bank card on a terminal of the booth. */
  'pos',
]);
export type PaymentMethod = z.infer<typeof paymentMethodSchema>;

/** Where the payment took place: 出入口 / 场内提前 / 先离场后付 / 欠费补缴. */
export const paymentSceneSchema = z.enum(['gate', 'prepaid', 'after-departure', 'arrears']);
export type PaymentScene = z.infer<typeof paymentSceneSchema>;

/** Bills over one debt and nothing else: what pays them pays the debt, and nothing of the stay besides. */
export const isOverDebt = ({ scene }: { readonly scene: PaymentScene }): boolean =>
  scene === 'arrears' || scene === 'after-departure';

/** A bill of a stay. At most one of a stay is open at a time. */
export const billSchema = z.object({
  id: z.string(),
  uid: z.string().default(''),
  state: z.enum(['open', 'paid', 'void']).default('open'),
  scene: paymentSceneSchema.default('gate'),
  tariffId: z.string(),
  minutes: z.int(),
  /** What the whole stay costs up to now, before discounts. */
  chargeFen: z.int(),
  /** What discounts take off it: those that earlier bills used, and those of this one (`discounts`). */
  discountFen: z.int(),
  /** Paid for this stay before this bill. */
  paidFen: z.int(),
  /** charge − discount − paid, never below zero. */
  dueFen: z.int(),
  steps: z.array(feeStepSchema),
  discounts: z.array(appliedDiscountSchema).default([]),
  /** Debts of earlier stays that are collected with it; part of what is to pay, not of `dueFen`. */
  arrears: z.array(z.object({ debtId: z.string(), uid: z.string().nullable(), amountFen: fenSchema })).default([]),
  createdAt: z.int(),
  /** After this it must be made anew, because the fee may have grown. */
  validUntil: z.int().nullable().default(null),
});
export type Bill = z.infer<typeof billSchema>;

/** What the driver pays for a bill: its own due, and the debts collected with it. */
export const toPayFen = (bill: Pick<Bill, 'dueFen' | 'arrears'>): number =>
  bill.arrears.reduce((sum, debt) => sum + debt.amountFen, bill.dueFen);

/** Channels in the order in which an exit asks them (收费渠道). */
export const channelKindSchema = z.enum(['agreement', 'qr', 'scan', 'card', 'cash']);
export type ChannelKind = z.infer<typeof channelKindSchema>;

/**
 * created: written down, nothing left yet · sent · paid · declined · unknown: no answer, the money may have moved ·
 * reversing: to be taken back, not confirmed · reversed · abandoned: nothing was sent and nothing will be.
 */
export const attemptStateSchema = z.enum([
  'created',
  'sent',
  'paid',
  'declined',
  'unknown',
  'reversing',
  'reversed',
  'abandoned',
]);
export type AttemptState = z.infer<typeof attemptStateSchema>;

/** One try at a channel to get a bill paid. A row before the request leaves, so that a crash cannot hide it. */
export const attemptSchema = z.object({
  id: z.string(),
  billId: z.string(),
  uid: z.string(),
  laneId: z.string().nullable(),
  channel: z.string().max(40),
  kind: channelKindSchema,
  method: paymentMethodSchema,
  amountFen: fenSchema,
  /** What the collecting platform took off besides (平台优惠); with `amountFen` it covers the bill. */
  discountFen: fenSchema.default(0),
  /** What `discountFen` is made of, where the platform told it piece by piece. */
  discounts: z.array(appliedDiscountSchema).optional(),
  /** Paid for a part only: so much of what was asked for is still to pay, in another way. Absent: nothing. */
  shortFen: fenSchema.optional(),
  state: attemptStateSchema,
  /**
   * 待核实: asked as often as the channel wants it asked while the car waits, and still unknown. Other ways to pay are open; it is
   * followed on, and what it turns out to be is booked or becomes a case.
   */
  setAside: z.boolean().default(false),
  /**
   * 保付: paid on the word of the platform, which completes the payment by itself. `pending` until it told that payment, then
   * `confirmed`; null: nothing was guaranteed, the answer was the payment.
   */
  guarantee: z.enum(['pending', 'confirmed']).nullable().default(null),
  /** The other side's number, as far as known. */
  reference: z.string().max(100).nullable(),
  detail: z.string().max(400),
  createdAt: z.int(),
  updatedAt: z.int(),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** A payment of a stay, as it is told to platforms when the stay ends. */
export const stayPaymentSchema = z.object({
  billId: z.string(),
  /** The try that brought it; null for cash and the like. */
  attemptId: z.string().nullable(),
  method: paymentMethodSchema,
  scene: paymentSceneSchema,
  /** The platform that collected it; null when the car park did. */
  via: z.string().nullable(),
  paidFen: z.int(),
  /** What its bill's discounts took off. */
  discounts: z.array(appliedDiscountSchema).default([]),
  reference: z.string().nullable(),
  paidAt: z.int(),
  /** Who took it, as in `Actor.name`. */
  collector: z.string(),
  /** It paid this debt of an earlier stay, together with a bill of this one. */
  debtId: z.string().nullable().default(null),
});
export type StayPayment = z.infer<typeof stayPaymentSchema>;

/** 退款: money back, tied to the payment it came from. */
export const refundSchema = z.object({
  id: z.string(),
  /** The bill whose payment is given back; null for money that never settled a bill (paid twice). */
  billId: z.string().nullable(),
  attemptId: z.string().nullable(),
  /** The stay; `card:<id>` where a recharge is given back. */
  uid: z.string(),
  /** The recharge of a cancelled card that is given back, by its order number as the card's history tells it. */
  recharge: z.object({ cardId: z.string(), orderNo: z.string() }).optional(),
  amountFen: fenSchema,
  method: paymentMethodSchema,
  reason: z.string().max(200),
  /** requested → approved → done, or rejected; `failed`: approved, and the channel could not. */
  state: z.enum(['requested', 'approved', 'done', 'rejected', 'failed']),
  requestedBy: z.string(),
  decidedBy: z.string().nullable(),
  /** What whoever rejected it said. */
  decisionReason: z.string().max(200).optional(),
  shiftId: z.string().nullable(),
  createdAt: z.int(),
  updatedAt: z.int(),
});
export type Refund = z.infer<typeof refundSchema>;

/** 异常: something that a named person must look at and bring to an end. */
export const caseKindSchema = z.enum([
  'paid-twice',
  'late-payment',
  'unknown-payment',
  'seen-again',
  'near-plate',
  'followed-through',
  'left-while-held',
  'no-entry',
  'entered-twice',
  'turned-back',
  'shift-difference',
  'remote-gave-up',
  'released',
  /** The arm was opened by hand while a car stood there that was not let through. */
  'opened-by-hand',
  /** A car that had not stood inside for long was closed as long gone. */
  'closed-early',
  /** Let through, and no loop saw it go. */
  'not-seen-passing',
]);
export type CaseKind = z.infer<typeof caseKindSchema>;

export const caseSchema = z.object({
  id: z.string(),
  kind: caseKindSchema,
  uid: z.string().nullable(),
  laneId: z.string().nullable(),
  passageId: z.string().nullable(),
  plate: z.string(),
  amountFen: z.int(),
  detail: z.string().max(400),
  openedAt: z.int(),
  owner: z.string().nullable(),
  closedAt: z.int().nullable(),
  closedBy: z.string().nullable(),
  resolution: z.string().max(400).nullable(),
  /** People it may be about: they do not end it themselves. Besides them, whoever acted on its passage. */
  causedBy: z.array(z.string()).optional(),
});
export type Case = z.infer<typeof caseSchema>;

/** Why somebody may not end a case: said before they try. */
export const caseHindranceSchema = z.enum(['case-closed', 'case-taken', 'case-not-taken', 'managers-only', 'own-case']);
export type CaseHindrance = z.infer<typeof caseHindranceSchema>;

/** A time in which cars may have crossed unseen: a held barrier, or a dead camera while the arm was opened by hand. */
export const gapSchema = z.object({
  id: z.string(),
  kind: z.enum(['held-open', 'camera-down', 'clock']),
  laneId: z.string(),
  direction: z.enum(['in', 'out']),
  from: z.int(),
  to: z.int().nullable(),
  /** Openings by hand meanwhile; a dead camera behind a closed arm hides nobody. */
  openings: z.int().min(0),
});
export type Gap = z.infer<typeof gapSchema>;

/** Coins and notes: face value in fen → how many. */
export const cashCountSchema = z.record(z.string().regex(/^\d{1,6}$/), z.int().min(0).max(100_000));
export type CashCount = z.infer<typeof cashCountSchema>;

/** 班次: one cashier's time at the drawer. */
export const shiftSchema = z.object({
  id: z.string(),
  cashier: z.string(),
  /** The booth it belongs to; two booths have two drawers. */
  booth: z.string(),
  /** `relief`: somebody stands in with a drawer of their own while the shift of `standsInFor` rests. */
  kind: z.enum(['normal', 'relief']),
  standsInFor: z.string().nullable(),
  openedAt: z.int(),
  floatFen: fenSchema,
  /** open → counted (blind) → closed → confirmed by the next; `break`: locked, the drawer untouched. */
  state: z.enum(['open', 'break', 'counted', 'closed']),
  cashInFen: z.int(),
  cashRefundedFen: z.int(),
  paidOutFen: z.int(),
  /** Change that stayed in the drawer because a platform gives it, and such change that was handed over out of it after all. */
  changeKeptFen: z.int().default(0),
  changeHandedFen: z.int().default(0),
  count: cashCountSchema.nullable(),
  countedFen: z.int().nullable(),
  /** What the drawer should hold; worked out when the count was handed in, never before. */
  expectedFen: z.int().nullable(),
  differenceFen: z.int().nullable(),
  differenceReason: z.string().max(200).nullable(),
  closedAt: z.int().nullable(),
  /** Left in the drawer for the next cashier; the rest was handed in (归账). */
  leftFen: z.int().nullable().default(null),
  confirmedBy: z.string().nullable(),
  confirmedAt: z.int().nullable(),
  /** What the next cashier took over of `leftFen`; `takenOverCount` null: accepted without counting it again. */
  takenOverFen: z.int().nullable().default(null),
  takenOverCount: cashCountSchema.nullable().default(null),
});
export type Shift = z.infer<typeof shiftSchema>;

/** 支出: money taken out of the drawer, with a remark. */
export const paidOutSchema = z.object({
  id: z.string(),
  shiftId: z.string(),
  amountFen: fenSchema,
  remark: z.string().min(1).max(200),
  at: z.int(),
});
export type PaidOut = z.infer<typeof paidOutSchema>;
