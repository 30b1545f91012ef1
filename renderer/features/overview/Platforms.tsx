import { Shape, type ShapeName } from '../../components/Shape.tsx';
import { formatDuration, formatMoment } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { href } from '../../lib/route.ts';
import { useLive } from '../../lib/station/live.ts';
import { stationNow } from '../../lib/station/session.ts';
import { Box } from '../../office/Page.tsx';
import { Empty } from '../../office/States.tsx';

const shapes: Record<'online' | 'offline' | 'unknown', ShapeName> = {
  online: 'ok',
  offline: 'alarm',
  unknown: 'unknown',
};

/** Is each platform there, what waits for it and since when. */
export function Platforms() {
  const { t, language } = useWords();
  const links = useLive((state) => state.frame?.links) ?? [];
  const now = stationNow();
  return (
    <Box title={t('overview.platforms')}>
      {links.length === 0 ? (
        <Empty title={t('overview.noPlatforms')} text={t('overview.noPlatformsText')} />
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t('overview.platform')}</th>
              <th>{t('overview.state')}</th>
              <th data-align="end">{t('overview.waiting')}</th>
              <th data-align="end">{t('overview.refused')}</th>
              <th data-align="end">{t('overview.delivered')}</th>
              <th>{t('overview.oldest')}</th>
            </tr>
          </thead>
          <tbody>
            {links.map((link) => (
              <tr key={link.platform}>
                <td>
                  <a className="leads" href={href('outbox', { query: { platform: link.platform } })}>
                    {link.title}
                  </a>
                </td>
                <td data-bad={link.state === 'offline'}>
                  <Shape name={shapes[link.state]} size={16} /> {t(`outbox.state.${link.state}`)}
                  {link.state === 'offline' && link.lastSuccessAt !== null && (
                    <small> {t('overview.lastSuccess', { at: formatMoment(link.lastSuccessAt, now) })}</small>
                  )}
                </td>
                <td data-align="end">{link.waiting}</td>
                <td data-align="end" data-bad={link.refused > 0}>
                  {link.refused > 0 ? (
                    <a href={href('outbox', { query: { platform: link.platform, status: 'refused' } })}>
                      {link.refused}
                    </a>
                  ) : (
                    0
                  )}
                </td>
                <td data-align="end">{link.deliveredToday}</td>
                <td>
                  {link.oldestWaitingSeconds === null
                    ? '—'
                    : formatDuration(Math.ceil(link.oldestWaitingSeconds / 60), language)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Box>
  );
}
