import { useState } from 'react';
import type { ShiftView } from '../../../shared/contract/shifts.ts';
import { countTotal } from '../../../shared/domain/cash.ts';
import type { CashCount } from '../../../shared/domain/money-flow.ts';
import { KeyButton } from '../../components/KeyButton.tsx';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { askToLeave } from '../../lib/station/leave.ts';
import { usePaper } from '../../office/paper/use-paper.ts';
import { PrintShift } from '../../office/ShiftReport.tsx';
import { type Act, useAct } from '../../office/use-act.ts';
import { CountResult } from './CountResult.tsx';
import { CountTable } from './CountTable.tsx';
import { PaperButton } from './PaperButton.tsx';
import { onEnter, ShiftFrame } from './ShiftFrame.tsx';
import { closeShiftDialog, openShiftDialog, refreshShifts } from './store.ts';

/** 清点交班: lock the drawer, count it blind, see the result, hand over. Each step is the state of the shift at the station. */
export function HandoverDialog({ shift: at }: { shift: ShiftView }) {
  const act = useAct();
  // The newest answer counts before the live picture brings it.
  const [answered, setAnswered] = useState<ShiftView | null>(null);
  const shift = answered?.id === at.id ? answered : at;
  const take = (next: ShiftView | undefined): void => {
    if (!next) return;
    setAnswered(next);
    refreshShifts();
  };
  switch (shift.state) {
    case 'open':
      return <LockStep act={act} onLock={async () => take(await act.run((s) => s.shifts.pause({ id: shift.id })))} />;
    case 'break':
      return (
        <CountStep
          act={act}
          onCount={async (count) => take(await act.run((s) => s.shifts.count({ id: shift.id, count })))}
        />
      );
    case 'counted':
      return (
        <CountResult
          shift={shift}
          act={act}
          onClose={async (what) => take(await act.run((s) => s.shifts.close({ id: shift.id, ...what })))}
        />
      );
    case 'closed':
      return <Done shift={shift} />;
  }
}

function LockStep({ act, onLock }: { act: Act; onLock: () => Promise<void> }) {
  const { t } = useWords();
  return (
    <ShiftFrame
      title={t('shift.handover.lockTitle')}
      text={t('shift.handover.lockText')}
      tone="call"
      problem={act.problem}
      onKey={onEnter(() => void onLock())}
      acts={
        <KeyButton keyHint={t('shift.enter')} tone="info" disabled={act.busy} onPress={() => void onLock()}>
          {t('shift.handover.lock')}
        </KeyButton>
      }
    />
  );
}

function CountStep({ act, onCount }: { act: Act; onCount: (count: CashCount) => Promise<void> }) {
  const { t } = useWords();
  const [count, setCount] = useState<CashCount>({});
  const [sure, setSure] = useState(false);
  if (sure)
    return (
      <ShiftFrame
        title={t('shift.handover.sureTitle')}
        text={t('shift.handover.sureText', { amount: formatMoney(countTotal(count)) })}
        tone="call"
        problem={act.problem}
        onBack={() => setSure(false)}
        onKey={onEnter(() => void onCount(count))}
        acts={
          <KeyButton keyHint={t('shift.enter')} tone="info" disabled={act.busy} onPress={() => void onCount(count)}>
            {t('shift.handover.submit')}
          </KeyButton>
        }
      >
        <p className="shift-amount">{formatMoney(countTotal(count))}</p>
      </ShiftFrame>
    );
  return (
    <ShiftFrame
      title={t('shift.handover.countTitle')}
      text={t('shift.handover.countText')}
      tone="call"
      onKey={(event) => {
        if (event.key !== 'F11') return;
        event.preventDefault();
        setSure(true);
      }}
      acts={
        <>
          <KeyButton onPress={() => openShiftDialog('resume')}>{t('shift.handover.unlock')}</KeyButton>
          <KeyButton keyHint="F11" tone="info" onPress={() => setSure(true)}>
            {t('shift.handover.review')}
          </KeyButton>
        </>
      }
    >
      <CountTable count={count} onChange={setCount} onDone={() => setSure(true)} />
    </ShiftFrame>
  );
}

function Done({ shift }: { shift: ShiftView }) {
  const { t } = useWords();
  const [paper, setPaper] = useState<'a4' | 'narrow' | null>(null);
  const slip = usePaper({ what: 'shift', id: shift.id });
  const leftFen = shift.leftFen ?? 0;
  const handed = (shift.countedFen ?? 0) - leftFen;
  return (
    <ShiftFrame
      title={t('shift.handover.doneTitle')}
      text={t('shift.handover.doneText', { left: formatMoney(leftFen), handed: formatMoney(handed) })}
      problem={slip.problem}
      acts={
        <>
          <PaperButton paper={slip} />
          <KeyButton onPress={() => setPaper('narrow')}>{t('shift.handover.printNarrow')}</KeyButton>
          <KeyButton onPress={() => setPaper('a4')}>{t('shift.handover.print')}</KeyButton>
          <KeyButton
            tone="info"
            onPress={() => {
              closeShiftDialog();
              askToLeave();
            }}
          >
            {t('shift.handover.signOut')}
          </KeyButton>
        </>
      }
    >
      {paper !== null && <PrintShift id={shift.id} paper={paper} onDone={() => setPaper(null)} />}
    </ShiftFrame>
  );
}
