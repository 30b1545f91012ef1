import { type ReactNode, useEffect } from 'react';
import { createPortal } from 'react-dom';
import type { ShiftReportView } from '../../shared/contract/shifts.ts';
import { formatDateTime, formatMoney } from '../lib/format.ts';
import { type Translate, useWords } from '../lib/i18n/index.ts';
import { useLive } from '../lib/station/live.ts';
import { PrintSheet, printPage } from './PrintSheet.tsx';
import { Answer } from './States.tsx';
import { useAsk } from './use-ask.ts';
import './shift-report.css';

type Line = readonly [label: string, value: string, note?: string];
interface Part {
  readonly title: string;
  readonly lines: readonly Line[];
}

const METHODS = ['cash', 'alipay', 'wechat', 'unionpay', 'etc', 'platform', 'card', 'pos'] as const;
const SCENES = ['gate', 'prepaid', 'after-departure', 'arrears'] as const;
const isOneOf = <T extends string>(names: readonly T[], name: string): name is T => names.some((each) => each === name);
const method = (name: string, t: Translate): string =>
  isOneOf(METHODS, name) ? t(`event.method.${name}`) : name === 'balance' ? t('event.method.card') : name;
const scene = (name: string, t: Translate): string => (isOneOf(SCENES, name) ? t(`shifts.scene.${name}`) : name);
const within = (
  of: { readonly amountFen: number; readonly count: number },
  t: Translate,
): readonly [string, string] => ['', t('shifts.within', { amount: formatMoney(of.amountFen), n: of.count })];
const counted = ({ amountFen, count }: { readonly amountFen: number; readonly count: number }, t: Translate) =>
  [formatMoney(amountFen), t('shifts.pieces', { n: count })] as const;

/** Change that lies in the drawer because a platform gives it; nothing where that never happened. */
function changeLines({ drawer, changeOrders }: ShiftReportView, t: Translate): readonly Line[] {
  const { changeKeptFen, changeHandedFen } = drawer;
  if (changeKeptFen === 0 && changeHandedFen === 0) return [];
  const { open, given } = changeOrders;
  return [
    [t('shifts.changeKept'), formatMoney(changeKeptFen)],
    ...(given.count > 0 ? [[t('shifts.changeGiven'), ...within(given, t)] as const] : []),
    ...(open.count > 0 ? [[t('shifts.changeOpen'), ...within(open, t)] as const] : []),
    [t('shifts.changeHanded'), formatMoney(changeHandedFen)],
  ];
}

