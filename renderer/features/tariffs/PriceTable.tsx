import type { StationClient } from '../../../shared/contract/index.ts';
import { fenToYuanText } from '../../../shared/domain/money.ts';
import type { Tariff } from '../../../shared/domain/tariff.ts';
import { formatDuration } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';

type Rows = Awaited<ReturnType<StationClient['tariffs']['preview']['priceTable']>>;

/** The same with a line for each length: narrow, beside the form. */
export function NarrowPriceTable({ rows, tariff }: { rows: Rows; tariff: Tariff }) {
  const { t, language } = useWords();
  const several = tariff.rules.length > 1;
  const key = (row: Rows[number]): string => `${row.rule} ${row.vehicleClass} ${row.date} ${row.entry}`;
  return (
    <table className="tf-table tf-prices">
      <thead>
        <tr>
          <th>{t('tariffs.trial.length')}</th>
          {rows.map((row) => (
            <th key={key(row)} data-align="end">
              {several && <small>{t('tariffs.ruleNth', { n: row.rule + 1 })}</small>}
              {t(`vehicle.${row.vehicleClass}`)}
              <small>
                {row.dayTypes?.map((type) => t(`tariffs.dayType.${type}`)).join('、') ?? t('tariffs.field.everyDay')}
              </small>
              <small>{t('tariffs.table.entryAt', { at: row.entry })}</small>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {(rows[0]?.prices ?? []).map(({ minutes }, index) => (
          <tr key={minutes}>
            <th scope="row">{formatDuration(minutes, language)}</th>
            {rows.map((row) => (
              <td key={key(row)} data-align="end">
                {fenToYuanText(row.prices[index]?.feeFen ?? 0)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What stays of several lengths cost, by class, type of day and hour of the entry. */
export function PriceTable({ rows, tariff }: { rows: Rows; tariff: Tariff }) {
  const { t, language } = useWords();
  const lengths = rows[0]?.prices.map(({ minutes }) => minutes) ?? [];
  const several = tariff.rules.length > 1;
  return (
    <table className="tf-table tf-prices">
      <thead>
        <tr>
          <th>{t('tariffs.table.car')}</th>
          <th>{t('tariffs.table.days')}</th>
          <th>{t('tariffs.table.entry')}</th>
          <th data-align="end">{t('tariffs.table.free')}</th>
          {lengths.map((minutes) => (
            <th key={minutes} data-align="end">
              {formatDuration(minutes, language)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.rule} ${row.vehicleClass} ${row.date} ${row.entry}`}>
            <th scope="row">
              {several && `${t('tariffs.ruleNth', { n: row.rule + 1 })} · `}
              {t(`vehicle.${row.vehicleClass}`)}
            </th>
            <td>
              {row.dayTypes?.map((type) => t(`tariffs.dayType.${type}`)).join('、') ?? t('tariffs.field.everyDay')}
              {row.seasons && ` · ${row.seasons.join('、')}`}
            </td>
            <td>{row.entry}</td>
            <td data-align="end">{row.freeMinutes}</td>
            {row.prices.map(({ minutes, feeFen }) => (
              <td key={minutes} data-align="end">
                {fenToYuanText(feeFen)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
