import type { KeyboardEvent } from 'react';
import { KeyButton } from '../../../components/KeyButton.tsx';
import { attemptWord } from '../../../events/attempt-word.ts';
import { formatMoney, parseYuan } from '../../../lib/format.ts';
import { useLive } from '../../../lib/station/live.ts';
import { takeCash } from '../actions.ts';
import { BoothDialog, useCarChanged } from '../BoothDialog.tsx';
import { DialogCar } from '../DialogCar.tsx';
import { useBoothWords } from '../keymap/key-names.ts';
import { type AnywayDialog as Asked, closeDialog, useBooth } from '../store.ts';
import { isOpen, isRisky, useTries } from './attempts.ts';
import { charge, presented } from './charge.ts';

/** An earlier try may still turn into money: whoever takes it in another way now says so with a second key. */
export function AnywayDialog({ dialog }: { dialog: Asked }) {
  const { t } = useBoothWords();
  const { act, laneId, passageId, billId, channel } = dialog;
  const lane = useLive((state) => state.frame?.lanes.find((each) => each.id === laneId));
  const bill = lane?.passage?.bill;
  const tries = useTries(billId);
  const typed = useBooth((state) => (state.received?.passageId === passageId ? state.received.text : ''));
  const changed = useCarChanged(dialog);
  // What a platform was asked to collect by itself is not taken back; whoever presses must know.
  const city = tries.some((each) => isRisky(each) && each.kind === 'agreement');
  const ready = !changed && lane?.phase === 'charging' && bill?.id === billId;
  const confirm = (): void => {
    if (!ready) return;
    closeDialog();
    if (act === 'collect')
      void takeCash(lane, passageId, bill, typed === '' ? undefined : parseYuan(typed), dialog.change ?? 'cash');
    else if (channel !== undefined) {
      const { authCode } = dialog;
      if (authCode !== undefined) presented.use(authCode, performance.now(), passageId);
      void charge(billId, { id: channel }, { despiteUnknown: true, ...(authCode === undefined ? {} : { authCode }) });
    }
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    confirm();
  };
  return (
    <BoothDialog
      dialog={dialog}
      title={t(`boothMore.anyway.${act}.title`)}
      text={t(city ? 'boothMore.anyway.cityText' : 'boothMore.anyway.text')}
      tone="stop"
      onKey={onKey}
      footer={
        <>
          <span className="dialog-hint">{ready ? t('dialog.confirmHint') : t('boothMore.anyway.over')}</span>
          <KeyButton keyHint="Esc" onPress={closeDialog}>
            {t('act.back')}
          </KeyButton>
          <KeyButton keyHint={t('act.enter')} tone="stop" disabled={!ready} onPress={confirm}>
            {t(`boothMore.anyway.${act}.confirm`, { amount: formatMoney(bill?.toPayFen ?? 0) })}
          </KeyButton>
        </>
      }
    >
      <DialogCar dialog={dialog} />
      <ul className="anyway-tries">
        {tries.filter(isOpen).map((each) => (
          <li key={each.id}>
            <strong>{t(attemptWord(each))}</strong> {formatMoney(each.amountFen)} {each.detail}
          </li>
        ))}
      </ul>
    </BoothDialog>
  );
}
