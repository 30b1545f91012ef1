import { Table } from 'antd';
import { useCallback } from 'react';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { href } from '../../lib/route.ts';
import { bars } from '../../office/bars.ts';
import { Chart, type ChartInk } from '../../office/Chart.tsx';
import type { DateSpan } from '../../office/dates.ts';
import { Box } from '../../office/Page.tsx';
import { PrintSheet } from '../../office/PrintSheet.tsx';
import { Empty } from '../../office/States.tsx';
import type { Behind, Sheet, SheetColumn } from './model.ts';
import './reports.css';

function Cell(props: { column: SheetColumn<unknown>; row: unknown; span: DateSpan }) {
  const { column, row, span } = props;
  const shown = column.show(row);
  const behind = column.behind?.(row) ?? null;
  // A figure of nothing has no rows to open.
  if (behind === null || column.value?.(row) === 0) return shown;
  return (
    <a className="leads" href={rowsHref(behind, span)}>
      {shown}
    </a>
  );
}

/** The place where the rows behind a figure stand. */
export function rowsHref({ of, method, scene, reason, operator, laneId, hour, days }: Behind, span: DateSpan): string {
  const { from, to } = days ?? span;
  return href('reports', {
    id: 'rows',
    query: {
      from,
      to,
      of,
      method,
      scene,
      reason,
      operator,
      laneId,
      hour: hour === undefined ? undefined : String(hour),
    },
  });
}

/** A report on the screen and, from the same rows, on paper: table first, the chart beside it. */
export function SheetView({ sheet, span }: { sheet: Sheet; span: DateSpan }) {
  const { t } = useWords();
  const option = useCallback(
    (ink: ChartInk) => (sheet.bars ? bars(sheet.bars.names, sheet.bars.series, ink, formatMoney) : {}),
    [sheet],
  );
  const period = `${t('reports.period')} ${span.from} – ${span.to}`;
  const small = sheet.columns.length <= 4;
  return (
    <div className="report" data-small={small}>
      <Box>
        <Table<unknown>
          size="small"
          rowKey={(row) => sheet.key(row)}
          dataSource={[...sheet.rows]}
          pagination={false}
          sticky
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: <Empty title={t('reports.empty')} text={t('reports.emptyText')} /> }}
          columns={sheet.columns.map((column) => ({
            key: column.key,
            title: column.title,
            align: column.figures ? ('right' as const) : ('left' as const),
            ...(column.value
              ? { sorter: (a: unknown, b: unknown) => (column.value?.(a) ?? 0) - (column.value?.(b) ?? 0) }
              : {}),
            render: (_value: unknown, row: unknown) => <Cell column={column} row={row} span={span} />,
          }))}
          summary={() =>
            sheet.total === null ? null : (
              <Table.Summary fixed>
                <Table.Summary.Row className="report-sum">
                  {sheet.columns.map((column, index) => (
                    <Table.Summary.Cell key={column.key} index={index} align={column.figures ? 'right' : 'left'}>
                      <Cell column={column} row={sheet.total} span={span} />
                    </Table.Summary.Cell>
                  ))}
                </Table.Summary.Row>
              </Table.Summary>
            )
          }
        />
      </Box>
      {sheet.bars && (
        <Box title={sheet.bars.label}>
          <Chart label={sheet.bars.label} height={small ? 420 : 240} option={option} />
        </Box>
      )}
      <PrintSheet
        title={sheet.title}
        filter={period}
        landscape={!small}
        signatures={[t('reports.sign.made'), t('reports.sign.checked'), t('reports.sign.approved')]}
      >
        <table>
          <thead>
            <tr>
              {sheet.columns.map((column) => (
                <th key={column.key} data-align={column.figures ? 'end' : undefined}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...sheet.rows, ...(sheet.total === null ? [] : [sheet.total])].map((row, index) => (
              <tr key={`${sheet.key(row)}-${String(index)}`}>
                {sheet.columns.map((column) => (
                  <td key={column.key} data-align={column.figures ? 'end' : undefined}>
                    {column.show(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </PrintSheet>
    </div>
  );
}
