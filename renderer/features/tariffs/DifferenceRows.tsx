import type { ReplayView } from '../../../shared/contract/tariff-views.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { formatDuration, formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Leads, Money } from '../../office/Values.tsx';

/** Stays that would have paid something else. */
export function DifferenceRows({ rows }: { rows: ReplayView['biggest'] }) {
  const { t, language } = useWords();
  return (
    <div className="tf-scroll">
      <table className="tf-table">
        <thead>
          <tr>
            <th>{t('kit.plate')}</th>
            <th>{t('tariffs.trial.length')}</th>
            <th data-align="end">{t('tariffs.diff.before')}</th>
            <th data-align="end">{t('tariffs.diff.after')}</th>
            <th data-align="end">{t('tariffs.replay.change')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.uid}>
              <td>
                <Leads to="stays" place={{ id: row.uid }}>
                  {row.plate === '' ? t('plate.none') : row.plate}
                </Leads>
              </td>
              <td>{formatDuration((fromRfc3339(row.exitedAt) - fromRfc3339(row.enteredAt)) / 60_000, language)}</td>
              <td data-align="end">
                <Money fen={row.beforeFen} />
              </td>
              <td data-align="end">
                <Money fen={row.afterFen} />
              </td>
              <td data-align="end">
                {row.changeFen > 0 ? '+' : ''}
                {formatMoney(row.changeFen)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
