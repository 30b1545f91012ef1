import type { ShiftView } from '../../../shared/contract/shifts.ts';
import { type Translate, useWords } from '../../lib/i18n/index.ts';
import type { Column } from '../../office/DataTable.tsx';
import { Money, State, type Tone, When } from '../../office/Values.tsx';

/** How far a shift is, in a word. */
export function shiftState(shift: ShiftView, t: Translate): readonly [string, Tone] {
  if (shift.state !== 'closed')
    return [t(`shifts.state.${shift.state}`), shift.state === 'open' ? 'go' : 'info'] as const;
  return shift.confirmedAt === null ? [t('shifts.state.closed'), 'call'] : [t('shifts.state.confirmed'), 'plain'];
}

export function useShiftColumns(): readonly Column<ShiftView>[] {
  const { t } = useWords();
  return [
    { key: 'cashier', title: t('shifts.cashier'), width: 100, grow: true, render: (shift) => shift.cashier },
    { key: 'booth', title: t('shifts.booth'), width: 80, render: (shift) => shift.booth || '—' },
    {
      key: 'kind',
      title: t('shifts.kindLabel'),
      width: 90,
      optional: true,
      render: (shift) => t(`shifts.kind.${shift.kind}`),
    },
    { key: 'opened', title: t('shifts.opened'), width: 165, render: (shift) => <When at={shift.openedAt} /> },
    { key: 'closed', title: t('shifts.closed'), width: 165, render: (shift) => <When at={shift.closedAt} /> },
    {
      key: 'float',
      title: t('shifts.float'),
      width: 100,
      align: 'end',
      render: (shift) => <Money fen={shift.floatFen} />,
    },
    {
      key: 'cashIn',
      title: t('shifts.cashIn'),
      width: 110,
      align: 'end',
      render: (shift) => <Money fen={shift.cashInFen} />,
    },
    {
      key: 'expected',
      title: t('shifts.expected'),
      width: 110,
      align: 'end',
      render: (shift) => <Money fen={shift.expectedFen} />,
    },
    {
      key: 'counted',
      title: t('shifts.counted'),
      width: 110,
      align: 'end',
      render: (shift) => <Money fen={shift.countedFen} />,
    },
    {
      key: 'difference',
      title: t('shifts.difference'),
      width: 110,
      align: 'end',
      render: (shift) =>
        (shift.differenceFen ?? 0) === 0 ? (
          <Money fen={shift.differenceFen} />
        ) : (
          <strong className="shifts-different">
            <Money fen={shift.differenceFen} />
          </strong>
        ),
    },
    {
      key: 'state',
      title: t('shifts.state.label'),
      width: 140,
      render: (shift) => {
        const [text, tone] = shiftState(shift, t);
        return <State tone={tone}>{text}</State>;
      },
    },
  ];
}
