import type { PrintBlock, PrintDocument } from '../../../shared/domain/print.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { ShiftReport } from '../shifts/report.ts';
import { copyMark, pair, RULE, text } from './receipts.ts';
import { GAPS, METHODS, minute, SCENES, word, yuan } from './words.ts';

export interface SlipFacts {
  readonly siteName: string;
  readonly report: ShiftReport;
  readonly laneName: (id: string) => string;
  /** 1 for the first. */
  readonly copy: number;
  readonly now: EpochMs;
}

type Counted = { readonly count: number; readonly amountFen: number };
const counted = (name: string, { count, amountFen }: Counted): PrintBlock =>
  pair(`${name} ${count} 笔`, yuan(amountFen));

/** 班次报表 on the paper of a receipt printer: the figures of the report on the screen, in its order, with lines to sign on. Pure. */
export function shiftSlip(facts: SlipFacts): PrintDocument {
  const { report, copy, now } = facts;
  const { shift, rows } = report;
  return [
    text(facts.siteName, { align: 'center' }),
    text('班次报表', { align: 'center', large: true }),
    ...copyMark(copy),
    RULE,
    pair('收费员', shift.cashier),
    ...(shift.booth === '' ? [] : [pair('岗亭', shift.booth)]),
    pair('开班', minute(shift.openedAt)),
    pair(shift.closedAt === null ? '打印' : '交班', minute(shift.closedAt ?? now)),
    ...part('钱箱', drawerLines(report)),
    ...part(
      '收款',
      report.received.map((row) => counted(`${word(METHODS, row.method)}·${word(SCENES, row.scene)}`, row)),
    ),
    ...part(
      '退款',
      report.refunds.map((row) => counted(word(METHODS, row.method), row)),
    ),
    ...part(
      '卡充值',
      report.recharges.map((row) => counted(word(METHODS, row.method), row)),
    ),
    ...part(
      '支出明细',
      report.paidOuts.map((row) => pair(`${row.remark} ${minute(row.at).slice(5)}`, yuan(row.amountFen))),
    ),
    ...part(
      '免费放行',
      report.released.map((row) => counted(row.reason, row)),
    ),
    ...part(
      '手动开闸',
      report.manualOpens.map((row) => pair(row.reason, `${row.count} 次`)),
    ),
    ...part('通行与账务', trafficLines(report)),
    ...part('异常时段', gapLines(facts)),
    RULE,
    text(`操作记录 ${rows.first}–${rows.last}`),
    text(`打印 ${minute(now)}`),
    ...['交班人', '接班人', '车场经理'].flatMap((who) => [{ kind: 'feed', lines: 1 } as const, text(`${who}：`), SIGN]),
  ];
}

const SIGN: PrintBlock = text('_'.repeat(24));

const part = (title: string, lines: readonly PrintBlock[]): PrintBlock[] =>
  lines.length === 0 ? [] : [RULE, text(title, { align: 'center' }), ...lines];

function drawerLines({ shift, drawer, bookedAfterCountFen, changeOrders }: ShiftReport): PrintBlock[] {
  const { countedFen, differenceFen, differenceReason, leftFen } = shift;
  const { given, open } = changeOrders;
  const kept = drawer.changeKeptFen !== 0 || drawer.changeHandedFen !== 0;
  return [
    pair('备用金', yuan(shift.floatFen)),
    pair('现金收入', yuan(drawer.cashInFen)),
    pair('现金退款', yuan(drawer.cashRefundedFen)),
    pair('支出', yuan(drawer.paidOutFen)),
    ...(kept ? [pair('扫码找零留存', yuan(drawer.changeKeptFen))] : []),
    ...(kept && given.count > 0 ? [counted(' 第三方已找零', given)] : []),
    ...(kept && open.count > 0 ? [counted(' 待找零', open)] : []),
    ...(kept ? [pair('现金补找', yuan(drawer.changeHandedFen))] : []),
    pair('应有', yuan(drawer.expectedFen)),
    pair('清点', countedFen === null ? '—' : yuan(countedFen)),
    pair('差额', differenceFen === null ? '—' : yuan(differenceFen), true),
    ...(differenceReason ? [text(`差额原因：${differenceReason}`)] : []),
    ...(bookedAfterCountFen === 0 ? [] : [pair('清点后入账（须核查）', yuan(bookedAfterCountFen))]),
    ...(leftFen === null ? [] : [pair('留存', yuan(leftFen)), pair('归账', yuan((countedFen ?? 0) - leftFen))]),
  ];
}

const trafficLines = (report: ShiftReport): PrintBlock[] => [
  pair('入场', String(report.entries)),
  pair('出场', String(report.exits)),
  counted('欠费离场', report.debtsLetOut),
  counted('先离场后付费', report.departurePay),
  counted('补缴欠费', report.debtsCollected),
  counted('人工调低费用', report.feesLowered),
  pair('作废账单', String(report.billsVoided)),
];

const gapLines = ({ report, laneName }: SlipFacts): PrintBlock[] =>
  report.gaps.flatMap(({ kind, laneId, from, to }) => [
    text(`${word(GAPS, kind)}${laneId === null ? '' : ` · ${laneName(laneId)}`}`),
    pair(minute(from).slice(5), to === null ? '尚未恢复' : minute(to).slice(5)),
  ]);
