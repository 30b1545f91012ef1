import { useState } from 'react';
import { type ReportRow, type ReportRowsOf, reportRowsOfSchema } from '../../../shared/contract/reports.ts';
import { paymentMethodSchema, paymentSceneSchema } from '../../../shared/domain/money-flow.ts';
import { formatMoney } from '../../lib/format.ts';
import { type Translate, useWords } from '../../lib/i18n/index.ts';
import { go, useQuery } from '../../lib/route.ts';
import { useLive } from '../../lib/station/live.ts';
import { type Column, DataTable } from '../../office/DataTable.tsx';
import type { DateSpan } from '../../office/dates.ts';
import { useRows } from '../../office/use-rows.ts';
import { Money, When } from '../../office/Values.tsx';

export function methodName(method: string | null, t: Translate): string {
  const known = paymentMethodSchema.safeParse(method);
  return known.success ? t(`event.method.${known.data}`) : (method ?? '—');
}

function sceneName(scene: string | null, t: Translate): string {
  const known = paymentSceneSchema.safeParse(scene);
  return known.success ? t(`reports.scene.${known.data}`) : (scene ?? '—');
}

/** What the address asks for, as the station wants it. */
export function whichOf(query: Readonly<Record<string, string>>) {
  const of = reportRowsOfSchema.catch('received').parse(query['of']);
  const names = ['method', 'scene', 'reason', 'operator', 'laneId', 'shiftId'] as const;
  const hour = Number(query['hour']);
  return {
    of,
    ...Object.fromEntries(names.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]]]))),
    ...(query['hour'] !== undefined && Number.isInteger(hour) ? { hour } : {}),
  };
}

function columns(of: ReportRowsOf, t: Translate, lane: (id: string) => string): Column<ReportRow>[] {
  const money = of === 'received' || of === 'refunds' || of === 'recharges';
  const amounts = !['manual-opens', 'bills-voided', 'entries', 'exits'].includes(of);
  return [
    { key: 'at', title: t('reports.row.at'), width: 170, render: (row) => <When at={row.at} /> },
    { key: 'plate', title: t('kit.plate'), width: 110, render: (row) => row.plate ?? '—' },
    {
      key: 'lane',
      title: t('reports.column.lane'),
      width: 130,
      render: (row) => (row.laneId === null ? '—' : lane(row.laneId)),
    },
    { key: 'operator', title: t('reports.row.operator'), width: 110, render: (row) => row.operator ?? '—' },
    ...(money
      ? [
          {
            key: 'method',
            title: t('reports.row.method'),
            width: 110,
            render: (row: ReportRow) => methodName(row.method, t),
          },
          {
            key: 'scene',
            title: t('reports.row.scene'),
            width: 120,
            render: (row: ReportRow) => sceneName(row.scene, t),
          },
        ]
      : []),
    { key: 'reason', title: t('reports.row.reason'), width: 180, grow: true, render: (row) => row.reason || '—' },
    ...(amounts
      ? [
          {
            key: 'amount',
            title: t(`reports.amount.${of}`),
            width: 120,
            align: 'end' as const,
            render: (row: ReportRow) => <Money fen={row.amountFen} />,
          },
        ]
      : []),
    { key: 'uid', title: t('reports.row.uid'), width: 300, optional: true, render: (row) => row.uid ?? '—' },
  ];
}

/** 明细: the rows that one figure is the sum of; each opens its stay. */
export function RowsView({ period, span }: { period: string; span: DateSpan }) {
  const { t } = useWords();
  const [query] = useQuery();
  const which = whichOf(query);
  const lanes = useLive((state) => state.frame?.lanes) ?? [];
  const lane = (id: string): string => lanes.find((each) => each.id === id)?.name ?? id;
  const [sum, setSum] = useState<number | null>(null);
  const rows = useRows<ReportRow>(
    async (client, page, signal) => {
      const answer = await client.reports.rows({ ...which, period, ...page }, { signal });
      setSum(answer.amountFen);
      return answer;
    },
    [period, JSON.stringify(which)],
  );
  const shown = columns(which.of, t, lane);
  return (
    <DataTable
      name={`report-rows-${which.of}`}
      label={t('reports.tab.rows')}
      columns={shown}
      rows={rows}
      rowId={(row) => `${row.at}-${row.uid ?? ''}-${row.amountFen}`}
      onOpen={(row) => (row.uid === null ? undefined : go('stays', { id: row.uid }))}
      empty={{ title: t('reports.empty'), text: `${span.from} – ${span.to}` }}
      {...(sum === null ? {} : { totals: { amount: formatMoney(sum) } })}
    />
  );
}

/** The filter in words, for the title and for whoever comes back to this address. */
export function describeRows(
  query: Readonly<Record<string, string>>,
  t: Translate,
  lane: (id: string) => string,
): string {
  const which = whichOf(query);
  const parts = [
    query['method'] === undefined ? null : methodName(query['method'], t),
    query['scene'] === undefined ? null : sceneName(query['scene'], t),
    query['reason'] === undefined ? null : query['reason'] || t('reports.noReason'),
    query['operator'] ?? null,
    query['laneId'] === undefined ? null : lane(query['laneId']),
    query['hour'] === undefined ? null : t('reports.atHour', { hour: query['hour'].padStart(2, '0') }),
  ].filter((part) => part !== null);
  return [t(`reports.of.${which.of}`), ...parts].join(' · ');
}
