import { z } from 'zod';
import { fenSchema } from './money.ts';
import { cardTypeSchema } from './terms.ts';
import { vehicleClassSchema } from './vehicle.ts';

/** Who may pass, on what terms: cards, bookings, visitors, coupons, debts, agreements. Instants are epoch ms. */

const id = z.string().min(1).max(64);
const plateText = z.string().min(1).max(16);
const remark = z.string().max(200);

/** Number of an IC card, as its reader tells it. */
export const icNumberSchema = z.string().trim().min(1).max(40);

/** A card (月租车/固定车/储值车 …): some plates that share some spaces, and what they may use up. */
export const cardSchema = z.object({
  id,
  /** The number people know it by. */
  number: z.string().min(1).max(40),
  /** 卡片名称, where it has one besides its number. */
  name: z.string().max(60).default(''),
  type: cardTypeSchema,
  /** Its type at the platform that made it, where that is none of ours; it is told as that, and works as `type`. */
  externalType: z.int().nullable().default(null),
  plates: z.array(plateText).max(50),
  /** IC 卡号: kept, found and told. There is no reader for them, so they open nothing. */
  icNumbers: z.array(icNumberSchema).max(50).default([]),
  /** Cars of this card that may stand inside on its terms at the same time (车位数). */
  spaces: z.int().min(1).max(1000),
  /** Areas where it counts; empty: everywhere. */
  areas: z.array(z.string().max(40)).max(50),
  /** Reserved quota whose spaces it takes; null: open spaces. */
  quotaId: z.string().max(40).nullable(),
  vehicleClass: vehicleClassSchema.nullable(),
  validFrom: z.int(),
  /** Last instant at which it is valid. */
  validTo: z.int(),
  /** 储值车: what is left. */
  balanceFen: fenSchema,
  /** 时租车: minutes left. */
  minutesLeft: z.int().min(0),
  /** 计次车: passes left; one is used by each exit. */
  timesLeft: z.int().min(0),
  state: z.enum(['active', 'suspended', 'cancelled']),
  owner: z.string().max(60),
  phone: z.string().max(40),
  /** 房间号 */
  room: z.string().max(40).default(''),
  remark,
  /** A user or platform, as in `Actor.name`. */
  source: z.string().max(60),
  updatedAt: z.int(),
});
export type Card = z.infer<typeof cardSchema>;

/** What a recharge gives (Keytop 充值类型: money, months, days, hours, times). */
export const rechargeUnitSchema = z.enum(['money', 'months', 'days', 'hours', 'times']);
export type RechargeUnit = z.infer<typeof rechargeUnitSchema>;

/** A plan (充值规则): for cards of a type, `priceFen` buys `amount` of `unit`, and `gift` more of it for nothing. Money is in fen. */
export const rechargePlanSchema = z.object({
  id,
  name: z.string().trim().min(1).max(60),
  type: cardTypeSchema,
  priceFen: fenSchema,
  unit: rechargeUnitSchema,
  amount: z.int().min(1),
  gift: z.int().min(0),
  updatedAt: z.int(),
});
export type RechargePlan = z.infer<typeof rechargePlanSchema>;

/** 预约车: one plate may come in a period, once or as often as it likes. Time inside the period is covered. */
export const bookingSchema = z.object({
  id,
  plate: plateText,
  from: z.int(),
  to: z.int(),
  passes: z.enum(['once', 'many']),
  /** Entries made on it so far. */
  used: z.int().min(0),
  /** What was paid for it in advance, elsewhere. */
  prepaidFen: fenSchema,
  /** What of it bills have taken off so far; absent: nothing. */
  creditedFen: fenSchema.optional(),
  owner: z.string().max(60),
  phone: z.string().max(40),
  remark,
  state: z.enum(['active', 'cancelled']),
  source: z.string().max(60),
  updatedAt: z.int(),
});
export type Booking = z.infer<typeof bookingSchema>;

/** 访客车: by count, by time, or both. `freeMinutes` null: covered for the whole stay within the period. */
export const visitorSchema = z.object({
  id,
  plate: plateText,
  name: z.string().max(60),
  host: z.string().max(60),
  from: z.int(),
  to: z.int(),
  /** Visits left; null: no limit within the period. */
  visitsLeft: z.int().min(0).nullable(),
  freeMinutes: z.int().min(1).nullable(),
  remark,
  state: z.enum(['active', 'cancelled']),
  source: z.string().max(60),
  updatedAt: z.int(),
});
export type Visitor = z.infer<typeof visitorSchema>;

/** How a discount (优惠) works: money off, minutes off, a rate, the whole fee, or down to a price. */
export const discountKindSchema = z.enum(['amount', 'minutes', 'rate', 'free']);
export type DiscountKind = z.infer<typeof discountKindSchema>;

