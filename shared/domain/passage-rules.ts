import { z } from 'zod';
import { announcementRulesSchema } from './announcement.ts';
import { fenSchema } from './money.ts';
import { printingRulesSchema } from './printing-rules.ts';
import { discountKindSchema } from './registry.ts';

/** What happens to a car that has no space: it passes, waits for a person, or is sent away. */
const fullRule = z.enum(['admit', 'wait', 'refuse']);

/** 路内停车: when what is told of a berth is believed. */
export const kerbsideRulesSchema = z.strictObject({
  settleSeconds: z
    .int()
    .min(0)
    .max(600)
    .default(30)
    .describe(
      'A car begins its stay when it has stood in its berth for so long; who only reverses through makes no record',
    ),
  leaveSeconds: z
    .int()
    .min(0)
    .max(600)
    .default(10)
    .describe(
      'A stay ends when its berth was free for so long; it counts to the moment at which the berth became free',
    ),
  backdateMinutes: z
    .int()
    .min(0)
    .max(1440)
    .default(120)
    .describe('How far back attendants may say that a car came or went'),
  lateHours: z
    .int()
    .min(1)
    .max(720)
    .default(24)
    .describe('What a device tells about a moment longer ago than this counts from when it was received'),
});
export type KerbsideRules = z.infer<typeof kerbsideRulesSchema>;

const reasonList = z.array(z.string().trim().min(1).max(60)).max(50);

