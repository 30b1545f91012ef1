import { useEffect, useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { endPractice } from '../../lib/station/practice.ts';
import { useSession } from '../../lib/station/session.ts';
import type { Transport } from '../../lib/station/transport.ts';
import { followLessons, nextScenario, sendCar, useLessons } from './lessons.ts';
import { RealStrip } from './RealStrip.tsx';
import { tellDone, useRealWatch, watchReal } from './real-watch.ts';
import { TrainerBar } from './TrainerBar.tsx';
import './practice.css';

async function leavePractice(): Promise<void> {
  await tellDone();
  endPractice();
}

/** Alt+Q leaves, Alt+N sends the next car: keys that the booth does not use, at any place of the window. */
function onKey(event: KeyboardEvent): void {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
  if (event.code === 'KeyQ') void leavePractice();
  else if (event.code === 'KeyN') void sendCar(nextScenario(useLessons.getState()));
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Around and above everything, on every screen: this window practises. `openReal` opens a connection to the real station. */
export function PracticeFrame({ openReal }: { openReal: () => Promise<Transport> }) {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const over = useRealWatch((state) => state.over);
  const [leaving, setLeaving] = useState(false);
  useEffect(() => {
    const watching = new AbortController();
    void watchReal(openReal, watching.signal);
    window.addEventListener('keydown', onKey, true);
    return () => {
      watching.abort();
      window.removeEventListener('keydown', onKey, true);
    };
  }, [openReal]);
  useEffect(() => (user ? followLessons() : undefined), [user]);
  useEffect(() => {
    if (over) endPractice();
  }, [over]);
  return (
    <>
      <div className="practice-stripes" aria-hidden="true" />
      <div className="practice-bar">
        <strong className="practice-mode" title={t('practice.notReal')}>
          {t('practice.mode')}
        </strong>
        {user ? <TrainerBar /> : <span className="trainer-text">{t('practice.notReal')}</span>}
        <button
          type="button"
          className="practice-leave"
          disabled={leaving}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            setLeaving(true);
            void leavePractice();
          }}
        >
          {t('practice.leave')} <kbd>{t('practice.leaveKey')}</kbd>
        </button>
      </div>
      <RealStrip onGo={() => void leavePractice()} />
    </>
  );
}
