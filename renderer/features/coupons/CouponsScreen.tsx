import { Segmented } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import { go, useRoute } from '../../lib/route.ts';
import { useAsk } from '../../office/use-ask.ts';
import { CouponList } from './CouponList.tsx';
import { MerchantList } from './MerchantList.tsx';

const tabs = ['coupons', 'merchants'] as const;

/** 优惠券 and the 商户 that give them. */
export function CouponsScreen() {
  const { t } = useWords();
  const tab = useRoute((route) => (route.id === 'merchants' ? 'merchants' : 'coupons'));
  const merchants = useAsk((client, signal) => client.merchants.list(undefined, { signal }), []);
  const choice = (
    <Segmented
      aria-label={t('nav.coupons')}
      value={tab}
      onChange={(next) => go('coupons', next === 'merchants' ? { id: next } : {})}
      options={tabs.map((value) => ({ value, label: t(`coupons.tab.${value}`) }))}
    />
  );
  return tab === 'merchants' ? (
    <MerchantList tabs={choice} merchants={merchants} />
  ) : (
    <CouponList tabs={choice} merchants={merchants} />
  );
}
