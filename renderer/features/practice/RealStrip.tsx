import { useWords } from '../../lib/i18n/index.ts';
import { useRealWatch } from './real-watch.ts';

/** A real car comes before every lesson: loud, and one click from there. */
export function RealStrip({ onGo }: { onGo: () => void }) {
  const { t } = useWords();
  const waiting = useRealWatch((state) => state.waiting);
  if (waiting?.length === 0) return null;
  return (
    <div className="practice-real" role="alert" data-lost={waiting === null}>
      <strong>{waiting === null ? t('practice.realLost') : t('practice.real', { lanes: waiting.join('、') })}</strong>
      {waiting !== null && (
        <button type="button" onClick={onGo}>
          {t('practice.goReal')} <kbd>{t('practice.leaveKey')}</kbd>
        </button>
      )}
    </div>
  );
}
