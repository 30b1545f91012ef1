import type { KeyboardEvent } from 'react';
import type { LaneView } from '../../../shared/contract/lanes.ts';
import { KeyButton } from '../../components/KeyButton.tsx';
import { Plate } from '../../components/Plate.tsx';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useLive } from '../../lib/station/live.ts';
import { BoothDialog, useCarChanged } from './BoothDialog.tsx';
import { actWithReason } from './dialog-actions.ts';
import { drawerLanes } from './drawer/drawer-key.ts';
import { lacksPrice } from './focus.ts';
import { ReasonList } from './ReasonList.tsx';
import { reasonsFor } from './reasons.ts';
import { useRules } from './rules.ts';
import { closeDialog, type Dialog, openDialog, type ReasonAct } from './store.ts';
import { useReason } from './use-reason.ts';

/**
 * Acts that lose money, set a rule aside or move an arm: a reason by digit, then Enter, which is never the key that opened it.
 */
export function ReasonDialog({ dialog }: { dialog: Extract<Dialog, { kind: 'reason' }> }) {
  const { t } = useWords();
  const { act, laneId, passageId } = dialog;
  const lanes = useLive((state) => state.frame?.lanes) ?? [];
  const lane = lanes.find((each) => each.id === laneId);
  const rules = useRules();
  const changed = useCarChanged(dialog);
  const reasons = reasonsFor(act, rules, t);
  const chosen = useReason(reasons);
  const ready = !changed && lane !== undefined && (chosen.record !== '' || reasons.length === 0);
  const confirm = (): void => {
    if (ready) void actWithReason(act, laneId, passageId, chosen.record);
  };
  const siblings =
    act === 'drawer' && lane ? drawerLanes(lane, lanes) : lanes.filter((each) => each.direction === lane?.direction);
  const choosable = passageId === null && act !== 'turn' && siblings.length > 1;
  const goTo = (step: number): void => {
    const index = siblings.findIndex((each) => each.id === laneId);
    const next = siblings[(index + step + siblings.length) % siblings.length];
    if (next && choosable) openDialog({ ...dialog, laneId: next.id });
  };
  const onKey = (event: KeyboardEvent): void => {
    const typing = event.target instanceof HTMLInputElement;
    if (chosen.onKey(event, !typing)) return;
    if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) {
      event.preventDefault();
      // The dialog is gone before the keys of the booth see this one: to them it would mean the car on show.
      event.stopPropagation();
      confirm();
    } else if (!typing && event.key === 'ArrowLeft') goTo(-1);
    else if (!typing && event.key === 'ArrowRight') goTo(1);
  };

  const words = wordsFor(act, lane);
  const attention = lane?.passage?.attention;
  const params = {
    lane: lane?.name ?? laneId,
    due: formatMoney(lane?.passage?.bill?.dueFen ?? 0),
    attention: attention ? t(`attention.${attention}.title`) : '',
  };
  const tone = act === 'hold' ? 'stop' : losesMoney.has(act) ? 'call' : 'info';
  return (
    <BoothDialog
      dialog={dialog}
      title={t(words.title, params)}
      text={t(words.text, params)}
      tone={tone}
      onKey={onKey}
      footer={
        <>
          <span className="dialog-hint">
            {!ready && !changed
              ? t(chosen.free ? 'dialog.otherReason' : 'dialog.needReason')
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
            {t(words.confirm)}
          </KeyButton>
        </>
      }
    >
      {passageId !== null && lane?.passage && <Plate plate={lane.passage.plate} size={40} />}
      {choosable && <p className="dialog-hint">{t(act === 'drawer' ? 'dialog.switchDrawer' : 'dialog.switchLane')}</p>}
      <ReasonList legend={t('dialog.pickReason')} reasons={reasons} chosen={chosen} />
    </BoothDialog>
  );
}

const losesMoney = new Set<ReasonAct>(['release', 'approve', 'owe', 'withdraw']);

/** Question, consequence and verb of an act; some differ by the way the lane serves. */
function wordsFor(act: ReasonAct, lane: LaneView | undefined) {
  const entering = lane?.direction === 'in';
  if (act === 'release' && lane !== undefined && lacksPrice(lane))
    return {
      title: 'dialog.release.titleUnknown',
      text: 'dialog.release.textUnknown',
      confirm: 'pricing.release',
    } as const;
  if (act === 'release' && entering)
    return {
      title: 'dialog.release.titleIn',
      text: 'dialog.release.textIn',
      confirm: 'dialog.release.confirmIn',
    } as const;
  if (act === 'withdraw' && entering)
    return {
      title: 'dialog.withdraw.title',
      text: 'dialog.withdraw.textIn',
      confirm: 'dialog.withdraw.confirm',
    } as const;
  const name = act === 'turn' ? (entering ? 'turnOut' : 'turnIn') : act;
  return { title: `dialog.${name}.title`, text: `dialog.${name}.text`, confirm: `dialog.${name}.confirm` } as const;
}
