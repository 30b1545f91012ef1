import { useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { BeginDialog } from './BeginDialog.tsx';

/** The way into practice mode, in the header of the real window. */
export function PracticeEntry() {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button
        type="button"
        title={t('practice.enterHint')}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => setAsking(true)}
      >
        {t('practice.enter')}
      </button>
      {asking && <BeginDialog onClose={() => setAsking(false)} />}
    </>
  );
}
