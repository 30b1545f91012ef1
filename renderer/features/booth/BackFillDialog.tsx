import { type KeyboardEvent, useState } from 'react';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { KeyButton } from '../../components/KeyButton.tsx';
import { formatDateTime, formatDuration } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';
import { BoothDialog, useCarChanged } from './BoothDialog.tsx';
import { DialogCar } from './DialogCar.tsx';
import { backFill } from './dialog-actions.ts';
import { ReasonList } from './ReasonList.tsx';
import { proofReasons } from './reasons.ts';
import { type CarDialog, closeDialog, type Dialog } from './store.ts';
import { typedTime } from './typed-time.ts';
import { useReason } from './use-reason.ts';

/** 补录入场: when the car came in, and what proves it. What was typed is shown as a whole date before anything is sent. */
export function BackFillDialog({ dialog }: { dialog: Extract<Dialog, { kind: CarDialog }> }) {
  const { t, language } = useWords();
  const [typed, setTyped] = useState('');
  const changed = useCarChanged(dialog);
  const reasons = proofReasons(t);
  const chosen = useReason(reasons);
  const now = stationNow();
  const at = typedTime(typed, now);
  const future = at !== undefined && at > now;
  const ready = !changed && at !== undefined && !future && chosen.record !== '';
  const confirm = (): void => {
    if (ready) void backFill(dialog.laneId, dialog.passageId, toRfc3339(at), chosen.record);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (chosen.onKey(event, false)) return;
    if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) {
      event.preventDefault();
      confirm();
    }
  };
  const missing = at === undefined ? 'backFill.incomplete' : future ? 'backFill.future' : 'dialog.needReason';
  return (
    <BoothDialog
      dialog={dialog}
      title={t('backFill.title')}
      text={t('backFill.text')}
      tone="info"
      onKey={onKey}
      footer={
        <>
          <span className="dialog-hint" data-problem={future}>
            {changed ? '' : ready ? t('dialog.confirmHint') : t(missing)}
          </span>
          <KeyButton keyHint="Esc" onPress={closeDialog}>
            {t('act.back')}
          </KeyButton>
          <KeyButton keyHint={t('act.enter')} tone="info" disabled={!ready} onPress={confirm}>
            {t('backFill.confirm')}
          </KeyButton>
        </>
      }
    >
      <DialogCar dialog={dialog} />
      <label className="dialog-field">
        <span>{t('backFill.when')}</span>
        <input
          data-autofocus
          className="dialog-digits"
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          maxLength={20}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <p className="dialog-read" data-problem={future}>
        {at === undefined ? (
          <span className="dialog-hint">{t('backFill.example')}</span>
        ) : (
          <>
            <strong>{formatDateTime(toRfc3339(at))}</strong>
            {!future && (
              <span>
                {t('backFill.duration', { duration: formatDuration(Math.floor((now - at) / 60_000), language) })}
              </span>
            )}
          </>
        )}
      </p>
      <ReasonList legend={t('backFill.proof')} reasons={reasons} chosen={chosen} digits={false} />
    </BoothDialog>
  );
}
