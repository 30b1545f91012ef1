import { type KeyboardEvent, useState } from 'react';
import { fenToYuanText, MAX_FEN } from '../../../shared/domain/money.ts';
import { KeyButton } from '../../components/KeyButton.tsx';
import { formatMoney, parseYuan } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { platformName } from '../../lib/platform-name.ts';
import { useLive } from '../../lib/station/live.ts';
import { BoothDialog, useCarChanged } from './BoothDialog.tsx';
import { DialogCar } from './DialogCar.tsx';
import { fixedFee } from './dialog-actions.ts';
import { lacksPrice } from './focus.ts';
import { ReasonList } from './ReasonList.tsx';
import { enteredFeeReasons, fixedFeeReasons } from './reasons.ts';
import { useRules } from './rules.ts';
import { type CarDialog, closeDialog, type Dialog } from './store.ts';
import { useReason } from './use-reason.ts';

/**
 * 固定收费: the site's own amount stands there already; another one may be typed over it. Where whoever prices stays did not tell, the amount
 * that a person enters in their place.
 */
export function FixedFeeDialog({ dialog }: { dialog: Extract<Dialog, { kind: CarDialog }> }) {
  const { t } = useWords();
  const lane = useLive((state) => state.frame?.lanes.find(({ id }) => id === dialog.laneId));
  const lacking = lane !== undefined && lacksPrice(lane);
  // As it was opened: the price may come while a person types.
  const [unpriced] = useState(lacking);
  const told = unpriced && !lacking;
  const usual = useRules((rules) => rules.missingEntryFen);
  const site = unpriced ? null : usual;
  const [typed, setTyped] = useState(site === null ? '' : fenToYuanText(site));
  const changed = useCarChanged(dialog);
  const reasons = unpriced ? enteredFeeReasons(t) : fixedFeeReasons(t);
  const chosen = useReason(reasons);
  const read = parseYuan(typed.trim());
  const amountFen = read !== undefined && read <= MAX_FEN ? read : undefined;
  const tooMuch = amountFen === undefined && /^\d+(?:\.\d*)?$/.test(typed.trim());
  const zero = unpriced && amountFen === 0;
  const ready = !changed && !told && amountFen !== undefined && !zero && chosen.record !== '';
  const confirm = (): void => {
    if (ready) void fixedFee(dialog.laneId, dialog.passageId, amountFen, chosen.record);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (chosen.onKey(event, false)) return;
    if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) {
      event.preventDefault();
      confirm();
    }
  };
  return (
    <BoothDialog
      dialog={dialog}
      title={t(unpriced ? 'pricing.dialog.title' : 'fixedFee.title')}
      text={
        unpriced
          ? t('pricing.dialog.text', { platform: platformName(lane?.passage?.price?.platform ?? '', t) })
          : t('fixedFee.text')
      }
      tone="call"
      onKey={onKey}
      footer={
        <>
          <span className="dialog-hint">
            {changed
              ? ''
              : t(
                  told
                    ? 'pricing.dialog.told'
                    : ready
                      ? 'dialog.confirmHint'
                      : zero
                        ? 'pricing.dialog.zero'
                        : tooMuch
                          ? 'fixedFee.tooMuch'
                          : amountFen === undefined
                            ? 'fixedFee.needAmount'
                            : 'dialog.needReason',
                )}
          </span>
          <KeyButton keyHint="Esc" onPress={closeDialog}>
            {t('act.back')}
          </KeyButton>
          <KeyButton keyHint={t('act.enter')} tone="info" disabled={!ready} onPress={confirm}>
            {t(unpriced ? 'pricing.dialog.confirm' : 'fixedFee.confirm')}
          </KeyButton>
        </>
      }
    >
      <DialogCar dialog={dialog} />
      <label className="dialog-field">
        <span>
          {t('fixedFee.amount')}
          {site !== null && ` · ${t('fixedFee.site', { amount: formatMoney(site) })}`}
        </span>
        <input
          data-autofocus
          className="dialog-digits"
          inputMode="decimal"
          autoComplete="off"
          value={typed}
          maxLength={9}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <ReasonList legend={t('fixedFee.reason')} reasons={reasons} chosen={chosen} digits={false} />
    </BoothDialog>
  );
}
