import { useState } from 'react';
import { KeyButton } from '../../components/KeyButton.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { useAct } from '../../office/use-act.ts';
import { Field } from './Field.tsx';
import { onEnter, ShiftFrame } from './ShiftFrame.tsx';

const SHORTEST = 8;

/** The own password. */
export function PasswordDialog() {
  const { t } = useWords();
  const act = useAct();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [repeat, setRepeat] = useState('');
  const [done, setDone] = useState(false);
  const fault = to !== '' && to.length < SHORTEST ? 'short' : repeat !== '' && repeat !== to ? 'different' : null;
  const ready = from !== '' && to.length >= SHORTEST && repeat === to;
  const confirm = async (): Promise<void> => {
    if (!ready || done) return;
    const answer = await act.run((station) => station.auth.changePassword({ from, to }));
    if (answer) setDone(true);
  };
  return (
    <ShiftFrame
      title={done ? t('shift.password.done') : t('shift.password.title')}
      text={t('shift.password.text')}
      problem={fault === null ? act.problem : t(`shift.password.${fault}`)}
      onKey={onEnter(() => void confirm())}
      acts={
        !done && (
          <KeyButton
            keyHint={t('shift.enter')}
            tone="info"
            disabled={!ready || act.busy}
            onPress={() => void confirm()}
          >
            {t('shift.password.confirm')}
          </KeyButton>
        )
      }
    >
      {!done && (
        <>
          <Field
            first
            password
            label={t('shift.password.from')}
            autoComplete="current-password"
            value={from}
            onChange={setFrom}
          />
          <Field password label={t('shift.password.to')} autoComplete="new-password" value={to} onChange={setTo} />
          <Field
            password
            label={t('shift.password.repeat')}
            autoComplete="new-password"
            value={repeat}
            onChange={setRepeat}
          />
        </>
      )}
    </ShiftFrame>
  );
}
