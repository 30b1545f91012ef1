import { Button, Drawer } from 'antd';
import type { CouponView, MerchantView } from '../../../shared/contract/coupons.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Validity } from '../../office/Registry.tsx';
import { Facts, Leads, State, When } from '../../office/Values.tsx';
import { couponTones } from './use-columns.tsx';
import { boundsOf, worthOf } from './worth.ts';

/** One coupon: what it is worth, and where it was used. */
export function CouponDrawer(props: {
  coupon: CouponView;
  merchants: readonly MerchantView[];
  onClose: () => void;
  onCancel: () => void;
}) {
  const { t } = useWords();
  const { coupon } = props;
  const edits = useSession((state) => may(state.user, 'coupon.edit'));
  const bounds = boundsOf(coupon, t);
  return (
    <Drawer open size={520} title={t('coupons.title', { plate: coupon.plate })} onClose={props.onClose}>
      <div className="reason-dialog">
        <Facts
          columns={1}
          of={[
            [
              t('registry.state'),
              <State key="state" tone={couponTones[coupon.state]}>
                {t(`coupons.state.${coupon.state}`)}
              </State>,
            ],
            [
              t('coupons.merchant'),
              props.merchants.find(({ id }) => id === coupon.merchantId)?.name ?? coupon.merchantId,
            ],
            [t('coupons.worthLabel'), worthOf(coupon, t)],
            [t('coupons.boundsLabel'), bounds === '' ? null : bounds],
            [t('registry.validity'), <Validity key="validity" from={coupon.validFrom} to={coupon.validTo} />],
            [t('coupons.number'), coupon.id],
            [
              t('coupons.usedFor'),
              coupon.uid === null ? null : (
                <Leads key="uid" to="stays" place={{ id: coupon.uid }}>
                  {coupon.uid}
                </Leads>
              ),
            ],
            [t('registry.updatedAt'), <When key="updated" at={coupon.updatedAt} />],
          ]}
        />
        {edits && coupon.state === 'given' && (
          <div className="field-row">
            <Button danger onClick={props.onCancel}>
              {t('coupons.cancel')}
            </Button>
          </div>
        )}
      </div>
    </Drawer>
  );
}
