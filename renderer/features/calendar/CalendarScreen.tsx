import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { Calendar } from '../../../shared/domain/calendar.ts';
import { shanghaiDate } from '../../../shared/domain/time.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useQuery } from '../../lib/route.ts';
import { stationNow } from '../../lib/station/session.ts';
import { Page } from '../../office/Page.tsx';
import { Answer, Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';
import { State } from '../../office/Values.tsx';
import { DayBox } from './DayBox.tsx';
import { mark } from './days.ts';
import { HolidayBox } from './HolidayBox.tsx';
import { Legend } from './Legend.tsx';
import { PasteDialog } from './PasteDialog.tsx';
import { SeasonsBox } from './SeasonsBox.tsx';
import { type Span, YearGrid } from './YearGrid.tsx';
import './calendar.css';

/** 节假日历: what each day is to a tariff, a year at a glance. */
export function CalendarScreen() {
  const { t } = useWords();
  const today = shanghaiDate(stationNow());
  const [query, setQuery] = useQuery();
  const asked = Number(query['year']);
  const year = asked >= 2020 && asked <= 2100 ? asked : Number(today.slice(0, 4));
  const known = useAsk((client) => client.calendar.get(), []);
  const last = useAsk((client) => client.events.list({ kind: 'calendar-changed', limit: 1 }), [known.data]);
  /** What was changed here and not saved; null: nothing. */
  const [edited, setEdited] = useState<Calendar | null>(null);
  const [span, setSpan] = useState<Span | null>(null);
  const [pasting, setPasting] = useState(false);
  const act = useAct();
  const changed = last.data?.[0];
  useEffect(() => {
    if (edited === null) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [edited]);
  const save = async (calendar: Calendar): Promise<void> => {
    const done = await act.run((client) => client.calendar.change({ ...calendar }), { done: t('calendar.saved') });
    if (!done) return;
    setEdited(null);
    known.again();
  };
  const turn = (to: number): void => setQuery({ year: String(to) });
  return (
    <Page
      title={t('nav.calendar')}
      note={
        <span className="cal-note">
          <Button onClick={() => turn(year - 1)}>{t('calendar.before')}</Button>
          <b>{t('calendar.year', { year })}</b>
          <Button onClick={() => turn(year + 1)}>{t('calendar.after')}</Button>
          {edited !== null && <State tone="call">{t('kit.unsaved')}</State>}
          {changed && edited === null && (
            <small>{t('calendar.lastChange', { name: changed.actor.name, at: formatDateTime(changed.at) })}</small>
          )}
        </span>
      }
      actions={
        <>
          <Button disabled={edited !== null} onClick={() => setPasting(true)}>
            {t('calendar.paste.open')}
          </Button>
          <Button disabled={edited === null} onClick={() => setEdited(null)}>
            {t('calendar.drop')}
          </Button>
          <Button
            type="primary"
            disabled={edited === null}
            loading={act.busy}
            onClick={() => edited && void save(edited)}
          >
            {t('calendar.save')}
          </Button>
        </>
      }
    >
      <Problem text={act.problem} />
      <Answer of={known} rows={10}>
        {(kept) => {
          const calendar = edited ?? kept;
          const change = (next: Calendar): void =>
            setEdited(JSON.stringify(next) === JSON.stringify(kept) ? null : next);
          return (
            <div className="cal">
              <section className="box">
                <Legend />
                <YearGrid
                  year={year}
                  calendar={calendar}
                  today={today}
                  span={span}
                  onSpan={setSpan}
                  onYear={turn}
                  onEdit={() => document.getElementById('holiday-name')?.focus()}
                />
              </section>
              <aside className="cal-side" aria-label={t('calendar.side')}>
                <DayBox
                  calendar={calendar}
                  span={span}
                  onMark={(from, to, as, name) => change(mark(calendar, from, to, as, name))}
                />
                <HolidayBox calendar={calendar} year={year} onShow={(from, to) => setSpan({ anchor: from, end: to })} />
                <SeasonsBox calendar={calendar} onChange={change} />
              </aside>
            </div>
          );
        }}
      </Answer>
      {pasting && (
        <PasteDialog
          year={year}
          onClose={() => setPasting(false)}
          onDone={() => {
            setPasting(false);
            known.again();
          }}
        />
      )}
    </Page>
  );
}
