import type { StationClient } from '../../../../shared/contract/index.ts';
import type { Translate } from '../../../lib/i18n/index.ts';
import { count, share, text } from '../columns.ts';
import type { Behind, Sheet } from '../model.ts';

type Flow = Awaited<ReturnType<StationClient['reports']['flow']>>;
interface Row {
  readonly hour: number | null;
  readonly entries: number;
  readonly exits: number;
}

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** 车流统计: cars by the hour of the day, over all days of the period. */
export function flowSheet(flow: Flow, t: Translate): Sheet<Row> {
  const rows: readonly Row[] = flow.byHour;
  const total: Row = { hour: null, entries: flow.entries, exits: flow.exits };
  const lead =
    (of: Behind['of']) =>
    (row: Row): Behind =>
      row.hour === null ? { of } : { of, hour: row.hour };
  const all = flow.entries + flow.exits;
  return {
    title: t('reports.tab.flow'),
    rows,
    key: (row) => String(row.hour ?? 'all'),
    total,
    columns: [
      text('hour', t('reports.column.hour'), (row) =>
        row.hour === null ? t('kit.sum') : `${clock(row.hour)}–${clock(row.hour + 1)}`,
      ),
      count('entries', t('reports.column.entries'), (row) => row.entries, lead('entries')),
      count('exits', t('reports.column.exits'), (row) => row.exits, lead('exits')),
      share('share', t('reports.column.share'), (row) => (all === 0 ? null : (row.entries + row.exits) / all)),
    ],
    bars: {
      label: t('reports.chart.flow'),
      names: rows.map((row) => clock(row.hour ?? 0)),
      series: [
        { name: t('reports.column.entries'), values: rows.map((row) => row.entries) },
        { name: t('reports.column.exits'), values: rows.map((row) => row.exits) },
      ],
    },
    file: 'flow',
    exportRows: null,
  };
}
