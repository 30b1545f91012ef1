import { useState } from 'react';
import type { ShiftView } from '../../../shared/contract/shifts.ts';
import { countTotal } from '../../../shared/domain/cash.ts';
import type { CashCount } from '../../../shared/domain/money-flow.ts';
import { KeyButton } from '../../components/KeyButton.tsx';
import { formatDateTime, formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { useAct } from '../../office/use-act.ts';
import { CountTable } from './CountTable.tsx';
import { onEnter, ShiftFrame } from './ShiftFrame.tsx';
import { openShiftDialog, refreshShifts, useShift } from './store.ts';

/** 接班: what was left is accepted, or counted again. Then the own shift is opened with it. */
export function TakeOverDialog({ shift }: { shift: ShiftView }) {
  const { t } = useWords();
  const act = useAct();
  const user = useSession((state) => state.user);
  const [count, setCount] = useState<CashCount | null>(null);
  const leftFen = shift.leftFen ?? 0;
  const own = shift.cashier === user?.name && !may(user, 'shift.manage');
  const difference = count === null ? 0 : countTotal(count) - leftFen;
  const confirm = async (): Promise<void> => {
    if (own) return;
    const taken = await act.run((station) =>
      station.shifts.confirm(count === null ? { id: shift.id } : { id: shift.id, count }),
    );
    if (!taken) return;
    useShift.setState({ takenOverFen: taken.kind === 'relief' ? null : taken.takenOverFen });
    refreshShifts();
    openShiftDialog(taken.kind === 'relief' ? 'menu' : 'start');
  };
  const recount = (): void => setCount((old) => (old === null ? {} : null));
  return (
    <ShiftFrame
      title={t('shift.takeOver.title', { name: shift.cashier })}
      text={t('shift.takeOver.text', {
        amount: formatMoney(leftFen),
        time: shift.closedAt === null ? '' : formatDateTime(shift.closedAt),
      })}
      problem={own ? t('shift.takeOver.own') : act.problem}
      onKey={(event) => {
        if (event.key === 'F2') {
          event.preventDefault();
          recount();
        } else onEnter(() => void confirm())(event);
      }}
      acts={
        <>
          <KeyButton keyHint="F2" disabled={own} onPress={recount}>
            {t(count === null ? 'shift.takeOver.recount' : 'shift.takeOver.accept')}
          </KeyButton>
          <KeyButton keyHint={t('shift.enter')} tone="info" disabled={own || act.busy} onPress={() => void confirm()}>
            {t(count === null ? 'shift.takeOver.confirm' : 'shift.takeOver.confirmCount')}
          </KeyButton>
        </>
      }
    >
      <p className="shift-amount">{formatMoney(leftFen)}</p>
      {count !== null && <CountTable count={count} onChange={setCount} onDone={() => void confirm()} />}
      {count !== null && Object.keys(count).length > 0 && difference !== 0 && (
        <p className="shift-problem">{t('shift.takeOver.differs', { amount: formatMoney(difference) })}</p>
      )}
    </ShiftFrame>
  );
}
