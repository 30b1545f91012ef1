import type { StationClient } from '../../../../shared/contract/index.ts';
import type { Translate } from '../../../lib/i18n/index.ts';
import { count, money, text } from '../columns.ts';
import type { Behind, Sheet } from '../model.ts';

type Answer = Awaited<ReturnType<StationClient['reports']['totals']>>;
/** What the sheet shows of the totals: what can be added up. */
type Shown = Pick<
  Answer['totals'],
  | 'entries'
  | 'exits'
  | 'chargedFen'
  | 'discountFen'
  | 'waivedFen'
  | 'owedFen'
  | 'departurePay'
  | 'receivedTotal'
  | 'refundTotal'
  | 'recharges'
  | 'manualOpens'
>;
interface Row {
  readonly name: string;
  /** Null: all of the period. */
  readonly days: { readonly from: string; readonly to: string } | null;
  readonly totals: Shown;
}

const sum = (rows: readonly { readonly count: number; readonly amountFen: number }[]) =>
  rows.reduce((all, row) => ({ count: all.count + row.count, amountFen: all.amountFen + row.amountFen }), {
    count: 0,
    amountFen: 0,
  });

/** More days than a month has are shown as months. */
const BY_MONTH_FROM = 31;

type Day = Answer['days'][number];
const byDay = ({ date, totals }: Day): Row => ({ name: date, days: { from: date, to: date }, totals });

function byMonth(days: readonly Day[]): Row[] {
  const months = Map.groupBy(days, ({ date }) => date.slice(0, 7));
  return [...months].map(([name, within]) => {
    const all = within.map(({ totals }) => totals);
    const add = (of: (totals: Shown) => number): number => all.reduce((total, each) => total + of(each), 0);
    return {
      name,
      days: { from: within[0]?.date ?? name, to: within.at(-1)?.date ?? name },
      totals: {
        entries: add((each) => each.entries),
        exits: add((each) => each.exits),
        chargedFen: add((each) => each.chargedFen),
        discountFen: add((each) => each.discountFen),
        waivedFen: add((each) => each.waivedFen),
        owedFen: add((each) => each.owedFen),
        departurePay: sum(all.map((each) => each.departurePay)),
        receivedTotal: sum(all.map((each) => each.receivedTotal)),
        refundTotal: sum(all.map((each) => each.refundTotal)),
        recharges: all.flatMap((each) => each.recharges),
        manualOpens: all.flatMap((each) => each.manualOpens),
      },
    };
  });
}

/** 日报、月报: a line for each business day. A day's rows are opened by its own link. */
export function totalsSheet(answer: Answer, t: Translate): Sheet<Row> {
  const rows = answer.days.length > BY_MONTH_FROM ? byMonth(answer.days) : answer.days.map(byDay);
  const lead =
    (of: Behind['of']) =>
    (row: Row): Behind =>
      row.days === null ? { of } : { of, days: row.days };
  return {
    title: t('reports.tab.days'),
    rows,
    key: (row) => row.name,
    total: { name: t('kit.sum'), days: null, totals: answer.totals },
    columns: [
      text('day', t('reports.column.day'), (row) => row.name),
      count('entries', t('reports.column.entries'), (row) => row.totals.entries, lead('entries')),
      count('exits', t('reports.column.exits'), (row) => row.totals.exits, lead('exits')),
      money('charged', t('reports.column.charged'), (row) => row.totals.chargedFen, lead('charged')),
      money('discount', t('reports.column.discount'), (row) => row.totals.discountFen, lead('discounts')),
      money('waived', t('reports.column.waived'), (row) => row.totals.waivedFen, lead('released')),
      money('owed', t('reports.column.owed'), (row) => row.totals.owedFen, lead('debts')),
      money('departurePay', t('reports.column.departurePay'), (row) => row.totals.departurePay.amountFen),
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
            names: rows.map((row) => (row.name.length > 7 ? row.name.slice(5) : row.name)),
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
