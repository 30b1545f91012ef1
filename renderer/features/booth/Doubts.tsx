import type { PassageView } from '../../../shared/contract/lanes.ts';
import { formatDuration, formatMoment, formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';
import { useRules } from './rules.ts';
import type { Quoted } from './use-quote.ts';

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

/** The fee before anybody is asked to pay it: no bill stands yet, so the station was asked what it comes to. */
export function QuotedFee({ passage, quote }: { passage: PassageView; quote: Quoted }) {
  const { t, language } = useWords();
  const limit = useRules((rules) => rules.verifyAboveFen);
  if (quote === 'asking') return <p className="quoted">{t('panel.quoting')}</p>;
  if (quote === 'failed') return <p className="quoted">{t('panel.quoteFailed')}</p>;
  const high = passage.attention === 'amount-check' && limit > 0 && quote.dueFen > limit;
  return (
    <div className="quoted">
      <div className="money-due">
        <span>{t('panel.quoted')}</span>
        <output>{formatMoney(quote.dueFen)}</output>
      </div>
      <p className="quoted-facts">
        <span>
          {t('panel.duration')} <strong>{formatDuration(quote.fee.minutes, language)}</strong>
        </span>
        {quote.debtFen > 0 && (
          <strong>
            {t('panel.owedBefore')} {formatMoney(quote.debtFen)}
          </strong>
        )}
        {high && <strong>{t('panel.aboveLimit', { amount: formatMoney(limit) })}</strong>}
      </p>
    </div>
  );
}
