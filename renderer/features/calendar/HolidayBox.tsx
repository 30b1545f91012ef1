import type { Calendar } from '../../../shared/domain/calendar.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Box } from '../../office/Page.tsx';
import { between } from './days.ts';

/** The holidays of a year and the days worked for them, in order; a click shows the days. */
export function HolidayBox(props: { calendar: Calendar; year: number; onShow: (from: string, to: string) => void }) {
  const { t } = useWords();
  const { calendar, year } = props;
  const within = (date: string): boolean => date.startsWith(`${year}-`);
  const holidays = calendar.holidays.filter(({ from, to }) => within(from) || within(to));
  const worked = calendar.makeupWorkdays.filter(within);
  return (
    <Box title={t('calendar.holidays', { year })}>
      {holidays.length === 0 && worked.length === 0 ? (
        <p>{t('calendar.noHoliday')}</p>
      ) : (
        <ul className="cal-list">
          {holidays.map(({ name, from, to, kind }) => (
            <li key={from}>
              <button type="button" onClick={() => props.onShow(from, to)}>
                <b>{name}</b>
                <span>{t(`calendar.kind.${kind}`)}</span>
                <span>
                  {from.slice(5)}
                  {to !== from && `—${to.slice(5)}`} · {t('calendar.paste.days', { n: between(from, to).length })}
                </span>
              </button>
            </li>
          ))}
          {worked.map((date) => (
            <li key={date}>
              <button type="button" onClick={() => props.onShow(date, date)}>
                <b>{t('calendar.reason.makeup')}</b>
                <span />
                <span>{date.slice(5)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Box>
  );
}
