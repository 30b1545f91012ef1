import type { Evidence } from '../../../../shared/contract/evidence.ts';
import { termsName } from '../../../events/terms-name.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { stationNow } from '../../../lib/station/session.ts';
import { Box } from '../../../office/Page.tsx';
import { stayDuration } from '../../../office/stay/StayWords.tsx';
import { Money, When } from '../../../office/Values.tsx';

/** When, where, as what, and what it came to. */
export function FactsBox({ evidence: { stay } }: { evidence: Evidence }) {
  const { t, language } = useWords();
  const money = [
    ['charge', stay.chargeFen],
    ['paid', stay.paidFen],
    ['discount', stay.discountFen],
    ['waived', stay.waivedFen],
    ['owed', stay.owedFen],
  ] as const;
  return (
    <Box title={t('stays.evidence.facts')}>
      <dl className="evidence-facts">
        <div>
          <dt>{t('stays.evidence.entered')}</dt>
          <dd>
            <When at={stay.enteredAt} /> <span>{stay.entryLane.name}</span>
          </dd>
        </div>
        <div>
          <dt>{t('stays.evidence.exited')}</dt>
          <dd>
            <When at={stay.exitedAt} /> <span>{stay.exitLane?.name ?? ''}</span>
          </dd>
        </div>
        <div>
          <dt>{t('stays.evidence.duration')}</dt>
          <dd>
            <strong>{stayDuration(stay, stationNow(), language) ?? '—'}</strong>
          </dd>
        </div>
        <div>
          <dt>{t('stays.evidence.terms')}</dt>
          <dd>
            {termsName(stay.terms, t)} · {t(`vehicle.${stay.vehicleClass}`)}
          </dd>
        </div>
        {stay.identity !== null && (
          <div>
            <dt>{t('stays.evidence.identity')}</dt>
            <dd>{stay.identity}</dd>
          </div>
        )}
        <div>
          <dt>{t('stays.evidence.uid')}</dt>
          <dd>
            <code>{stay.uid}</code>
          </dd>
        </div>
      </dl>
      <dl className="evidence-money">
        {money.map(([key, fen]) => (
          <div key={key} data-key={key} data-some={fen !== 0}>
            <dt>{t(`stays.column.${key}`)}</dt>
            <dd>
              <Money fen={fen} strong={key === 'charge'} />
            </dd>
          </div>
        ))}
      </dl>
      {stay.status === 'left' && <p className="evidence-note">{t('stays.evidence.moneyEquation')}</p>}
    </Box>
  );
}
