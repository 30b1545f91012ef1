import { z } from 'zod';
import type { Fen } from '../../../../shared/domain/money.ts';
import type { DiscountKind } from '../../../../shared/domain/registry.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { ShenzhenSettings } from './config.ts';
import type { CouponGroup } from './config-money.ts';
import { table } from './define.ts';
import { code, maybeCode, maybeDecimal, maybeFlag, maybeTime, maybeWhole, maybeYuan, text } from './down-fields.ts';

/**
 * Coupons that come with a question about a fee (table 25): what each takes off. Which may be used at all, and in which order, is said in
 * {@link takenOff}; what the draft leaves open is decided in the README beside.
 */

const TYPES: Readonly<Record<number, CouponGroup>> = { 0: 'cash', 1: 'rate', 3: 'time', 4: 'free' };
/** As many minutes as anybody stays. */
const MAX_MINUTES = 10 * 366 * 24 * 60;
/** A driver has a handful of them; each with minutes prices the stay once more. */
const MOST = 50;

/** An element of couponList. `rate` as it is written: the settings say what it means. */
export interface Coupon {
  readonly id: string;
  readonly group: CouponGroup;
  /** Of a time coupon: 0 定额, 1 减免, 2 折扣. */
  readonly timeType: number;
  readonly minutes: number;
  /** Longest stay that enjoys it, minutes; 0: any. */
  readonly longestMinutes: number;
  readonly evenLonger: boolean;
  readonly amountFen: Fen;
  readonly rate: number;
  /** 0: no limit. */
  readonly maxFen: Fen;
  /** Of the whole fee of the stay, before anything is taken off. */
  readonly minimumFen: Fen;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

const elementSchema = table({
  usercouponId: text(36),
  couponType: code(0, 1, 3, 4),
  timeType: maybeCode(0, 1, 2),
  parkingTime: maybeWhole(0, MAX_MINUTES),
  startDate: maybeTime(),
  endDate: maybeTime('end'),
  discountAmount: maybeYuan(),
  maxDiscountAmount: maybeYuan(),
  discountRate: maybeDecimal(10),
  freeMinutes: maybeWhole(0, MAX_MINUTES),
  timeoutValid: maybeFlag(),
  minimumConsumption: maybeYuan(),
})
  .superRefine(({ couponType, timeType, discountAmount, discountRate }, context) => {
    const missing = (name: string): void => context.addIssue({ code: 'custom', path: [name], message: '缺少参数' });
    if (couponType === 0 && discountAmount === undefined) missing('discountAmount');
    if (couponType === 3 && timeType === undefined) missing('timeType');
    if ((couponType === 1 || (couponType === 3 && timeType === 2)) && discountRate === undefined)
      missing('discountRate');
  })
  .transform(
    (told): Coupon => ({
      id: told.usercouponId,
      group: TYPES[told.couponType] ?? 'free',
      timeType: told.timeType ?? 0,
      minutes: told.freeMinutes ?? 0,
      longestMinutes: told.parkingTime ?? 0,
      evenLonger: told.timeoutValid ?? false,
      amountFen: told.discountAmount ?? 0,
      rate: told.discountRate ?? 1,
      maxFen: told.maxDiscountAmount ?? 0,
      minimumFen: told.minimumConsumption ?? 0,
      from: told.startDate ?? Number.NEGATIVE_INFINITY,
      to: told.endDate ?? Number.POSITIVE_INFINITY,
    }),
  );

/** couponList: absent, empty, or elements of which each names another coupon. */
export const couponList = () =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? [] : value),
    z
      .array(elementSchema, '应为数组')
      .max(MOST, `不应超过 ${MOST} 项`)
      .refine((coupons) => new Set(coupons.map(({ id }) => id)).size === coupons.length, '优惠券重复'),
  );

/** What a coupon took off, in the words of our discounts. Nothing: it has no line, and is not used. */
export interface CouponLine {
  readonly couponId: string;
  readonly kind: DiscountKind;
  readonly value: number;
  readonly amountFen: Fen;
}

