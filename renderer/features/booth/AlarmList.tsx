import { KeyButton } from '../../components/KeyButton.tsx';
import { Shape, type ShapeName } from '../../components/Shape.tsx';
import { alarmText } from '../../events/alarm-text.ts';
import { deviceName } from '../../events/device-name.ts';
import { alarmKey, useHeard, useUnheard } from '../../lib/alarm-ack.ts';
import { formatMoment } from '../../lib/format.ts';
import { useLive } from '../../lib/station/live.ts';
import { stationNow } from '../../lib/station/session.ts';
import { keyLabel, useBoothWords } from './keymap/key-names.ts';
import { perform } from './keys.ts';

const shapes: Record<'info' | 'warning' | 'alarm', ShapeName> = { info: 'ok', warning: 'attention', alarm: 'alarm' };
const rank = { alarm: 0, warning: 1, info: 2 } as const;

/** Empty while all is well. */
export function AlarmList() {
  const { t, keys } = useBoothWords();
  const heard = useHeard((state) => state.keys);
  const unheard = useUnheard();
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
              <li
                key={`${alarm.code}-${alarm.subject}`}
                data-severity={alarm.severity}
                title={`${text}\n${note}`.trim()}
              >
                <Shape name={shapes[alarm.severity]} size={22} />
                <span>
                  <strong>
                    {t(`side.severity.${alarm.severity}`)} · {text}
                  </strong>
                  <small>
                    {t('side.since', { time: formatMoment(alarm.since, stationNow()) })}
                    {alarm.severity === 'alarm' && heard.has(alarmKey(alarm)) && ` · ${t('boothMore.alarm.heard')}`}
                  </small>
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {unheard && (
        <KeyButton
          className="alarms-silence"
          tone="stop"
          keyHint={keyLabel(keys.silence)}
          onPress={() => perform('silence')}
        >
          {t('boothMore.alarm.silence')}
        </KeyButton>
      )}
    </section>
  );
}
