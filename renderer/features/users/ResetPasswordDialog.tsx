import { Input } from 'antd';
import { useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { useAct } from '../../office/use-act.ts';

const SHORTEST = 8;

export function ResetPasswordDialog(props: { name: string; onDone: () => void; onClose: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const { name } = props;
  const [password, setPassword] = useState('');
  const reset = async (): Promise<void> => {
    const answer = await act.run((station) => station.users.resetPassword({ name, password }), {
      done: t('users.saved'),
    });
    if (answer) props.onDone();
  };
  return (
    <ReasonDialog
      title={t('users.resetTitle', { name })}
      consequence={t('users.resetText', { name })}
      verb={t('users.reset')}
      reason="none"
      danger
      act={act}
      ready={password.length >= SHORTEST}
      onClose={props.onClose}
      onConfirm={() => void reset()}
    >
      <label htmlFor="reset-password">
        <span>{t('users.newPassword')}</span>
        <Input.Password
          id="reset-password"
          autoFocus
          autoComplete="new-password"
          maxLength={200}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {password !== '' && password.length < SHORTEST && <small>{t('users.tooShort')}</small>}
      </label>
    </ReasonDialog>
  );
}