/** What coupons are taken off. */
export interface CouponBase {
  /** What is to pay now: they never take off more. */
  readonly dueFen: Fen;
  /** The fee of the whole stay before anything is taken off. */
  readonly feeFen: Fen;
  /** Whole minutes that it stood. */
  readonly minutes: number;
  readonly at: EpochMs;
  /** By how much less it would be to pay, had it stood so many minutes less. */
  readonly shorter: (minutes: number) => Fen;
  /** What its first minutes cost. */
  readonly first: (minutes: number) => Fen;
}

type Rules = ShenzhenSettings['coupons'];

/**
 * The lines of the coupons that count: valid now, not used before, the fee as high and the stay as short as they demand. By kind in the
 * order of the settings, which takes off most for the driver and spends least: all free first, for then no other is used up; time and
 * rates before money, for they are worth more of a higher fee. Of one kind as they were listed.
 */
export function takenOff(coupons: readonly Coupon[], base: CouponBase, rules: Rules): readonly CouponLine[] {
  const usable = rules.order.flatMap((group) =>
    coupons.filter((coupon) => coupon.group === group && counts(coupon, base)),
  );
  if (rules.stacking === 'all') return lines(usable, base, rules);
  return usable
    .map((coupon) => lines([coupon], base, rules))
    .reduce((best, one) => ((one[0]?.amountFen ?? 0) > (best[0]?.amountFen ?? 0) ? one : best), []);
}

function counts(coupon: Coupon, { at, feeFen, minutes }: CouponBase): boolean {
  const { group, from, to, minimumFen, longestMinutes, evenLonger } = coupon;
  const short = group !== 'time' || longestMinutes === 0 || minutes <= longestMinutes || evenLonger;
  return from <= at && at <= to && feeFen >= minimumFen && short;
}

function lines(coupons: readonly Coupon[], base: CouponBase, rules: Rules): CouponLine[] {
  let left = base.dueFen;
  /** 减免 minutes count together: in two parts they are worth what they are in one. */
  let together = 0;
  let byMinutes = 0;
  return coupons.flatMap((coupon) => {
    const { id, group, timeType, minutes } = coupon;
    let line: Pick<CouponLine, 'kind' | 'value' | 'amountFen'>;
    if (group === 'free') line = { kind: 'free', value: 0, amountFen: left };
    else if (group === 'cash') line = { kind: 'amount', value: coupon.amountFen, amountFen: coupon.amountFen };
    else if (group === 'rate') line = byRate(coupon, left, rules);
    else if (timeType === 2) line = byRate(coupon, Math.min(left, firstOf(minutes, base)), rules);
    else if (timeType === 0)
      line = { kind: 'minutes', value: minutes, amountFen: minutes > 0 ? firstOf(minutes, base) : 0 };
    else {
      together += minutes;
      const worth = Math.max(byMinutes, base.shorter(together));
      line = { kind: 'minutes', value: minutes, amountFen: worth - byMinutes };
      byMinutes = worth;
    }
    const amountFen = Math.min(left, line.amountFen);
    left -= amountFen;
    return amountFen > 0 ? [{ couponId: id, ...line, amountFen }] : [];
  });
}

/** No minutes named, or no fewer than it stood: all of it. */
const firstOf = (minutes: number, { first, minutes: stood, dueFen }: CouponBase): Fen =>
  minutes === 0 || minutes >= stood ? dueFen : first(minutes);

/** A rate takes off whole fen, and never more than its share. */
function byRate({ rate, maxFen }: Coupon, of: Fen, { rate: means }: Rules) {
  const written = Math.round((means === 'tenths' ? rate / 10 : rate) * 1_000_000);
  const off = Math.max(0, means === 'off' ? Math.min(written, 1_000_000) : 1_000_000 - written);
  const amountFen = Math.floor((of * off) / 1_000_000);
  return {
    kind: 'rate' as const,
    value: Math.round(off / 10_000),
    amountFen: maxFen > 0 ? Math.min(maxFen, amountFen) : amountFen,
  };
}

/** The rate of a coupon that says nothing in the way of the settings; undefined: all of them do. */
export const oddRate = (coupons: readonly Coupon[], { rate: means }: Rules): Coupon | undefined =>
  coupons.find(({ rate }) => rate > (means === 'tenths' ? 10 : 1));
