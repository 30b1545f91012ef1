import type { Calendar } from '../../../shared/domain/calendar.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { reasonOf, weeksOf } from './days.ts';

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** A month with the kind of each of its days as colour, mark and word. */
export function MonthGrid(props: {
  year: number;
  month: number;
  calendar: Calendar;
  today: string;
  /** The one day that Tab comes to. */
  active: string;
  chosen: ReadonlySet<string>;
  onPress: (date: string, extend: boolean) => void;
  onDrag: (date: string) => void;
}) {
  const { t } = useWords();
  const { year, month, calendar } = props;
  const title = t('calendar.month', { n: month });
  return (
    <table className="cal-month" aria-label={`${year} ${title}`}>
      <caption>{title}</caption>
      <thead>
        <tr>
          {weekdays.map((day) => (
            <th key={day} scope="col">
              {t(`calendar.weekday.d${day}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(year, month).map((week) => (
          <tr key={week.find((date) => date !== null) ?? ''}>
            {week.map((date, index) => {
              // biome-ignore lint/suspicious/noArrayIndexKey: an empty place has nothing but its place
              if (date === null) return <td key={index} />;
              const { facts, reason } = reasonOf(calendar, date);
              const seasons = calendar.seasons.filter(({ id }) => facts.seasons.includes(id)).map(({ name }) => name);
              const words = [
                date,
                facts.holiday ?? t(`calendar.type.${facts.type}`),
                ...(reason === 'makeup' ? [t('calendar.reason.makeup')] : []),
                ...seasons,
              ].join('，');
              return (
                <td key={date}>
                  <button
                    type="button"
                    id={`day-${date}`}
                    data-type={facts.type}
                    data-reason={reason}
                    data-season={seasons.length > 0}
                    data-today={date === props.today}
                    aria-pressed={props.chosen.has(date)}
                    title={words}
                    tabIndex={date === props.active ? 0 : -1}
                    onPointerDown={(event) => props.onPress(date, event.shiftKey)}
                    onPointerEnter={(event) => event.buttons === 1 && props.onDrag(date)}
                  >
                    <span className="visually-hidden">{words}</span>
                    {Number(date.slice(8))}
                    {reason === 'holiday' && (
                      <i aria-hidden>
                        {t(facts.type === 'long-holiday' ? 'calendar.mark.long' : 'calendar.mark.short')}
                      </i>
                    )}
                    {reason === 'makeup' && <i aria-hidden>{t('calendar.mark.makeup')}</i>}
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