export const discountSchema = z.object({
  id,
  kind: discountKindSchema,
  /** fen for `amount`, minutes for `minutes`, percent OFF (1-100) for `rate`, 0 for `free`. */
  value: z.int().min(0),
  /** Takes off at most this much; null: no limit. */
  maxFen: fenSchema.nullable(),
  /** Only counts for fees of at least this much (满减); 0: always. */
  minimumFen: fenSchema,
  /** Where it comes from, in words: the merchant, the platform, the attendant. */
  origin: z.string().max(60),
  originKind: z.enum(['merchant', 'platform', 'user', 'rule']),
  /** The coupon that was used up for it, if any. */
  couponId: z.string().max(64).nullable(),
  grantedAt: z.int(),
});
export type Discount = z.infer<typeof discountSchema>;

/** What a discount took off a bill. */
export const appliedDiscountSchema = z.object({ discount: discountSchema, amountFen: fenSchema, text: z.string() });
export type AppliedDiscount = z.infer<typeof appliedDiscountSchema>;

/** 商户: may give discounts up to a quota. */
export const merchantSchema = z.object({
  id,
  name: z.string().trim().min(1).max(60),
  /** Coupons it may still give; null: no limit. */
  couponsLeft: z.int().min(0).nullable(),
  /** Sum that its coupons may still take off, fen; null: no limit. Counted when a coupon is used. */
  amountLeftFen: fenSchema.nullable(),
  state: z.enum(['active', 'suspended']),
  updatedAt: z.int(),
});
export type Merchant = z.infer<typeof merchantSchema>;

/** 优惠券: a discount given to a plate, good for one stay. */
export const couponSchema = z.object({
  id,
  merchantId: z.string().max(64),
  plate: plateText,
  kind: discountKindSchema,
  value: z.int().min(0),
  maxFen: fenSchema.nullable(),
  minimumFen: fenSchema,
  validFrom: z.int(),
  validTo: z.int(),
  state: z.enum(['given', 'used', 'cancelled']),
  /** The stay it was used for. */
  uid: z.string().nullable(),
  updatedAt: z.int(),
});
export type Coupon = z.infer<typeof couponSchema>;

/** 欠费: what a car still owes for a stay that ended; our own stay's, or one that a platform reports. */
export const debtSchema = z.object({
  id,
  /** Our stay; null when the platform's own record is all there is. */
  uid: z.string().nullable(),
  plate: plateText,
  amountFen: fenSchema,
  paidFen: fenSchema,
  since: z.int(),
  reason: z.string().max(200),
  /** Where the car is stopped until it has paid; `none`: the sum is added to its next bill and nothing stops it. */
  intercept: z.enum(['none', 'entry', 'exit', 'both']),
  state: z.enum(['open', 'paid', 'cancelled']),
  source: z.string().max(60),
  /**
   * 先离场后付费: until then the platform collects, and no lane asks for it: no bill adds it, nothing stops the car for it. Absent:
   * due since it is there. A person may take the money, or let go of it, at any time.
   */
  notBefore: z.int().optional(),
  updatedAt: z.int(),
});
export type Debt = z.infer<typeof debtSchema>;

/** Whether a lane may ask for it at an instant. */
export const isDue = (debt: Pick<Debt, 'notBefore'>, at: number): boolean => (debt.notBefore ?? at) <= at;

/**
 * The id of a debt that a platform collects after the car has left (先离场后付费). It tells which platform and by which bill, so that
 * whoever hears of a payment of this debt knows under which number the platform keeps it.
 */
export const departureDebtId = (platform: string, billId: string): string => `dp-${platform}-${billId}`;

/** The bill by which `platform` collects the debt of this id; undefined for every other debt. */
export function departureBillId(platform: string, debtId: string): string | undefined {
  const head = departureDebtId(platform, '');
  return debtId.startsWith(head) ? debtId.slice(head.length) : undefined;
}

/** 签约: a plate whose owner lets a platform pay for it. */
export const agreementSchema = z.object({
  id,
  platform: z.string().max(40),
  plate: plateText,
  /** auto-pay 无感/免密: asked at the exit · departure-pay 先离场后付费: the car goes first. */
  kind: z.enum(['auto-pay', 'departure-pay']),
  /** Bills above this are not covered; null: no limit. */
  limitFen: fenSchema.nullable(),
  /** Counts for this stay only; null: for every stay. */
  uid: z.string().nullable(),
  /** departure-pay: so long the platform tries to collect before the booth may ask for the money. */
  collectMinutes: z.int().min(1).default(180),
  validFrom: z.int(),
  validTo: z.int(),
  updatedAt: z.int(),
});
export type Agreement = z.infer<typeof agreementSchema>;

export const registryChangeSchema = z.enum(['added', 'updated', 'removed']);
export type RegistryChange = z.infer<typeof registryChangeSchema>;
