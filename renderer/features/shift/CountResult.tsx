import { type KeyboardEvent, useState } from 'react';
import type { ShiftView } from '../../../shared/contract/shifts.ts';
import { KeyButton } from '../../components/KeyButton.tsx';
import { formatMoney, parseYuan } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import type { Act } from '../../office/use-act.ts';
import { Field } from './Field.tsx';
import { onEnter, ShiftFrame } from './ShiftFrame.tsx';

const PRESETS = ['change', 'counterfeit', 'forgotten', 'unknown'] as const;

/** What the count came to beside what should have been there; a difference needs its reason before the drawer is handed over. */
export function CountResult(props: {
  shift: ShiftView;
  act: Act;
  onClose: (what: { leftFen?: number; reason?: string }) => Promise<void>;
}) {
  const { t } = useWords();
  const { shift, act } = props;
  const difference = shift.differenceFen ?? 0;
  const countedFen = shift.countedFen ?? 0;
  const [reason, setReason] = useState('');
  const [left, setLeft] = useState('');
  const leftFen = left === '' ? undefined : parseYuan(left);
  const leftFits = left === '' || (leftFen !== undefined && leftFen <= countedFen);
  const ready = leftFits && (difference === 0 || reason.trim() !== '');
  const given = reason.trim() === '' ? {} : { reason: reason.trim() };
  const close = (): void => {
    if (ready) void props.onClose({ ...(leftFen === undefined ? {} : { leftFen }), ...given });
  };
  const presets = PRESETS.map((name) => t(`shift.handover.reasons.${name}`));
  const onKey = (event: KeyboardEvent): void => {
    const preset =
      difference === 0 || event.target instanceof HTMLInputElement ? undefined : presets[Number(event.key) - 1];
    if (preset !== undefined) {
      event.preventDefault();
      setReason(preset);
    } else onEnter(close)(event);
  };
  const lines = [
    ['float', shift.floatFen],
    ['cashIn', shift.cashInFen ?? 0],
    ['refunded', -(shift.cashRefundedFen ?? 0)],
    ['paidOut', -(shift.paidOutFen ?? 0)],
    ...(shift.changeKeptFen || shift.changeHandedFen
      ? ([
          ['changeKept', shift.changeKeptFen ?? 0],
          ['changeHanded', -(shift.changeHandedFen ?? 0)],
        ] as const)
      : []),
    ['expected', shift.expectedFen ?? 0],
    ['counted', countedFen],
  ] as const;
  return (
    <ShiftFrame
      title={t('shift.handover.resultTitle')}
      tone={difference === 0 ? 'info' : difference < 0 ? 'stop' : 'call'}
      problem={leftFits ? act.problem : t('shift.handover.badLeft')}
      onKey={onKey}
      acts={
        <KeyButton keyHint={t('shift.enter')} tone="info" disabled={!ready || act.busy} onPress={close}>
          {t('shift.handover.close')}
        </KeyButton>
      }
    >
      <dl className="shift-sums">
        {lines.map(([name, fen]) => (
          <div key={name} data-strong={name === 'expected' || name === 'counted'}>
            <dt>{t(`shift.handover.${name}`)}</dt>
            <dd>{formatMoney(fen === 0 ? 0 : fen)}</dd>
          </div>
        ))}
      </dl>
      <p className="shift-verdict" data-tone={difference === 0 ? 'go' : difference < 0 ? 'stop' : 'call'} role="status">
        {difference === 0
          ? t('shift.handover.even')
          : t(difference < 0 ? 'shift.handover.short' : 'shift.handover.over', {
              amount: formatMoney(Math.abs(difference)),
            })}
      </p>
      {difference !== 0 && (
        <>
          <div className="shift-presets">
            {presets.map((preset, index) => (
              <KeyButton
                key={preset}
                keyHint={String(index + 1)}
                tone={reason === preset ? 'info' : 'plain'}
                pressed={reason === preset}
                onPress={() => setReason(preset)}
              >
                {preset}
              </KeyButton>
            ))}
          </div>
          <Field
            label={t('shift.handover.reason')}
            value={reason}
            onChange={setReason}
            {...(reason.trim() === '' ? { hint: t('shift.handover.needReason') } : {})}
          />
        </>
      )}
      <Field
        numeric
        label={t('shift.handover.left')}
        hint={t('shift.handover.leftHint')}
        value={left}
        onChange={setLeft}
      />
    </ShiftFrame>
  );
}
