import { useState } from 'react';
import { countTotal } from '../../../shared/domain/cash.ts';
import type { CashCount } from '../../../shared/domain/money-flow.ts';
import { KeyButton } from '../../components/KeyButton.tsx';
import { parseYuan } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useAct } from '../../office/use-act.ts';
import { type Standing, useBoothHere } from './booth-shift.ts';
import { CountTable } from './CountTable.tsx';
import { Field } from './Field.tsx';
import { onEnter, ShiftFrame } from './ShiftFrame.tsx';
import { closeShiftDialog, refreshShifts, useShift } from './store.ts';

/** 开班 and 顶班: a drawer of one's own, with what lies in it. */
export function StartDialog({ standing, relief }: { standing: Standing; relief: boolean }) {
  const { t } = useWords();
  const act = useAct();
  const booth = useBoothHere();
  const takenOverFen = useShift((state) => state.takenOverFen);
  const [text, setText] = useState(takenOverFen === null ? '' : String(takenOverFen / 100));
  const [count, setCount] = useState<CashCount | null>(null);
  const typed = count === null ? (text === '' ? undefined : parseYuan(text)) : countTotal(count);
  const readable = count !== null || text === '' || typed !== undefined;
  const other = standing.others;
  const ready = readable && (!relief || other !== null);
  const confirm = async (): Promise<void> => {
    if (!ready) return;
    const done = await act.run((station) =>
      relief && other
        ? station.shifts.relief({ id: other.id, floatFen: typed ?? 0 })
        : station.shifts.open(typed === undefined ? { booth } : { booth, floatFen: typed }),
    );
    if (!done) return;
    useShift.setState({ takenOverFen: null });
    refreshShifts();
    closeShiftDialog();
  };
  const title = relief ? t('shift.relief.title', { name: other?.cashier ?? '' }) : t('shift.start.title');
  return (
    <ShiftFrame
      title={title}
      text={relief ? t('shift.relief.text', { name: other?.cashier ?? '' }) : t('shift.start.text')}
      problem={act.problem}
      onKey={(event) => {
        if (event.key === 'F2') {
          event.preventDefault();
          setCount((old) => (old === null ? {} : null));
        } else onEnter(() => void confirm())(event);
      }}
      acts={
        <>
          <KeyButton keyHint="F2" onPress={() => setCount((old) => (old === null ? {} : null))}>
            {t(count === null ? 'shift.start.byFace' : 'shift.start.byAmount')}
          </KeyButton>
          <KeyButton
            keyHint={t('shift.enter')}
            tone="info"
            disabled={!ready || act.busy}
            onPress={() => void confirm()}
          >
            {t(relief ? 'shift.relief.confirm' : 'shift.start.confirm')}
          </KeyButton>
        </>
      }
    >
      {count === null ? (
        <Field
          key="amount"
          first
          numeric
          label={t('shift.start.floatLabel')}
          value={text}
          onChange={setText}
          {...(relief ? {} : { hint: t('shift.start.keep') })}
        />
      ) : (
        <CountTable key="count" count={count} onChange={setCount} onDone={() => void confirm()} />
      )}
    </ShiftFrame>
  );
}
