import type { Fen } from '../../../shared/domain/money.ts';
import type { Bill } from '../../../shared/domain/money-flow.ts';
import type { Coupon, Discount, Merchant } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';

/** Coupons of merchants (商户优惠券) as discounts of a stay. Pure: whoever makes and settles bills calls this. */

type MerchantOf = (id: string) => Merchant | undefined;

/**
 * The discounts that the unused coupons of a plate give its stay now. A suspended merchant gives none; a merchant with a quota
 * of money gives at most what is left of it, all its coupons together.
 */
export function discountsFor(
  stay: Pick<Stay, 'plate' | 'discounts' | 'usedDiscounts'>,
  coupons: readonly Coupon[],
  now: EpochMs,
  merchantOf: MerchantOf,
): Discount[] {
  const known = new Set(
    [...stay.discounts, ...stay.usedDiscounts.map(({ discount }) => discount)].map((discount) => discount.couponId),
  );
  /** What the quota of a merchant still covers, after the coupons before this one. */
  const left = new Map<string, Fen>();
  return coupons
    .filter((coupon) => coupon.state === 'given' && coupon.plate === stay.plate.text && !known.has(coupon.id))
    .filter((coupon) => coupon.validFrom <= now && now <= coupon.validTo)
    .flatMap((coupon) => {
      const merchant = merchantOf(coupon.merchantId);
      if (merchant?.state !== 'active') return [];
      const quota = left.get(merchant.id) ?? merchant.amountLeftFen;
      const maxFen = smaller(coupon.maxFen, quota);
      if (quota !== null) {
        const atMost = smaller(maxFen, coupon.kind === 'amount' ? coupon.value : null) ?? quota;
        left.set(merchant.id, quota - atMost);
        if (quota === 0) return [];
      }
      return [asDiscount(coupon, merchant, maxFen)];
    });
}

const smaller = (a: Fen | null, b: Fen | null): Fen | null => (a === null ? b : b === null ? a : Math.min(a, b));

const asDiscount = (coupon: Coupon, merchant: Merchant, maxFen: Fen | null): Discount => ({
  id: `coupon-${coupon.id}`.slice(0, 64),
  kind: coupon.kind,
  value: coupon.value,
  maxFen,
  minimumFen: coupon.minimumFen,
  origin: merchant.name,
  originKind: 'merchant',
  couponId: coupon.id,
  grantedAt: coupon.validFrom,
});

/** The coupons that a bill used, and what each took off. */
export const usedCoupons = (bill: Pick<Bill, 'discounts'>): { readonly couponId: string; readonly amountFen: Fen }[] =>
  bill.discounts.flatMap(({ discount, amountFen }) =>
    discount.couponId === null ? [] : [{ couponId: discount.couponId, amountFen }],
  );

/** Coupons and merchants as they are once `bill` is paid: used, and the quota of money counted down. To be recorded with the payment. */
export function spendCoupons(
  bill: Pick<Bill, 'discounts' | 'uid'>,
  couponOf: (id: string) => Coupon | undefined,
  merchantOf: MerchantOf,
  now: EpochMs,
): { readonly coupons: Coupon[]; readonly merchants: Merchant[] } {
  const coupons: Coupon[] = [];
  const merchants = new Map<string, Merchant>();
  for (const { couponId, amountFen } of usedCoupons(bill)) {
    const coupon = couponOf(couponId);
    if (coupon?.state !== 'given') continue;
    coupons.push({ ...coupon, state: 'used', uid: bill.uid, updatedAt: now });
    const merchant = merchants.get(coupon.merchantId) ?? merchantOf(coupon.merchantId);
    if (merchant && merchant.amountLeftFen !== null)
      merchants.set(merchant.id, {
        ...merchant,
        amountLeftFen: Math.max(0, merchant.amountLeftFen - amountFen),
        updatedAt: now,
      });
  }
  return { coupons, merchants: [...merchants.values()] };
}
