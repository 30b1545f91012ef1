import { type KeyboardEvent, useState } from 'react';
import type { BerthView } from '../../../shared/contract/berths.ts';
import { DialogFrame } from '../../components/DialogFrame.tsx';
import { KeyButton } from '../../components/KeyButton.tsx';
import { formatMoment, formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';
import { leave } from './acts.ts';
import { minutesStood } from './berth-state.ts';
import { closeKerbDialog, type KerbDialog, useKerb } from './store.ts';
import { momentAgo, WhenChoice } from './WhenChoice.tsx';

/** 车已离开: says what is still owed, and what becomes of it, before it is done. */
export function LeaveDialog({ dialog, berth }: { dialog: KerbDialog; berth: BerthView }) {
  const { t } = useWords();
  const busy = useKerb((state) => state.busy);
  const [minutes, setMinutes] = useState(0);
  const { car } = berth;
  const changed = (car?.uid ?? null) !== dialog.uid;
  const due = car?.dueFen ?? 0;
  const how = car === null ? 'empty' : due === 0 ? 'free' : car.plate === '' ? 'lost' : 'owes';
  const confirm = (): void => {
    if (changed || busy) return;
    void leave(berth.id, dialog.uid, momentAgo(minutes)).then(closeKerbDialog);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    confirm();
  };
  const time = car === null ? '' : formatMoment(car.enteredAt, stationNow());
  const verb = { empty: 'confirmEmpty', free: 'confirm', lost: 'confirmLost', owes: 'confirmOwing' } as const;
  return (
    <DialogFrame
      title={t(car === null ? 'kerb.leaveDialog.titleEmpty' : 'kerb.leaveDialog.title', { code: berth.code })}
      {...(car === null
        ? { text: t('kerb.leaveDialog.emptyText') }
        : {
            text: t(car.plate === '' ? 'kerb.leaveDialog.noCar' : 'kerb.leaveDialog.car', { plate: car.plate, time }),
          })}
      tone={how === 'lost' ? 'stop' : how === 'owes' ? 'call' : 'info'}
      onEscape={closeKerbDialog}
      onKey={onKey}
      footer={
        <>
          <span className="dialog-hint" />
          <KeyButton keyHint="Esc" onPress={closeKerbDialog}>
            {t('act.back')}
          </KeyButton>
          <KeyButton
            keyHint={t('act.enter')}
            tone={how === 'lost' ? 'stop' : 'info'}
            disabled={changed}
            busy={busy}
            onPress={confirm}
          >
            {t(`kerb.leaveDialog.${verb[how]}`)}
          </KeyButton>
        </>
      }
    >
      {changed ? (
        <p className="dialog-changed" role="alert">
          {t('kerb.plateDialog.gone')}
        </p>
      ) : (
        <>
          {due > 0 && (
            <p className="leave-owes" data-how={how}>
              <strong>{t('kerb.leaveDialog.owes', { amount: formatMoney(due) })}</strong>
              <span>
                {t(`kerb.leaveDialog.${how === 'lost' ? 'lostText' : 'owesText'}`, { plate: car?.plate ?? '' })}
              </span>
            </p>
          )}
          {how === 'free' && <p className="dialog-hint">{t('kerb.leaveDialog.freeText')}</p>}
          <WhenChoice
            label={t('kerb.leaveDialog.when')}
            value={minutes}
            most={minutesStood(berth, stationNow())}
            onChange={setMinutes}
          />
        </>
      )}
    </DialogFrame>
  );
}
