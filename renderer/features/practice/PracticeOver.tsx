import { useEffect, useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { endPractice } from '../../lib/station/practice.ts';

const PATIENCE_MS = 4_000;

/** In place of a sign-in: a window that practises has nobody to sign in but its trainee, and goes back to work without one. */
export function PracticeOver() {
  const { t } = useWords();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="full-note" role="status">
      {over ? (
        <>
          <strong>{t('practice.over')}</strong>
          <span>{t('practice.overText')}</span>
          <button type="button" className="practice-back" onClick={endPractice}>
            {t('practice.back')}
          </button>
        </>
      ) : (
        <>
          <div className="spinner" />
          <strong>{t('practice.connecting')}</strong>
        </>
      )}
    </div>
  );
}
