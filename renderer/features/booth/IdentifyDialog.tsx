import { type KeyboardEvent, useState } from 'react';
import { KeyButton } from '../../components/KeyButton.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { BoothDialog, useCarChanged } from './BoothDialog.tsx';
import { DialogCar } from './DialogCar.tsx';
import { identify } from './dialog-actions.ts';
import { type CarDialog, closeDialog, type Dialog } from './store.ts';

/** 无牌车: a scanner types into the field and ends with Enter, as a person would. */
export function IdentifyDialog({ dialog }: { dialog: Extract<Dialog, { kind: CarDialog }> }) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const changed = useCarChanged(dialog);
  const identity = typed.trim();
  const ready = !changed && identity !== '';
  const confirm = (): void => {
    if (ready) void identify(dialog.laneId, dialog.passageId, identity);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    confirm();
  };
  return (
    <BoothDialog
      dialog={dialog}
      title={t('identify.title')}
      text={t('identify.text')}
      tone="info"
      onKey={onKey}
      footer={
        <>
          <span className="dialog-hint">{changed ? '' : t(ready ? 'dialog.confirmHint' : 'identify.empty')}</span>
          <KeyButton keyHint="Esc" onPress={closeDialog}>
            {t('act.back')}
          </KeyButton>
          <KeyButton keyHint={t('act.enter')} tone="info" disabled={!ready} onPress={confirm}>
            {t('identify.confirm')}
          </KeyButton>
        </>
      }
    >
      <DialogCar dialog={dialog} />
      <label className="dialog-field">
        <span>{t('identify.field')}</span>
        <input
          data-autofocus
          className="dialog-digits"
          autoComplete="off"
          value={typed}
          maxLength={64}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
    </BoothDialog>
  );
}
