import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { KeyButton } from '../../components/KeyButton.tsx';
import { Plate } from '../../components/Plate.tsx';
import { formatMoney } from '../../lib/format.ts';
import { useWords, wordsOf } from '../../lib/i18n/index.ts';
import { useLive } from '../../lib/station/live.ts';
import { actWithReason } from './actions.ts';
import { BoothDialog, useCarChanged } from './BoothDialog.tsx';
import { type ReasonKey, reasonsFor } from './reasons.ts';
import { closeDialog, type Dialog, openDialog } from './store.ts';

/**
 * Acts that lose money or move an arm: a reason by digit, then Enter, which is never the key that opened it. The reason is
 * recorded in Chinese whatever the language of the screen, so that it can be counted.
 */
export function ReasonDialog({ dialog }: { dialog: Extract<Dialog, { kind: 'reason' }> }) {
  const { t } = useWords();
  const { act, laneId, passageId } = dialog;
  const lanes = useLive((state) => state.frame?.lanes) ?? [];
  const lane = lanes.find((each) => each.id === laneId);
  const [chosen, setChosen] = useState<ReasonKey | null>(null);
  const [words, setWords] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const changed = useCarChanged(dialog);
  const reasons = reasonsFor[act];
  useEffect(() => {
    if (chosen === 'other') input.current?.focus();
  }, [chosen]);

  const reason = chosen === 'other' ? words.trim() : chosen ? wordsOf('zh-CN')(`reasons.${chosen}`) : '';
  const ready = !changed && lane !== undefined && (reason !== '' || reasons.length === 0);
  const confirm = (): void => {
    if (ready) void actWithReason(act, laneId, passageId, reason);
  };
  const siblings = lanes.filter((each) => each.direction === lane?.direction);
  const turn = (step: number): void => {
    const index = siblings.findIndex((each) => each.id === laneId);
    const next = siblings[(index + step + siblings.length) % siblings.length];
    if (next && passageId === null) openDialog({ ...dialog, laneId: next.id });
  };
  const onKey = (event: KeyboardEvent): void => {
    const typing = event.target instanceof HTMLInputElement;
    const onButton = event.target instanceof HTMLButtonElement;
    const digit = typing ? undefined : reasons[Number(event.key) - 1];
    if (digit && /^[1-9]$/.test(event.key)) {
      event.preventDefault();
      setChosen(digit);
    } else if (event.key === 'Enter' && !onButton) {
      event.preventDefault();
      confirm();
    } else if (!typing && event.key === 'ArrowLeft') turn(-1);
    else if (!typing && event.key === 'ArrowRight') turn(1);
  };

  const entering = act === 'release' && lane?.direction === 'in';
  const params = { lane: lane?.name ?? laneId, due: formatMoney(lane?.passage?.bill?.dueFen ?? 0) };
  const title = t(entering ? 'dialog.release.titleIn' : `dialog.${act}.title`, params);
  const tone = act === 'release' ? 'call' : act === 'hold' ? 'stop' : 'info';
  const confirmText = t(entering ? 'dialog.release.confirmIn' : `dialog.${act}.confirm`);
  return (
    <BoothDialog
      dialog={dialog}
      title={title}
      text={t(entering ? 'dialog.release.textIn' : `dialog.${act}.text`, params)}
      tone={tone}
      onKey={onKey}
      footer={
        <>
          <span className="dialog-hint">
            {!ready && !changed
              ? t(chosen === 'other' ? 'dialog.otherReason' : 'dialog.needReason')
              : ready
                ? t('dialog.confirmHint')
                : ''}
          </span>
          <KeyButton keyHint="Esc" onPress={closeDialog}>
            {t('act.back')}
          </KeyButton>
          <KeyButton
            keyHint={t('act.enter')}
            tone={tone === 'call' ? 'stop' : tone}
            disabled={!ready}
            onPress={confirm}
          >
            {confirmText}
          </KeyButton>
        </>
      }
    >
      {passageId !== null && lane?.passage && <Plate plate={lane.passage.plate} size={40} />}
      {passageId === null && siblings.length > 1 && <p className="dialog-hint">{t('dialog.switchLane')}</p>}
      {reasons.length > 0 && (
        <fieldset className="reasons">
          <legend>{t('dialog.pickReason')}</legend>
          {reasons.map((key, index) => (
            <KeyButton
              key={key}
              keyHint={String(index + 1)}
              tone={chosen === key ? 'info' : 'plain'}
              pressed={chosen === key}
              onPress={() => setChosen(key)}
            >
              {t(`reasons.${key}`)}
            </KeyButton>
          ))}
        </fieldset>
      )}
      {chosen === 'other' && (
        <label className="dialog-field">
          <span>{t('dialog.otherReason')}</span>
          <input ref={input} value={words} maxLength={200} onChange={(event) => setWords(event.target.value)} />
        </label>
      )}
    </BoothDialog>
  );
}
