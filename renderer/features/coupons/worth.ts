import type { CouponView } from '../../../shared/contract/coupons.ts';
import { formatMoney } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n/index.ts';

/** What a coupon takes off, in a word. */
export function worthOf({ kind, value }: Pick<CouponView, 'kind' | 'value'>, t: Translate): string {
  return t(`coupons.worth.${kind}`, { amount: formatMoney(value), n: value });
}

/** Within which bounds it does. */
export function boundsOf({ maxFen, minimumFen }: Pick<CouponView, 'maxFen' | 'minimumFen'>, t: Translate): string {
  return [
    ...(minimumFen > 0 ? [t('coupons.from', { amount: formatMoney(minimumFen) })] : []),
    ...(maxFen === null ? [] : [t('coupons.most', { amount: formatMoney(maxFen) })]),
  ].join(' · ');
}
