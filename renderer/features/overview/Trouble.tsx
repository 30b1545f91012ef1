import { Shape } from '../../components/Shape.tsx';
import { alarmText } from '../../events/alarm-text.ts';
import { deviceName } from '../../events/device-name.ts';
import { formatMoment } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { href } from '../../lib/route.ts';
import { useLive } from '../../lib/station/live.ts';
import { stationNow } from '../../lib/station/session.ts';
import { Box } from '../../office/Page.tsx';
import { Leads } from '../../office/Values.tsx';
import type { Overview } from './use-overview.ts';

/** What stands and waits for a person: alarms of this moment, and exceptions that nobody ended. */
export function Trouble({ cases }: { cases: Overview['cases'] }) {
  const { t } = useWords();
  const alarms = useLive((state) => state.frame?.alarms) ?? [];
  const lanes = useLive((state) => state.frame?.lanes) ?? [];
  const now = stationNow();
  return (
    <Box
      title={t('overview.trouble')}
      extra={
        <Leads to="exceptions">
          {t('overview.allCases', { n: cases.exact === false ? `${cases.total}+` : cases.total })}
        </Leads>
      }
    >
      {alarms.length === 0 && cases.items.length === 0 ? (
        <p className="all-well">
          <Shape name="ok" size={18} /> {t('overview.allWell')}
        </p>
      ) : (
        <ul className="trouble">
          {alarms.map((alarm) => (
            <li key={`${alarm.code}-${alarm.subject}`} data-tone={alarm.severity === 'alarm' ? 'stop' : 'call'}>
              <Shape name={alarm.severity === 'alarm' ? 'alarm' : 'attention'} size={18} />
              <span>{alarmText(alarm, t, (id) => deviceName(id, lanes, t)).text}</span>
              <time>{formatMoment(alarm.since, now)}</time>
            </li>
          ))}
          {cases.items.map((each) => (
            <li key={each.id}>
              <Shape name="attention" size={18} />
              <a className="leads" href={href('exceptions', { id: each.id })}>
                {t(`overview.case.${each.kind}`)} {each.plate}
              </a>
              <time>{formatMoment(each.openedAt, now)}</time>
            </li>
          ))}
        </ul>
      )}
    </Box>
  );
}
