import type { KeyboardEvent } from 'react';
import type { ShiftView } from '../../../shared/contract/shifts.ts';
import { KeyButton } from '../../components/KeyButton.tsx';
import { formatMoment } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { signOut } from '../../lib/station/leave.ts';
import { stationNow } from '../../lib/station/session.ts';
import { lockNow } from './lock.ts';
import { ShiftFrame } from './ShiftFrame.tsx';
import { closeShiftDialog, openShiftDialog } from './store.ts';

/** Somebody leaves whose drawer is still open: hand over, lock, or leave all the same. */
export function LeaveDialog({ shift }: { shift: ShiftView }) {
  const { t } = useWords();
  const acts: Readonly<Record<string, () => void>> = {
    '1': () => openShiftDialog('handover'),
    '2': () => {
      closeShiftDialog();
      void lockNow('break');
    },
    '3': () => {
      closeShiftDialog();
      void signOut();
    },
  };
  const onKey = (event: KeyboardEvent): void => {
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <ShiftFrame
      title={t('shift.leave.title')}
      text={t('shift.leave.text', { time: formatMoment(shift.openedAt, stationNow()) })}
      tone="stop"
      onKey={onKey}
    >
      <div className="shift-menu">
        <KeyButton keyHint="1" tone="info" onPress={() => acts['1']?.()}>
          {t('shift.leave.handover')}
        </KeyButton>
        <KeyButton keyHint="2" onPress={() => acts['2']?.()}>
          {t('shift.leave.lock')}
        </KeyButton>
        <KeyButton keyHint="3" tone="stop" onPress={() => acts['3']?.()}>
          {t('shift.leave.leave')}
        </KeyButton>
      </div>
    </ShiftFrame>
  );
}
