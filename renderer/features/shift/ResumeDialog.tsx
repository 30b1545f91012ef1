import { useState } from 'react';
import type { ShiftView } from '../../../shared/contract/shifts.ts';
import { KeyButton } from '../../components/KeyButton.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { useAct } from '../../office/use-act.ts';
import { Field } from './Field.tsx';
import { onEnter, ShiftFrame } from './ShiftFrame.tsx';
import { closeShiftDialog, refreshShifts } from './store.ts';

/** Unlocks the drawer. */
export function ResumeDialog({ shift }: { shift: ShiftView }) {
  const { t } = useWords();
  const act = useAct();
  const [password, setPassword] = useState('');
  const confirm = async (): Promise<void> => {
    if (password === '') return;
    const done = await act.run((station) => station.shifts.resume({ id: shift.id, password }));
    if (!done) return setPassword('');
    refreshShifts();
    closeShiftDialog();
  };
  return (
    <ShiftFrame
      title={t('shift.resume.title')}
      text={t('shift.resume.text')}
      problem={act.problem}
      onKey={onEnter(() => void confirm())}
      acts={
        <KeyButton
          keyHint={t('shift.enter')}
          tone="info"
          disabled={password === '' || act.busy}
          onPress={() => void confirm()}
        >
          {t('shift.resume.confirm')}
        </KeyButton>
      }
    >
      <Field
        first
        password
        label={t('shift.resume.password')}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
    </ShiftFrame>
  );
}
