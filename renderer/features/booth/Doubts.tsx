import type { PassageView } from '../../../shared/contract/lanes.ts';
import { formatDuration, formatMoment, formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';
import { FeeLines } from './FeeSteps.tsx';
import { useRules } from './rules.ts';
import { useQuote } from './use-quote.ts';

/** Why a bill may be wrong, in words and times. */
export function DoubtList({ doubts }: { doubts: PassageView['doubts'] }) {
  const { t } = useWords();
  const now = stationNow();
  return (
    <div className="doubts">
      <h3>{t('panel.doubts')}</h3>
      {doubts.length === 0 && <p>{t('panel.noDoubts')}</p>}
      <ul>
        {doubts.map(({ kind, at, detail }) => (
          <li key={`${kind}-${at}`}>
            <time>{formatMoment(at, now)}</time>
            <span>
              {t(`doubt.${kind}`)}
              {detail !== '' && <small>{detail}</small>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The fee before anybody is asked to pay it: no bill stands yet, so the station is asked what it comes to. */
export function QuotedFee({ passage }: { passage: PassageView }) {
  const { t, language } = useWords();
  const limit = useRules((rules) => rules.verifyAboveFen);
  const quote = useQuote(passage);
  if (quote === 'asking') return <p className="dialog-hint">{t('panel.quoting')}</p>;
  if (quote === 'failed') return <p className="dialog-hint">{t('panel.quoteFailed')}</p>;
  const high = passage.attention === 'amount-check' && limit > 0 && quote.dueFen > limit;
  return (
    <div className="quoted">
      <div className="money-due">
        <span>{t('panel.quoted')}</span>
        <output>{formatMoney(quote.dueFen)}</output>
      </div>
      <p>
        {t('panel.duration')} <strong>{formatDuration(quote.fee.minutes, language)}</strong>
      </p>
      {quote.debtFen > 0 && (
        <p className="quoted-why">
          {t('panel.owedBefore')} {formatMoney(quote.debtFen)}
        </p>
      )}
      {high && <p className="quoted-why">{t('panel.aboveLimit', { amount: formatMoney(limit) })}</p>}
      <FeeLines steps={quote.fee.steps} />
    </div>
  );
}
