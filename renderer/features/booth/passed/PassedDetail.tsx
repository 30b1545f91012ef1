import { safe } from '@orpc/client';
import { useEffect, useState } from 'react';
import type { StayDetail } from '../../../../shared/contract/stays.ts';
import { fromRfc3339 } from '../../../../shared/domain/time.ts';
import { FeeLines } from '../../../components/FeeSteps.tsx';
import { Photo } from '../../../components/Photo.tsx';
import { Plate } from '../../../components/Plate.tsx';
import { termsName } from '../../../events/terms-name.ts';
import { formatDateTime, formatDuration, formatMoment, formatMoney } from '../../../lib/format.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { station } from '../../../lib/station/client.ts';
import { stationNow } from '../../../lib/station/session.ts';
import { ReceiptButton } from '../receipt/ReceiptButton.tsx';
import type { Passed } from './passages.ts';

type Known = StayDetail | 'asking' | 'failed';

/** Both photos of a stay, what it cost line by line, and how it was paid. */
export function PassedDetail({ passed }: { passed: Passed }) {
  const { t, language } = useWords();
  const stay = useStay(passed.uid);
  if (stay === 'asking') return <p className="dialog-hint passed-detail">{t('boothMore.passed.asking')}</p>;
  if (stay === 'failed') return <p className="dialog-hint passed-detail">{t('boothMore.passed.failed')}</p>;
  const photo = (purpose: 'entry' | 'exit') => stay.photos.find((each) => each.purpose === purpose);
  const now = stationNow();
  // A debt that was collected along with the fee has no steps of its own.
  const steps = stay.payments.findLast((payment) => payment.steps.length > 0)?.steps ?? passed.steps;
  const minutes =
    stay.exitedAt === null ? null : Math.floor((fromRfc3339(stay.exitedAt) - fromRfc3339(stay.enteredAt)) / 60_000);
  return (
    <div className="passed-detail">
      <div className="passed-photos">
        {(['entry', 'exit'] as const).map((purpose) => {
          const taken = photo(purpose);
          const name = t(purpose === 'entry' ? 'panel.entryPhoto' : 'panel.exitPhoto');
          return (
            <Photo
              key={purpose}
              id={taken?.id ?? null}
              alt={name}
              caption={name}
              at={taken ? formatMoment(taken.takenAt, now) : ''}
            />
          );
        })}
      </div>
      <p className="passed-who">
        <Plate plate={stay.plate} size={28} />
        <span>{termsName(stay.terms, t)}</span>
        {minutes !== null && <span>{formatDuration(minutes, language)}</span>}
      </p>
      <dl className="passed-times">
        <dt>{t('panel.entered')}</dt>
        <dd>
          {formatDateTime(stay.enteredAt)} {stay.entryLane.name}
        </dd>
        {stay.exitedAt !== null && (
          <>
            <dt>{t('boothMore.passed.left')}</dt>
            <dd>
              {formatDateTime(stay.exitedAt)} {stay.exitLane?.name ?? ''}
            </dd>
          </>
        )}
        {stay.payments.map((payment) => (
          <PaidLine key={payment.billId} payment={payment} />
        ))}
        {stay.owedFen > 0 && (
          <>
            <dt>{t('boothMore.passed.owed')}</dt>
            <dd>{formatMoney(stay.owedFen)}</dd>
          </>
        )}
        {stay.waivedFen > 0 && (
          <>
            <dt>{t('boothMore.passed.waived')}</dt>
            <dd>{formatMoney(stay.waivedFen)}</dd>
          </>
        )}
      </dl>
      {stay.status !== 'inside' && (steps.length > 0 || stay.chargeFen === 0) && (
        <div className="steps">
          <h3>{t('panel.steps')}</h3>
          <FeeLines steps={steps} />
        </div>
      )}
    </div>
  );
}

function PaidLine({ payment }: { payment: StayDetail['payments'][number] }) {
  const { t } = useWords();
  return (
    <>
      <dt>{t('panel.paid')}</dt>
      <dd>
        {formatMoney(payment.amountFen)} {methodName(payment.method, t)} {formatMoment(payment.paidAt, stationNow())}{' '}
        {payment.operator} <ReceiptButton billId={payment.billId} paper={payment.paper} />
      </dd>
    </>
  );
}

function methodName(method: string, t: ReturnType<typeof useWords>['t']): string {
  const known = ['cash', 'alipay', 'wechat', 'unionpay', 'etc', 'platform', 'card', 'pos'] as const;
  const found = known.find((each) => each === method);
  return found ? t(`event.method.${found}`) : method;
}

function useStay(uid: string): Known {
  const [known, setKnown] = useState<Known>('asking');
  useEffect(() => {
    let current = true;
    void safe(Promise.resolve().then(() => station().sessions.get({ uid }))).then((answer) => {
      if (current) setKnown(answer.isSuccess ? answer.data : 'failed');
    });
    return () => {
      current = false;
    };
  }, [uid]);
  return known;
}
