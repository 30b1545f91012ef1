import { shanghaiDateTime } from '../../../shared/domain/time.ts';
import type { DetailPage } from '../store/reader/report-detail.ts';
import type { Cell } from '../tables/cell.ts';
import { type SheetColumn, yuan } from '../tables/sheet.ts';
import type { Flow } from './flow.ts';
import type { FreeFigures } from './free.ts';
import type { CollectorFigures, LaneFigures } from './people.ts';
import type { Balance } from './reports.ts';
import type { Totals } from './totals.ts';

/** Reports as tables, for the spreadsheet. One row says one thing, so that a column can be added up. */
export interface ReportTable {
  readonly title: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly (Cell | null)[])[];
}

const text = (title: string, width = 16): SheetColumn => ({ title, width });
const count = (title: string): SheetColumn => ({ title, numbers: 'integer' });
const money = (title: string): SheetColumn => ({ title: `${title}（元）`, width: 14, numbers: 'yuan' });
/** As percent with one decimal. */
const percent = (ratio: number | null): number | null => (ratio === null ? null : Math.round(ratio * 1000) / 10);

export function totalsTable(days: readonly { readonly date: string; readonly totals: Totals }[]): ReportTable {
  return {
    title: '收费统计',
    columns: [
      ...[text('营业日'), count('入场'), count('出场'), count('结束停车'), money('应收'), money('优惠'), money('免收')],
      ...[money('欠费'), count('收款笔数'), money('实收'), money('退款'), money('充值'), count('手动开闸')],
    ],
    rows: days.map(({ date, totals }) => [
      ...[date, totals.entries, totals.exits, totals.stays, yuan(totals.chargedFen), yuan(totals.discountFen)],
      ...[yuan(totals.waivedFen), yuan(totals.owedFen), totals.receivedTotal.count],
      ...[yuan(totals.receivedTotal.amountFen), yuan(totals.refundTotal.amountFen)],
      yuan(totals.recharges.reduce((sum, each) => sum + each.amountFen, 0)),
      totals.manualOpens.reduce((sum, each) => sum + each.count, 0),
    ]),
  };
}

export const collectorsTable = (collectors: readonly CollectorFigures[]): ReportTable => ({
  title: '收费员统计',
  columns: [
    ...[text('收费员'), count('收款笔数'), money('实收'), money('其中现金'), count('免费放行'), money('免费金额')],
    ...[{ title: '免费率（%）' }, count('手动开闸'), count('经过车辆'), { title: '每百车手动开闸' }],
    ...[count('下调费用'), money('下调金额')],
  ],
  rows: collectors.map((each) => [
    ...[each.name ?? '（无人经手）', each.received.count, yuan(each.received.amountFen), yuan(each.cash.amountFen)],
    ...[each.released.count, yuan(each.released.amountFen), percent(each.freeRatio), each.manualOpens, each.cars],
    ...[each.manualOpensPer100Cars, each.feesLowered.count, yuan(each.feesLowered.amountFen)],
  ]),
});

export const lanesTable = (lanes: readonly LaneFigures[]): ReportTable => ({
  title: '车道统计',
  columns: [
    ...[text('车道'), count('入场'), count('出场'), count('收款笔数'), money('实收'), count('免费放行')],
    ...[money('免费金额'), money('应收'), money('欠费'), count('手动开闸')],
  ],
  rows: lanes.map((each) => [
    ...[
      each.laneId ?? each.areaName ?? '（非车道）',
      each.entries,
      each.exits,
      each.received.count,
      yuan(each.received.amountFen),
    ],
    ...[each.released.count, yuan(each.released.amountFen), yuan(each.chargedFen), yuan(each.owedFen)],
    each.manualOpens,
  ]),
});

export function balanceTable({ money: where, drawers, wrong }: Balance): ReportTable {
  const row = (what: string, of: string, counted: { readonly count: number; readonly amountFen: number }) => [
    ...[what, of, counted.count, yuan(counted.amountFen), null],
  ];
  return {
    title: '日平衡',
    columns: [text('项目'), text('对象', 34), count('笔数'), money('金额'), money('差异')],
    rows: [
      row('实收合计', '', where.total),
      ...where.shifts.map((each) => row('班次', each.shiftId, each)),
      ...where.platforms.map((each) => row('平台', each.platform, each)),
      row('无班次', '', where.withoutShift),
      ...drawers.map((each) => [
        '钱箱',
        `${each.cashier} ${each.shiftId}`,
        null,
        yuan(each.takenFen),
        yuan(each.differenceFen),
      ]),
      ...wrong.map((each) => [
        '停车记录',
        `${each.plate} ${each.uid}`,
        null,
        yuan(each.chargeFen),
        yuan(each.differenceFen),
      ]),
    ],
  };
}

export const flowTable = ({ byHour }: Flow): ReportTable => ({
  title: '车流统计',
  columns: [text('时段'), count('入场'), count('出场')],
  rows: byHour.map(({ hour, entries, exits }) => [`${String(hour).padStart(2, '0')}:00`, entries, exits]),
});

export const freeTable = ({ byCollector, byClass }: FreeFigures): ReportTable => ({
  title: '免费放行分析',
  columns: [
    ...[text('分类'), text('对象'), text('原因', 24), count('免费车辆'), money('免费金额'), count('车辆总数')],
    { title: '免费率（%）' },
  ],
  rows: [
    ...byCollector.map((each) => [
      ...['收费员', each.name, each.reason, each.count, yuan(each.amountFen), each.cars, percent(each.ratio)],
    ]),
    ...byClass.map((each) => [
      ...['车型', CLASSES[each.vehicleClass] ?? each.vehicleClass, '', each.released, yuan(each.waivedFen), each.stays],
      percent(each.ratio),
    ]),
  ],
});

/** The rows behind a figure; the last says what they come to. */
export function detailTable(page: DetailPage, lane: (id: string) => string): ReportTable {
  const columns = [
    ...[text('时间', 20), text('车牌', 12), text('停车记录号', 40), text('车道'), text('经办'), text('支付方式')],
    ...[text('场景'), text('原因', 30), money('金额')],
  ];
  const rows = page.items.map((row) => [
    ...[shanghaiDateTime(row.at), row.plate, row.uid, row.laneId === null ? null : lane(row.laneId), row.operator],
    ...[row.method === null ? null : (METHODS[row.method] ?? row.method)],
    ...[row.scene === null ? null : (SCENES[row.scene] ?? row.scene), row.reason, yuan(row.amountFen)],
  ]);
  return {
    title: '明细',
    columns,
    rows: [...rows, ['合计', null, null, null, null, null, null, `${page.total} 条`, yuan(page.amountFen)]],
  };
}

const METHODS: Readonly<Record<string, string>> = {
  cash: '现金',
  alipay: '支付宝',
  wechat: '微信',
  unionpay: '银联',
  etc: 'ETC',
  platform: '平台',
  card: '卡内余额',
  pos: '刷卡',
};
const SCENES: Readonly<Record<string, string>> = {
  gate: '出口缴费',
  prepaid: '场内预缴',
  'after-departure': '离场后缴费',
  arrears: '补缴欠费',
};

const CLASSES: Readonly<Record<string, string>> = { small: '小型车', medium: '中型车', large: '大型车' };
