import { Button, Drawer } from 'antd';
import type { DebtView } from '../../../shared/contract/debts.ts';
import { formatMoment } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, stationNow, useSession } from '../../lib/station/session.ts';
import { Source } from '../../office/Registry.tsx';
import { Facts, Leads, Money, When } from '../../office/Values.tsx';
import { collectedUntil, DebtState, restOf } from './use-columns.tsx';

/** One debt, and what may be done about it. */
export function DebtDrawer(props: { debt: DebtView; onClose: () => void; onPay: () => void; onCancel: () => void }) {
  const { t } = useWords();
  const { debt } = props;
  const user = useSession((state) => state.user);
  const collects = may(user, 'cash.collect') || may(user, 'charge.send');
  const stands = debt.state === 'open';
  const until = collectedUntil(debt);
  return (
    <Drawer open size={520} title={t('debts.title', { plate: debt.plate })} onClose={props.onClose}>
      <div className="reason-dialog">
        <Facts
          columns={1}
          of={[
            [t('debts.stateLabel'), <DebtState key="state" debt={debt} />],
            [t('debts.amount'), <Money key="amount" fen={debt.amountFen} />],
            [t('debts.paid'), <Money key="paid" fen={debt.paidFen} />],
            [t('debts.rest'), <Money key="rest" fen={restOf(debt)} strong />],
            [t('debts.since'), <When key="since" at={debt.since} />],
            [t('debts.interceptLabel'), t(`debts.intercept.${debt.intercept}`)],
            [t('debts.reason'), debt.reason],
            [
              t('debts.stay'),
              debt.uid === null ? (
                t('debts.otherPlace')
              ) : (
                <Leads key="uid" to="stays" place={{ id: debt.uid }}>
                  {debt.uid}
                </Leads>
              ),
            ],
            [t('registry.source'), <Source key="source" name={debt.source} />],
            [t('registry.updatedAt'), <When key="updated" at={debt.updatedAt} />],
          ]}
        />
        {until !== null && (
          <p className="field-hint">{t('debts.collectingHint', { until: formatMoment(until, stationNow()) })}</p>
        )}
        {stands && (
          <div className="field-row">
            {collects && (
              <Button type={until === null ? 'primary' : 'default'} autoFocus={until === null} onClick={props.onPay}>
                {t('debts.pay')}
              </Button>
            )}
            {may(user, 'debt.edit') && (
              <Button danger onClick={props.onCancel}>
                {t('debts.cancel')}
              </Button>
            )}
          </div>
        )}
        {stands && !may(user, 'debt.edit') && <p className="field-hint">{t('debts.readOnly')}</p>}
      </div>
    </Drawer>
  );
}
