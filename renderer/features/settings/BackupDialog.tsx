import { App, Input } from 'antd';
import { useState } from 'react';
import type { BackupView } from '../../../shared/contract/backups.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { useAct } from '../../office/use-act.ts';

/** Asks before a backup is brought back or deleted; bringing back asks for the password as well. */
export function BackupDialog(props: {
  what: 'restore' | 'remove';
  of: BackupView;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useWords();
  const { message } = App.useApp();
  const act = useAct();
  const [password, setPassword] = useState('');
  const { what } = props;
  const { id, madeAt } = props.of;
  const at = formatDateTime(madeAt);
  const carryOut = async (): Promise<void> => {
    if (what === 'remove') {
      if (await act.run((client) => client.backups.remove({ id }))) props.onDone();
      return;
    }
    const answer = await act.run((client) => client.backups.restore({ id, password }));
    if (!answer) return;
    void message.info(t('settings.backup.restored', { name: answer.keptAs }), 8);
    props.onDone();
  };
  return (
    <ReasonDialog
      title={t(`settings.backup.${what}Title`, { at })}
      consequence={t(`settings.backup.${what}Text`)}
      verb={t(`settings.backup.${what}Verb`)}
      reason="none"
      danger
      act={act}
      ready={what === 'remove' || password !== ''}
      onClose={props.onClose}
      onConfirm={() => void carryOut()}
    >
      {what === 'restore' && (
        <label htmlFor="restore-password">
          <span>{t('settings.backup.password')}</span>
          <Input.Password
            id="restore-password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
      )}
    </ReasonDialog>
  );
}
