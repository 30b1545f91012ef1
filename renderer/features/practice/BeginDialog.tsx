import { safe } from '@orpc/client';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useWords } from '../../lib/i18n/index.ts';
import { station } from '../../lib/station/client.ts';
import { useLive } from '../../lib/station/live.ts';
import { beginPractice } from '../../lib/station/practice.ts';
import { problemText } from '../../office/problem-text.ts';
import { needsPerson } from './needs-person.ts';
import './begin.css';

/** Says what practice mode is before the window becomes another car park; not while a real car waits. */
export function BeginDialog({ onClose }: { onClose: () => void }) {
  const { t, language } = useWords();
  const box = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const waiting = useLive((state) =>
    (state.frame?.lanes ?? [])
      .filter(needsPerson)
      .map(({ name }) => name)
      .join('、'),
  );
  useEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  const begin = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const answer = await safe(Promise.resolve().then(() => station().practice.start()));
    if (answer.isSuccess) return beginPractice(answer.data.token);
    setProblem(problemText(answer.error, t, language));
    setBusy(false);
  };
  return createPortal(
    <dialog
      ref={box}
      className="practice-begin"
      aria-labelledby="practice-begin-title"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // The booth listens for keys on the window: none of these is meant for it.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id="practice-begin-title">{t('practice.ask')}</h2>
      <p>{t('practice.askText')}</p>
      {waiting !== '' && (
        <p className="practice-begin-busy" role="alert">
          {t('practice.askBusy', { lanes: waiting })}
        </p>
      )}
      {problem !== null && (
        <p className="practice-begin-problem" role="alert">
          {problem}
        </p>
      )}
      <footer>
        <button type="button" onClick={onClose}>
          {t('practice.back')}
        </button>
        <button type="button" data-main="true" disabled={busy || waiting !== ''} onClick={() => void begin()}>
          {t(busy ? 'practice.starting' : 'practice.begin')}
        </button>
      </footer>
    </dialog>,
    document.body,
  );
}
