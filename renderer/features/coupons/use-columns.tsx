import { useMemo } from 'react';
import type { CouponView, MerchantView } from '../../../shared/contract/coupons.ts';
import { useWords } from '../../lib/i18n/index.ts';
import type { Column } from '../../office/DataTable.tsx';
import { PlateText, Validity } from '../../office/Registry.tsx';
import { Leads, State, type Tone, When } from '../../office/Values.tsx';
import { boundsOf, worthOf } from './worth.ts';

export const couponTones: Readonly<Record<CouponView['state'], Tone>> = {
  given: 'info',
  used: 'go',
  cancelled: 'plain',
};

export function useCouponColumns(merchants: readonly MerchantView[]): readonly Column<CouponView>[] {
  const { t } = useWords();
  return useMemo(() => {
    const names = new Map(merchants.map(({ id, name }) => [id, name]));
    return [
      { key: 'plate', title: t('kit.plate'), width: 130, render: (coupon) => <PlateText plate={coupon.plate} /> },
      {
        key: 'merchant',
        title: t('coupons.merchant'),
        width: 150,
        grow: true,
        render: (coupon) => names.get(coupon.merchantId) ?? coupon.merchantId,
      },
      { key: 'worth', title: t('coupons.worthLabel'), width: 130, render: (coupon) => worthOf(coupon, t) },
      { key: 'bounds', title: t('coupons.boundsLabel'), width: 190, render: (coupon) => boundsOf(coupon, t) },
      {
        key: 'validity',
        title: t('registry.validity'),
        width: 280,
        render: (coupon) => <Validity from={coupon.validFrom} to={coupon.validTo} />,
      },
      {
        key: 'state',
        title: t('registry.state'),
        width: 100,
        render: (coupon) => <State tone={couponTones[coupon.state]}>{t(`coupons.state.${coupon.state}`)}</State>,
      },
      {
        key: 'uid',
        title: t('coupons.usedFor'),
        width: 130,
        render: (coupon) =>
          coupon.uid === null ? null : (
            <Leads to="stays" place={{ id: coupon.uid }} label={`${t('registry.stay')} ${coupon.uid}`}>
              {t('registry.stay')}
            </Leads>
          ),
      },
      { key: 'id', title: t('coupons.number'), width: 260, optional: true, render: (coupon) => coupon.id },
      {
        key: 'updated',
        title: t('registry.updatedAt'),
        width: 190,
        optional: true,
        render: (coupon) => <When at={coupon.updatedAt} />,
      },
    ];
  }, [t, merchants]);
}
