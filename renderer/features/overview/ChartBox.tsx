import { useCallback } from 'react';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { bars, type Series } from '../../office/bars.ts';
import { Chart, type ChartInk } from '../../office/Chart.tsx';
import { Box } from '../../office/Page.tsx';
import { Leads } from '../../office/Values.tsx';

/** A chart with its figures under it, one press away: what is drawn can always be read. */
export function ChartBox(props: {
  title: string;
  names: readonly string[];
  heading: string;
  series: readonly Series[];
  kind?: 'bar' | 'line';
  to: string;
}) {
  const { t } = useWords();
  const { names, series, kind = 'bar' } = props;
  const option = useCallback((ink: ChartInk) => bars(names, series, ink, formatMoney, kind), [names, series, kind]);
  return (
    <Box
      title={props.title}
      extra={
        <Leads to="reports" place={{ id: props.to }}>
          {t('overview.more')}
        </Leads>
      }
    >
      <Chart label={props.title} height={190} option={option} />
      <details className="chart-figures">
        <summary>{t('overview.figures')}</summary>
        <table>
          <thead>
            <tr>
              <th>{props.heading}</th>
              {series.map((each) => (
                <th key={each.name}>{each.name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((name, index) => (
              <tr key={name}>
                <td>{name}</td>
                {series.map((each) => {
                  const value = each.values[index] ?? 0;
                  return <td key={each.name}>{each.money ? formatMoney(value) : value}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Box>
  );
}
