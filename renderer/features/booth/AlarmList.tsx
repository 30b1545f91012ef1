import { Shape, type ShapeName } from '../../components/Shape.tsx';
import { alarmText } from '../../events/alarm-text.ts';
import { deviceName } from '../../events/device-name.ts';
import { formatMoment } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useLive } from '../../lib/station/live.ts';
import { stationNow } from '../../lib/station/session.ts';

const shapes: Record<'info' | 'warning' | 'alarm', ShapeName> = { info: 'ok', warning: 'attention', alarm: 'alarm' };
const rank = { alarm: 0, warning: 1, info: 2 } as const;

/** Empty while all is well. */
export function AlarmList() {
  const { t } = useWords();
  const alarms = useLive((state) => state.frame?.alarms) ?? [];
  const lanes = useLive((state) => state.frame?.lanes) ?? [];
  const sorted = [...alarms].sort((a, b) => rank[a.severity] - rank[b.severity]);
  return (
    <section className="alarms" data-empty={sorted.length === 0} aria-live="polite">
      {sorted.length === 0 ? (
        <p>
          <Shape name="ok" size={16} /> {t('side.noAlarms')}
        </p>
      ) : (
        <ul>
          {sorted.map((alarm) => {
            const { text, note } = alarmText(alarm, t, (id) => deviceName(id, lanes, t));
            return (
              <li key={`${alarm.code}-${alarm.subject}`} data-severity={alarm.severity} title={note}>
                <Shape name={shapes[alarm.severity]} size={22} />
                <span>
                  <strong>
                    {t(`side.severity.${alarm.severity}`)} · {text}
                  </strong>
                  <small>{t('side.since', { time: formatMoment(alarm.since, stationNow()) })}</small>
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
