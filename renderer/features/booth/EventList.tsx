import { memo, useState } from 'react';
import type { EventView } from '../../../shared/contract/journal.ts';
import { shanghaiDate } from '../../../shared/domain/time.ts';
import { describeEvent, isRoutine } from '../../events/describe-event.ts';
import { deviceName } from '../../events/device-name.ts';
import { formatMoment } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useLive } from '../../lib/station/live.ts';
import { stationNow } from '../../lib/station/session.ts';

/** What happened, newest first, in sentences. The routine of the machines is left out until it is asked for. */
export function EventList() {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  const events = useLive((state) => state.events);
  const shown = events.filter((event) => all || !isRoutine(event)).slice(0, 80);
  const day = shanghaiDate(stationNow());
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
          {shown.map((event) => (
            <EventRow key={event.seq} event={event} day={day} />
          ))}
        </ol>
      )}
    </section>
  );
}

/**
 * One row of the journal. Rows never change, so each is put into words once, however often the list is drawn; `day` is the one that
 * it is told on.
 */
const EventRow = memo(function EventRow({ event }: { event: EventView; day: string }) {
  const { t, language } = useWords();
  const lanes = useLive.getState().frame?.lanes ?? [];
  const { text, tone } = describeEvent(event, t, language, (id) => deviceName(id, lanes, t));
  const lane = event.laneId === null ? null : (lanes.find(({ id }) => id === event.laneId)?.name ?? event.laneId);
  return (
    <li data-tone={tone}>
      <time>{formatMoment(event.at, stationNow())}</time>
      <span>
        {text}
        {lane !== null && <small>{lane}</small>}
      </span>
    </li>
  );
});
