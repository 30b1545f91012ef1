import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { KeyButton } from '../../../components/KeyButton.tsx';
import { go } from '../../../lib/route.ts';
import { useLive } from '../../../lib/station/live.ts';
import { mayAct, useSession } from '../../../lib/station/session.ts';
import { BoothDialog } from '../BoothDialog.tsx';
import { keyLabel, useBoothWords } from '../keymap/key-names.ts';
import { keyOfEvent } from '../keymap/key-of-event.ts';
import { closeDialog, type Dialog, openDialog } from '../store.ts';
import { PassedDetail } from './PassedDetail.tsx';
import { PassedLine } from './PassedLine.tsx';
import { type Passed, usePassages } from './passages.ts';

/** 最近过车: a list on the left, both photos and the fee of the one chosen on the right. Its order stands still while it is open. */
export function PassedDialog({ dialog }: { dialog: Extract<Dialog, { kind: 'passed' | 'keys' }> }) {
  const { t, keys } = useBoothWords();
  const now = usePassages();
  // What the hand points at must not move because another car drives by.
  const [passages] = useState(now);
  const [seq, setSeq] = useState(() => (passages.find(({ uid }) => uid === dialog.uid) ?? passages[0])?.seq);
  const list = useRef<HTMLUListElement>(null);
  const manager = useSession((state) => mayAct(state.user, 'manager'));
  const at = passages.findIndex((each) => each.seq === seq);
  const chosen = passages[at];
  const here = useHere(chosen);
  useEffect(() => {
    if (seq !== undefined) list.current?.querySelector('[aria-pressed="true"]')?.scrollIntoView?.({ block: 'nearest' });
  }, [seq]);
  const correct = (): void => {
    if (here) openDialog({ kind: 'correct', ...here });
  };
  const open = (): void => {
    if (!chosen || !manager) return;
    closeDialog();
    go('stays', { id: chosen.uid });
  };
  const onKey = (event: KeyboardEvent): void => {
    const key = keyOfEvent(event.nativeEvent);
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      const next = passages[Math.max(0, Math.min(passages.length - 1, at + (key === 'ArrowDown' ? 1 : -1)))];
      if (next) setSeq(next.seq);
    } else if (key === keys.correct) {
      event.preventDefault();
      correct();
    } else if (key === 'Enter' && !(event.target instanceof HTMLButtonElement)) {
      event.preventDefault();
      open();
    }
  };
  return (
    <BoothDialog
      dialog={dialog}
      title={t('boothMore.passed.title')}
      tone="info"
      onKey={onKey}
      wide
      footer={
        <>
          <span className="dialog-hint">
            {t(here || manager || !chosen ? 'boothMore.passed.hint' : 'boothMore.passed.managers')}
          </span>
          <KeyButton keyHint="Esc" onPress={closeDialog}>
            {t('act.back')}
          </KeyButton>
          {here && (
            <KeyButton keyHint={keyLabel(keys.correct)} tone="info" onPress={correct}>
              {t('act.correct')}
            </KeyButton>
          )}
          {manager && (
            <KeyButton keyHint={t('act.enter')} disabled={!chosen} onPress={open}>
              {t('boothMore.passed.open')}
            </KeyButton>
          )}
        </>
      }
    >
      {passages.length === 0 ? (
        <p className="dialog-hint">{t('side.noEvents')}</p>
      ) : (
        <div className="passed-all">
          <ul ref={list} className="passed-list" data-autofocus tabIndex={-1}>
            {passages.map((passed) => (
              <li key={passed.seq}>
                <button
                  type="button"
                  tabIndex={-1}
                  aria-pressed={passed.seq === seq}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => setSeq(passed.seq)}
                >
                  <PassedLine passed={passed} />
                </button>
              </li>
            ))}
          </ul>
          {chosen && <PassedDetail key={chosen.uid} passed={chosen} />}
        </div>
      )}
    </BoothDialog>
  );
}

/** The lane where that car stands still, and may still be put right. */
function useHere(passed: Passed | undefined): { readonly laneId: string; readonly passageId: string } | null {
  const laneId = useLive(
    (state) =>
      state.frame?.lanes.find(
        (lane) => lane.passage?.id === passed?.passageId && passed !== undefined && lane.direction === 'in',
      )?.id ?? null,
  );
  return laneId !== null && passed?.passageId ? { laneId, passageId: passed.passageId } : null;
}
