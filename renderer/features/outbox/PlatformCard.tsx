import type { MessageStatus, OutboxFigures, PlatformLink } from '../../../shared/contract/outbox.ts';
import type { DayState } from '../../../shared/contract/reconciliations.ts';
import { shanghaiDate } from '../../../shared/domain/time.ts';
import { Shape, type ShapeName } from '../../components/Shape.tsx';
import { formatDuration, formatMoment } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { href } from '../../lib/route.ts';
import { stationNow } from '../../lib/station/session.ts';
import { DailyLine } from './DailyLine.tsx';
import { Sparkline } from './Sparkline.tsx';
import { saidText } from './said.ts';

const shapes: Record<PlatformLink['state'], ShapeName> = { online: 'ok', offline: 'alarm', unknown: 'unknown' };
/** Beyond two seconds a clock is worth a person's look. */
const DRIFT_LIMIT_MS = 2_000;
const OLD_SECONDS = 600;

/** One platform: is it there, how much waits and since when, what was refused, how fast it goes. The numbers open their rows. */
export function PlatformCard(props: {
  link: PlatformLink;
  figures: OutboxFigures | undefined;
  daily: DayState | undefined;
  chosen: boolean;
}) {
  const { t, language } = useWords();
  const { link, figures } = props;
  const now = stationNow();
  const oldest = link.oldestWaitingSeconds;
  const drift = link.clockDriftMs;
  const count = (status: MessageStatus, value: number, label: string, note?: string) => (
    <a
      href={href('outbox', {
        query: {
          ...{ platform: link.platform, status },
          ended: status === 'delivered' || status === 'given-up' ? shanghaiDate(now) : undefined,
        },
      })}
      data-bad={status === 'refused' && value > 0}
      className="link-count"
      title={note}
    >
      <strong className="link-number">{value.toLocaleString('en-US')}</strong>
      <span>{label}</span>
    </a>
  );
  return (
    <li className="link-card" data-state={link.state} data-chosen={props.chosen}>
      <header>
        <h3>
          <a
            href={href('outbox', { query: { platform: link.platform } })}
            aria-current={props.chosen}
            className="link-title"
          >
            {link.title}
          </a>
        </h3>
        <span className="link-state">
          <Shape name={shapes[link.state]} size={16} /> {t(`outbox.state.${link.state}`)}
        </span>
      </header>
      <div className="link-counts">
        {count('waiting', link.waiting, t('outbox.waiting'))}
        {count('refused', link.refused, t('outbox.refused'))}
        {count('delivered', link.deliveredToday, t('outbox.deliveredToday'))}
        {link.givenUpToday > 0 &&
          count('given-up', link.givenUpToday, t('outbox.givenUpToday'), t('outbox.givenUpTodayNote'))}
      </div>
      {figures && (
        <div className="link-rate" title={t('outbox.rate', { hour: figures.lastHour, minute: figures.lastMinute })}>
          <Sparkline values={figures.perMinute} />
          <span>{t('outbox.rateShort', { n: figures.lastHour })}</span>
        </div>
      )}
      <dl>
        <div data-warn={oldest !== null && oldest > OLD_SECONDS}>
          <dt>{t('outbox.oldest')}</dt>
          <dd>{oldest === null ? '—' : formatDuration(Math.ceil(oldest / 60), language)}</dd>
        </div>
        <div>
          <dt>{t('outbox.lastSuccess')}</dt>
          <dd>{link.lastSuccessAt === null ? t('outbox.never') : formatMoment(link.lastSuccessAt, now)}</dd>
        </div>
        {drift !== null && (
          <div data-warn={Math.abs(drift) > DRIFT_LIMIT_MS}>
            <dt>{t('outbox.drift')}</dt>
            <dd>
              {Math.abs(drift) < 1_000
                ? t('outbox.driftMs', { n: drift })
                : t('outbox.driftSeconds', { n: (drift / 1000).toFixed(1) })}
            </dd>
          </div>
        )}
        <div data-warn={link.downlink === 'offline'}>
          <dd>{t(`outbox.downlink.${link.downlink}`)}</dd>
        </div>
      </dl>
      {props.daily && <DailyLine daily={props.daily} />}
      {link.detail !== '' && <p className="link-detail">{saidText(link.detail, t)}</p>}
      {figures?.stuck != null && <p className="link-detail">{t('outbox.stuck', { reason: figures.stuck })}</p>}
    </li>
  );
}
