import { lazy, Suspense } from 'react';
import type { ChangeOrderView } from '../../../../shared/contract/change-orders.ts';
import { formatMoney } from '../../../lib/format.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { inFours, OrderState } from './OrderState.tsx';
import './change.css';

const QrImage = lazy(async () => ({ default: (await import('../pay/QrImage.tsx')).QrImage }));

/** The code that the driver scans for the change, how much it is, and how it stands. The code goes with the order's end. */
export function OrderCode({ order }: { order: ChangeOrderView }) {
  const { t } = useWords();
  const { url, amountFen, id, state } = order;
  return (
    <section className="change-order" data-code={url !== null} aria-label={t('boothMore.change.title')}>
      {url !== null && (
        <Suspense fallback={<div className="pay-code" />}>
          <QrImage text={url} label={t('boothMore.change.codeOf', { no: id })} />
        </Suspense>
      )}
      <div className="change-told">
        <p className="change-sum">
          <span>{t('boothMore.change.amount')}</span>
          <strong>{formatMoney(amountFen)}</strong>
        </p>
        <OrderState order={order} />
        <p className="change-no">
          {t('boothMore.change.no')} <b>{inFours(id)}</b>
        </p>
        {state === 'open' && (
          <p className="change-todo">{t(url === null ? 'boothMore.change.noPage' : 'boothMore.change.scan')}</p>
        )}
      </div>
    </section>
  );
}