/** How this car park handles what published rules leave to it (通行规则). Every setting has the default that surprises least. */
export const passageRulesSchema = z.strictObject({
  graceMinutes: z
    .int()
    .min(0)
    .max(240)
    .default(15)
    .describe('Minutes to leave after paying; one setting for booth, phone page and sign'),
  full: z
    .strictObject({
      small: fullRule.default('admit'),
      medium: fullRule.default('admit'),
      large: fullRule.default('admit'),
    })
    .default({ small: 'admit', medium: 'admit', large: 'admit' })
    .describe('Temporary cars when no open space is left, per vehicle class'),
  classSpaces: z
    .strictObject({
      small: z.int().min(0).optional(),
      medium: z.int().min(0).optional(),
      large: z.int().min(0).optional(),
    })
    .default({})
    .describe('At most so many cars of a class inside; absent: no limit of its own'),
  unlicensed: z
    .enum(['wait', 'admit'])
    .default('wait')
    .describe('Cars without a plate: wait for a person or a scan, or enter with a virtual plate'),
  nearMatch: z
    .enum(['alone', 'ask'])
    .default('alone')
    .describe('At the exit: accept an unambiguous near plate alone, or always ask'),
  expiredCard: z.enum(['temporary', 'wait', 'refuse']).default('temporary'),
  cardGraceDays: z.int().min(0).max(90).default(0).describe('Days after its end in which a card still counts'),
  cardReminderDays: z.int().min(0).max(90).default(7),
  surplusCar: z
    .enum(['temporary', 'wait', 'refuse'])
    .default('temporary')
    .describe('A car of a card whose spaces are all taken (一位多车)'),
  surplusBecomesFixedMinutes: z
    .int()
    .min(0)
    .max(1440)
    .default(0)
    .describe(
      'The surplus car takes over the space when the first leaves within so many minutes of its entry; 0: never',
    ),
  quotaFull: z
    .enum(['borrow', 'temporary', 'wait', 'refuse'])
    .default('borrow')
    .describe(
      'A car whose reserved quota is full: borrows an open space (logged), enters as temporary, waits, is refused',
    ),
  confirm: z
    .strictObject({
      temporaryEntry: z.boolean().default(false),
      cardEntry: z.boolean().default(false),
      cardExit: z.boolean().default(false),
      freeExit: z.boolean().default(false),
    })
    .default({ temporaryEntry: false, cardEntry: false, cardExit: false, freeExit: false })
    .describe('Ask the attendant before opening'),
  discountOrder: z
    .array(discountKindSchema)
    .default(['minutes', 'amount', 'rate', 'free'])
    .describe('In which order discounts of different kinds are taken off; kinds that are not named come last'),
  discountStacking: z
    .enum(['all', 'best'])
    .default('all')
    .describe('Several discounts on one bill: all of them in order, or only the one that takes off most'),
  attendantDiscountFen: fenSchema
    .default(0)
    .describe('Most that attendants may take off one stay by discounts of their own; 0: only managers grant them'),
  attendantVisitorHours: z
    .int()
    .min(0)
    .max(8760)
    .default(24)
    .describe('Longest visit that attendants may announce, for at most 3 entries; 0: only managers announce visitors'),
  orderMinutes: z
    .int()
    .min(1)
    .max(60)
    .default(5)
    .describe('How long a bill made for a phone or a platform may be paid before it must be made anew'),
  shiftRequired: z.boolean().default(false).describe('Cash may only be taken by the cashier of an open shift'),
  verifyAboveFen: fenSchema
    .default(50_000)
    .describe('A bill above this waits for a check before it is shown; 0: never'),
  debtExit: z.boolean().default(true).describe('The attendant may let a car out owing'),
  debtIntercept: z
    .enum(['none', 'entry', 'exit', 'both'])
    .default('none')
    .describe('Where debts made here stop the car at its next visit; none: they are added to its next bill'),
  missingEntryFen: fenSchema
    .nullable()
    .default(null)
    .describe('Fixed fee for a car whose entry nobody saw; null: by the attendant'),
  cameraDownMinutes: z
    .int()
    .min(1)
    .max(1440)
    .default(5)
    .describe(
      'A camera of an exit that is away this long, with openings by hand meanwhile, makes the stays inside doubtful',
    ),
  seenAgainMinutes: z
    .int()
    .min(0)
    .max(1440)
    .default(10)
    .describe('A car read again at an exit within so many minutes after it left is a case to look at'),
  turnBack: z
    .enum(['case', 'withdraw', 'off'])
    .default('case')
    .describe(
      'A car that was let through, left the trigger loop and never came onto the safety loop: a case to look at; its entry or exit withdrawn at once where no money would have to be given back, else a case; nothing',
    ),
  turnBackSeconds: z
    .int()
    .min(3)
    .max(120)
    .default(10)
    .describe('How long a car may take from the trigger loop to the safety loop before it counts as turned back'),
  staleDays: z.int().min(1).max(365).default(30).describe('A stay longer than this is listed as stale'),
  kerbside: kerbsideRulesSchema.prefault({}).describe('Berths along roads: when a stay begins and ends'),
  announcements: announcementRulesSchema
    .prefault({})
    .describe('What displays show and say at the lanes, and the colours of signs'),
  printing: printingRulesSchema.prefault({}).describe('Receipts and cash drawers: what happens by itself at the lanes'),
  businessDayStart: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:mm')
    .default('00:00')
    .describe('When the business day of reports begins, Asia/Shanghai'),
  openReasons: reasonList.default(['设备故障', '特种车辆', '跟车误落闸', '领导安排', '其他']),
  releaseReasons: reasonList.default(['特种车辆', '设备故障', '业主投诉', '内部车辆', '现金找零不足', '其他']),
  freeTextReasons: z.boolean().default(true).describe('Reasons that are not on the list are accepted too'),
});
export type PassageRules = z.infer<typeof passageRulesSchema>;

/** The rules of a car park that set none. */
export const DEFAULT_RULES: PassageRules = Object.freeze(passageRulesSchema.parse({}));

/**
 * Some of the rules, to be changed. Whoever applies it parses the whole again: a partial schema would fill in defaults for what was
 * not named.
 */
export const passageRulesPatchSchema = z
  .partialRecord(z.enum(passageRulesSchema.keyof().options), z.unknown())
  .describe('Rules as `GET /rules` shows them; what is not named stays');
export type PassageRulesPatch = z.infer<typeof passageRulesPatchSchema>;
