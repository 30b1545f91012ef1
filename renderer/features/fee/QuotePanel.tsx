import { Button } from 'antd';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Quote, StayView } from '../../../shared/contract/stays.ts';
import { FeeLines } from '../../components/FeeSteps.tsx';
import { Plate } from '../../components/Plate.tsx';
import { termsName } from '../../events/terms-name.ts';
import { formatDateTime, formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go } from '../../lib/route.ts';
import { may, stationNow, useSession } from '../../lib/station/session.ts';
import { PayDialog } from '../../office/pay/PayDialog.tsx';
import { Failed, Fetching } from '../../office/States.tsx';
import { GrantDialog } from '../../office/stay/GrantDialog.tsx';
import { PhotoViewer } from '../../office/stay/PhotoViewer.tsx';
import { ReviewDialog } from '../../office/stay/ReviewDialog.tsx';
import { carName, stayDuration } from '../../office/stay/StayWords.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { LeaveBy } from './LeaveBy.tsx';

/** What one car costs now, line by line, and what can be done about it at a counter. */
export function QuotePanel({ stay, onLeave }: { stay: StayView; onLeave: () => void }) {
  const { t, language } = useWords();
  const user = useSession((state) => state.user);
  const [open, setOpen] = useState<'pay' | 'grant' | 'review' | null>(null);
  const plate = stay.plate.text;
  const quote = useAsk(
    (client, signal) => client.quote(plate === '' ? { identity: stay.identity ?? '' } : { plate }, { signal }),
    [stay.uid],
  );
  const panel = useRef<HTMLDivElement>(null);
  const here = quote.data !== null;
  // The next key of whoever chose the car is the one that takes its money.
  useEffect(() => {
    if (here) panel.current?.querySelector<HTMLElement>('[data-first]:not(:disabled)')?.focus();
  }, [here]);
  const close = (): void => setOpen(null);
  const changed = (): void => {
    close();
    quote.again();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || open !== null) return;
    event.preventDefault();
    onLeave();
  };
  if (quote.data === null)
    return quote.failed ? <Failed error={quote.failed.error} onAgain={quote.again} /> : <Fetching rows={6} />;
  const { data } = quote;
  const doubtful = data.doubts.length > 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc leads back to the search from every button here
    <div className="quote" ref={panel} onKeyDown={onKey}>
      <header className="quote-head">
        {plate === '' ? <strong>{carName(stay, t)}</strong> : <Plate plate={stay.plate} size={34} />}
        <span>
          {termsName(data.stay.terms, t)} · {t(`vehicle.${data.stay.vehicleClass}`)}
        </span>
        <span>
          {formatDateTime(data.stay.enteredAt)} · {data.stay.entryLane.name}
        </span>
        <strong>{stayDuration(data.stay, stationNow(), language)}</strong>
      </header>
      <div className="quote-body">
        <PhotoViewer
          photos={[{ id: data.entryPhotoId, title: t('fee.entryPhoto'), at: formatDateTime(data.stay.enteredAt) }]}
        />
        <div className="quote-money">
          <Due quote={data} />
          <LeaveBy at={data.leaveBy} />
          {doubtful && (
            <div className="quote-doubts" role="alert">
              <strong>{t('fee.doubtful')}</strong>
              {data.doubts.map((doubt) => (
                <span key={`${doubt.kind}-${doubt.at}`}>
                  {t(`doubt.${doubt.kind}`)} {formatDateTime(doubt.at)} {doubt.detail}
                </span>
              ))}
            </div>
          )}
          <h3>{t('fee.steps')}</h3>
          <div className="quote-steps">
            <FeeLines steps={data.fee.steps} room={12} />
          </div>
          {data.discounts.length > 0 && (
            <>
              <h3>{t('fee.discounts')}</h3>
              <ul className="quote-steps">
                {data.discounts.map(({ discount, amountFen, text }) => (
                  <li key={discount.id}>
                    <span>{text.includes(discount.origin) ? text : `${discount.origin} ${text}`}</span>
                    <span className="steps-amount">{formatMoney(-amountFen)}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      </div>
      <footer className="quote-acts">
        {doubtful && may(user, 'stay.review') && (
          <Button size="large" onClick={() => setOpen('review')}>
            {t('fee.review')}
          </Button>
        )}
        {may(user, 'bill.prepay') && (
          <Button
            data-first
            size="large"
            type="primary"
            disabled={data.dueFen + data.debtFen === 0 || doubtful}
            onClick={() => setOpen('pay')}
          >
            {data.dueFen + data.debtFen === 0 ? t('fee.nothingDue') : t('fee.prepay')}
          </Button>
        )}
        {may(user, 'discount.grant') && (
          <Button size="large" onClick={() => setOpen('grant')}>
            {t('fee.grant')}
          </Button>
        )}
        <Button data-first size="large" loading={quote.busy} onClick={quote.again}>
          {t('fee.refresh')}
        </Button>
        <Button size="large" onClick={() => go('stays', { id: stay.uid })}>
          {t('fee.evidence')}
        </Button>
      </footer>
      {open === 'pay' && <PayDialog stay={data.stay} onClose={changed} />}
      {open === 'grant' && <GrantDialog stay={data.stay} onClose={close} onDone={changed} />}
      {open === 'review' && <ReviewDialog stay={data.stay} onClose={close} onDone={changed} />}
    </div>
  );
}

function Due({ quote }: { quote: Quote }) {
  const { t } = useWords();
  const toPay = quote.dueFen + quote.debtFen;
  return (
    <>
      <div className="quote-due" data-due={toPay > 0}>
        <span>{t('fee.due')}</span>
        <output>{formatMoney(toPay)}</output>
        <small>{t('fee.now', { time: formatDateTime(quote.at).slice(11) })}</small>
      </div>
      <dl className="quote-sums">
        {(
          [
            ['charge', quote.chargeFen],
            ['discount', -quote.discountFen],
            ['paid', quote.paidFen === 0 ? 0 : -quote.paidFen],
            ['debt', quote.debtFen],
          ] as const
        ).map(([key, fen]) => (
          <div key={key} data-some={fen !== 0} data-key={key}>
            <dt>{t(`fee.${key}`)}</dt>
            <dd>{formatMoney(fen)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
