import type { StationClient } from '../../../../shared/contract/index.ts';
import type { Translate } from '../../../lib/i18n/index.ts';
import { count, money, text } from '../columns.ts';
import type { Behind, Sheet } from '../model.ts';

type Answer = Awaited<ReturnType<StationClient['reports']['totals']>>;
interface Row {
  readonly name: string;
  readonly whole: boolean;
  readonly totals: Answer['totals'];
}

const sum = (rows: readonly { readonly count: number; readonly amountFen: number }[]) =>
  rows.reduce((all, row) => ({ count: all.count + row.count, amountFen: all.amountFen + row.amountFen }), {
    count: 0,
    amountFen: 0,
  });

/** 日报、月报: a line for each business day. A day's rows are opened by its own link. */
export function totalsSheet(answer: Answer, t: Translate): Sheet<Row> {
  const rows: Row[] = answer.days.map(({ date, totals }) => ({ name: date, whole: false, totals }));
  const lead =
    (of: Behind['of']) =>
    (row: Row): Behind =>
      row.whole ? { of } : { of, day: row.name };
  return {
    title: t('reports.tab.days'),
    rows,
    key: (row) => row.name,
    total: { name: t('kit.sum'), whole: true, totals: answer.totals },
    columns: [
      text('day', t('reports.column.day'), (row) => row.name),
      count('entries', t('reports.column.entries'), (row) => row.totals.entries, lead('entries')),
      count('exits', t('reports.column.exits'), (row) => row.totals.exits, lead('exits')),
      money('charged', t('reports.column.charged'), (row) => row.totals.chargedFen, lead('charged')),
      money('discount', t('reports.column.discount'), (row) => row.totals.discountFen, lead('discounts')),
      money('waived', t('reports.column.waived'), (row) => row.totals.waivedFen, lead('released')),
      money('owed', t('reports.column.owed'), (row) => row.totals.owedFen, lead('debts')),
      count('payments', t('reports.column.payments'), (row) => row.totals.receivedTotal.count, lead('received')),
      money('received', t('reports.column.received'), (row) => row.totals.receivedTotal.amountFen, lead('received')),
      money('refunds', t('reports.column.refunds'), (row) => row.totals.refundTotal.amountFen, lead('refunds')),
      money(
        'recharges',
        t('reports.column.recharges'),
        (row) => sum(row.totals.recharges).amountFen,
        lead('recharges'),
      ),
      count('opens', t('reports.column.opens'), (row) => sum(row.totals.manualOpens).count, lead('manual-opens')),
    ],
    bars:
      rows.length < 2
        ? null
        : {
            label: t('reports.chart.days'),
            names: rows.map((row) => row.name.slice(5)),
            series: [
              {
                name: t('reports.column.received'),
                values: rows.map((row) => row.totals.receivedTotal.amountFen),
                money: true,
              },
            ],
          },
    file: 'totals',
    exportRows: null,
  };
}
