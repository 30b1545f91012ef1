import type { PlatformLink } from '../../../shared/contract/outbox.ts';
import { Shape, type ShapeName } from '../../components/Shape.tsx';
import { formatDuration, formatMoment } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';
import { setFilter } from './store.ts';

const shapes: Record<PlatformLink['state'], ShapeName> = { online: 'ok', offline: 'alarm', unknown: 'unknown' };
/** Beyond two seconds a clock is worth a person's look. */
const DRIFT_LIMIT_MS = 2_000;
const OLD_SECONDS = 600;

/** One platform: is it there, how much waits and since when, what was refused. The numbers lead to their rows. */
export function LinkCard({ link }: { link: PlatformLink }) {
  const { t, language } = useWords();
  const now = stationNow();
  const drift = link.clockDriftMs;
  const driftText =
    drift === null
      ? '—'
      : Math.abs(drift) < 1_000
        ? t('outbox.driftMs', { n: drift })
        : t('outbox.driftSeconds', { n: (drift / 1000).toFixed(1) });
  const oldest = link.oldestWaitingSeconds;
  const moment = (at: string | null): string => (at === null ? t('outbox.never') : formatMoment(at, now));
  return (
    <li className="link-card" data-state={link.state}>
      <header>
        <h2>{link.title}</h2>
        <span className="link-state">
          <Shape name={shapes[link.state]} size={18} /> {t(`outbox.state.${link.state}`)}
        </span>
      </header>
      {link.detail !== '' && <p className="link-detail">{link.detail}</p>}
      <div className="link-counts">
        <button type="button" onClick={() => setFilter({ platform: link.platform, status: 'waiting' })}>
          <strong>{link.waiting}</strong>
          <span>{t('outbox.waiting')}</span>
        </button>
        <button
          type="button"
          data-bad={link.refused > 0}
          onClick={() => setFilter({ platform: link.platform, status: 'refused' })}
        >
          <strong>{link.refused}</strong>
          <span>{t('outbox.refused')}</span>
        </button>
        <button type="button" onClick={() => setFilter({ platform: link.platform, status: 'delivered' })}>
          <strong>{link.deliveredToday}</strong>
          <span>{t('outbox.deliveredToday')}</span>
        </button>
      </div>
      <dl>
        <div data-warn={oldest !== null && oldest > OLD_SECONDS}>
          <dt>{t('outbox.oldest')}</dt>
          <dd>{oldest === null ? '—' : formatDuration(Math.ceil(oldest / 60), language)}</dd>
        </div>
        <div data-warn={drift !== null && Math.abs(drift) > DRIFT_LIMIT_MS}>
          <dt>{t('outbox.drift')}</dt>
          <dd>{driftText}</dd>
        </div>
        <div>
          <dt>{t('outbox.lastSuccess')}</dt>
          <dd>{moment(link.lastSuccessAt)}</dd>
        </div>
        <div data-warn={link.state === 'offline'}>
          <dt>{t('outbox.lastFailure')}</dt>
          <dd>{moment(link.lastFailureAt)}</dd>
        </div>
      </dl>
      <p className="link-downlink" data-warn={link.downlink === 'offline'}>
        {link.downlink === 'offline' && <Shape name="attention" size={16} />} {t(`outbox.downlink.${link.downlink}`)}
      </p>
    </li>
  );
}
