import { useState } from 'react';
import type { ShiftView } from '../../../shared/contract/shifts.ts';
import { KeyButton } from '../../components/KeyButton.tsx';
import { parseYuan } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useAct } from '../../office/use-act.ts';
import { Field } from './Field.tsx';
import { onEnter, ShiftFrame } from './ShiftFrame.tsx';
import { closeShiftDialog, refreshShifts } from './store.ts';

/** 支出: money leaves the drawer, with a word on what for. */
export function PayOutDialog({ shift }: { shift: ShiftView }) {
  const { t } = useWords();
  const act = useAct();
  const [text, setText] = useState('');
  const [remark, setRemark] = useState('');
  const amountFen = parseYuan(text) ?? 0;
  const ready = amountFen > 0 && remark.trim() !== '';
  const confirm = async (): Promise<void> => {
    if (!ready) return;
    const done = await act.run((station) => station.shifts.payOut({ id: shift.id, amountFen, remark: remark.trim() }));
    if (!done) return;
    refreshShifts();
    closeShiftDialog();
  };
  return (
    <ShiftFrame
      title={t('shift.payOut.title')}
      text={t('shift.payOut.text')}
      tone="call"
      problem={act.problem}
      onKey={onEnter(() => void confirm())}
      acts={
        <KeyButton keyHint={t('shift.enter')} tone="info" disabled={!ready || act.busy} onPress={() => void confirm()}>
          {t('shift.payOut.confirm')}
        </KeyButton>
      }
    >
      <Field
        first
        numeric
        label={t('shift.payOut.amount')}
        value={text}
        onChange={setText}
        {...(text !== '' && amountFen === 0 ? { hint: t('shift.payOut.badAmount') } : {})}
      />
      <Field label={t('shift.payOut.remark')} value={remark} onChange={setRemark} />
    </ShiftFrame>
  );
}
