import { shanghaiDateTime } from '../../shared/domain/time.ts';
import { Shape } from '../components/Shape.tsx';
import { useWords } from '../lib/i18n/index.ts';
import { useSession } from '../lib/station/session.ts';

/**
 * Loud but calm: what is gone, how old the picture is, and that nobody has to do anything. It lies over what tells the state
 * otherwise (clock, platforms, shift): nothing beneath it moves when it comes or goes, so no click lands beside its button.
 */
export function LinkStrip() {
  const { t } = useWords();
  const { lostAt, attempt, skewMs } = useSession();
  const time = shanghaiDateTime((lostAt ?? Date.now()) + skewMs).slice(11);
  return (
    <div className="link-strip" role="alert">
      <Shape name="attention" size={26} />
      <strong>{t('link.lost')}</strong>
      <span className="link-strip-text" title={t('link.lostText', { time })}>
        {t('link.lostText', { time })}
      </span>
      {attempt > 1 && <span className="link-strip-count">{t('link.attempt', { n: attempt })}</span>}
    </div>
  );
}
