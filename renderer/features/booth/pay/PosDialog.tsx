import type { KeyboardEvent } from 'react';
import { KeyButton } from '../../../components/KeyButton.tsx';
import { formatMoney } from '../../../lib/format.ts';
import { BoothDialog, useCarChanged } from '../BoothDialog.tsx';
import { DialogCar } from '../DialogCar.tsx';
import { useBoothWords } from '../keymap/key-names.ts';
import { closeDialog, type Dialog } from '../store.ts';
import { takePos } from './by-hand.ts';

/** 刷卡: the terminal stands beside this PC and tells it nothing; a person reads its display. */
export function PosDialog({ dialog }: { dialog: Extract<Dialog, { kind: 'pos' }> }) {
  const { t } = useBoothWords();
  const changed = useCarChanged(dialog);
  const { laneId, passageId, amountFen } = dialog;
  const confirm = (): void => {
    if (!changed) void takePos(laneId, passageId, amountFen);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    confirm();
  };
  return (
    <BoothDialog
      dialog={dialog}
      title={t('boothMore.pos.title', { amount: formatMoney(amountFen) })}
      text={t('boothMore.pos.text')}
      tone="call"
      onKey={onKey}
      footer={
        <>
          <span className="dialog-hint">{changed ? '' : t('dialog.confirmHint')}</span>
          <KeyButton keyHint="Esc" onPress={closeDialog}>
            {t('act.back')}
          </KeyButton>
          <KeyButton keyHint={t('act.enter')} tone="info" disabled={changed} onPress={confirm}>
            {t('boothMore.pos.confirm')}
          </KeyButton>
        </>
      }
    >
      <DialogCar dialog={dialog} />
    </BoothDialog>
  );
}
