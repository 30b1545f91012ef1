import { useState } from 'react';
import { describeEvent, isRoutine } from '../../events/describe-event.ts';
import { deviceName } from '../../events/device-name.ts';
import { formatMoment } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useLive } from '../../lib/station/live.ts';
import { stationNow } from '../../lib/station/session.ts';

/** What happened, newest first, in sentences. The routine of the machines is left out until it is asked for. */
export function EventList() {
  const { t, language } = useWords();
  const [all, setAll] = useState(false);
  const events = useLive((state) => state.events);
  const lanes = useLive((state) => state.frame?.lanes);
  const names = new Map((lanes ?? []).map((lane) => [lane.id, lane.name]));
  const device = (id: string): string => deviceName(id, lanes ?? [], t);
  const shown = events.filter((event) => all || !isRoutine(event)).slice(0, 80);
  const now = stationNow();
  return (
    <section className="events">
      <header>
        <h2>{t('side.events')}</h2>
        <button
          type="button"
          aria-pressed={all}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setAll(!all)}
        >
          {t(all ? 'side.keyEvents' : 'side.allEvents')}
        </button>
      </header>
      {shown.length === 0 ? (
        <p className="events-empty">{t('side.noEvents')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached by keyboard
        <ol tabIndex={0} aria-label={t('side.events')}>
          {shown.map((event) => {
            const { text, tone } = describeEvent(event, t, language, device);
            return (
              <li key={event.seq} data-tone={tone}>
                <time>{formatMoment(event.at, now)}</time>
                <span>
                  {text}
                  {event.laneId !== null && <small>{names.get(event.laneId) ?? event.laneId}</small>}
                </span>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}