/** What a report says, in the order of the paper. Parts with nothing to say are left out. */
function partsOf(report: ShiftReportView, t: Translate): readonly Part[] {
  const { drawer, shift } = report;
  const parts: Part[] = [
    {
      title: t('shifts.drawer'),
      lines: [
        [t('shifts.float'), formatMoney(drawer.floatFen)],
        [t('shifts.cashIn'), formatMoney(drawer.cashInFen)],
        [t('shifts.cashRefunded'), formatMoney(drawer.cashRefundedFen)],
        [t('shifts.paidOut'), formatMoney(drawer.paidOutFen)],
        ...changeLines(report, t),
        [t('shifts.expected'), formatMoney(drawer.expectedFen)],
        [t('shifts.counted'), drawer.countedFen === null ? '—' : formatMoney(drawer.countedFen)],
        [
          t('shifts.difference'),
          drawer.differenceFen === null ? '—' : formatMoney(drawer.differenceFen),
          drawer.differenceReason ?? '',
        ],
        ...(drawer.bookedAfterCountFen === 0
          ? []
          : [[t('shifts.bookedAfter'), formatMoney(drawer.bookedAfterCountFen)] as const]),
        ...(shift.leftFen === null
          ? []
          : [
              [t('shifts.left'), formatMoney(shift.leftFen)] as const,
              [t('shifts.handedIn'), formatMoney((drawer.countedFen ?? 0) - shift.leftFen)] as const,
            ]),
      ],
    },
    {
      title: t('shifts.received'),
      lines: report.received.map((row) => [`${method(row.method, t)} · ${scene(row.scene, t)}`, ...counted(row, t)]),
    },
    { title: t('shifts.refunds'), lines: report.refunds.map((row) => [method(row.method, t), ...counted(row, t)]) },
    { title: t('shifts.recharges'), lines: report.recharges.map((row) => [method(row.method, t), ...counted(row, t)]) },
    {
      title: t('shifts.paidOuts'),
      lines: report.paidOuts.map((row) => [
        row.remark,
        formatMoney(row.amountFen),
        formatDateTime(row.at).slice(5, 16),
      ]),
    },
    { title: t('shifts.released'), lines: report.released.map((row) => [row.reason, ...counted(row, t)]) },
    {
      title: t('shifts.manualOpens'),
      lines: report.manualOpens.map((row) => [row.reason, t('shifts.times', { n: row.count })]),
    },
    {
      title: t('shifts.traffic'),
      lines: [
        [t('shifts.entries'), String(report.entries)],
        [t('shifts.exits'), String(report.exits)],
        [t('shifts.debtsLetOut'), ...counted(report.debtsLetOut, t)],
        [t('shifts.departurePay'), ...counted(report.departurePay, t)],
        [t('shifts.debtsCollected'), ...counted(report.debtsCollected, t)],
        [t('shifts.feesLowered'), ...counted(report.feesLowered, t)],
        [t('shifts.billsVoided'), String(report.billsVoided)],
      ],
    },
    {
      title: t('shifts.gaps'),
      lines: report.gaps.map((gap) => [
        `${t(`shifts.gap.${gap.kind}`)}${gap.laneId === null ? '' : ` · ${gap.laneId}`}`,
        formatDateTime(gap.from).slice(5),
        gap.to === null ? t('shifts.stillOpen') : formatDateTime(gap.to).slice(5),
      ]),
    },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

function Parts({ report }: { report: ShiftReportView }): ReactNode {
  const { t } = useWords();
  return partsOf(report, t).map((part) => (
    <table key={part.title} className="shift-report-part">
      <caption>{part.title}</caption>
      <tbody>
        {part.lines.map(([label, value, note], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a report never change their places
          <tr key={index}>
            <th scope="row">{label}</th>
            <td>{note ?? ''}</td>
            <td data-align="end">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  ));
}

/** A shift as its report tells it, on the screen. */
export function ShiftReport({ id }: { id: string }) {
  const report = useAsk((station) => station.shifts.report({ id }), [id]);
  return (
    <Answer of={report}>
      {(data) => (
        <div className="shift-report">
          <Parts report={data} />
        </div>
      )}
    </Answer>
  );
}

/** Puts the report on paper, A4 with lines to sign on, or narrow as a receipt printer has it; and is gone again. */
export function PrintShift({ id, paper, onDone }: { id: string; paper: 'a4' | 'narrow'; onDone: () => void }) {
  const { t } = useWords();
  const report = useAsk((station) => station.shifts.report({ id }), [id]);
  const site = useLive((state) => state.frame?.siteName) ?? '';
  const ready = report.data !== null;
  const failed = report.failed !== null;
  useEffect(() => {
    if (failed) onDone();
    if (!ready) return;
    window.addEventListener('afterprint', onDone, { once: true });
    const frame = requestAnimationFrame(printPage);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('afterprint', onDone);
    };
  }, [ready, failed, onDone]);
  if (!report.data) return null;
  const { shift, from, to, journal } = report.data;
  const booth = shift.booth === '' ? '' : ` · ${t('shifts.boothIs', { name: shift.booth })}`;
  const period = `${formatDateTime(from)} – ${formatDateTime(to)}`;
  const rows = t('shifts.journalRows', { first: journal.firstSeq, last: journal.lastSeq });
  if (paper === 'a4')
    return (
      <PrintSheet
        title={t('shifts.reportOf', { name: shift.cashier })}
        filter={`${period}${booth} · ${rows}`}
        signatures={[t('shifts.sign.cashier'), t('shifts.sign.next'), t('shifts.sign.manager')]}
      >
        <Parts report={report.data} />
      </PrintSheet>
    );
  return createPortal(
    <div className="print-sheet print-narrow">
      <h1>{t('shifts.reportOf', { name: shift.cashier })}</h1>
      <p>
        {site}
        {booth}
      </p>
      <p>{formatDateTime(from)}</p>
      <p>{formatDateTime(to)}</p>
      <Parts report={report.data} />
      <p>{rows}</p>
      {(['cashier', 'next', 'manager'] as const).map((who) => (
        <p key={who} className="print-sign">
          {t(`shifts.sign.${who}`)}：
        </p>
      ))}
    </div>,
    document.body,
  );
}
