import { Button, Input } from 'antd';
import { useState } from 'react';
import type { Calendar } from '../../../shared/domain/calendar.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Box } from '../../office/Page.tsx';
import { between, type DayMark, reasonOf, weekday } from './days.ts';
import type { Span } from './YearGrid.tsx';

/** The chosen days: what they are and why, and what to make of them. */
export function DayBox(props: {
  calendar: Calendar;
  span: Span | null;
  onMark: (from: string, to: string, as: DayMark, name: string) => void;
}) {
  const { t } = useWords();
  const { calendar, span } = props;
  const [name, setName] = useState('');
  if (!span) return <Box title={t('calendar.chosen.title')}>{t('calendar.chosen.none')}</Box>;
  const days = between(span.anchor, span.end);
  const from = days[0] ?? span.anchor;
  const to = days.at(-1) ?? span.end;
  const known = new Map<string, number>();
  for (const date of days) {
    const { facts, reason } = reasonOf(calendar, date);
    const words = t(`calendar.because.${reason}`, {
      type: t(`calendar.type.${facts.type}`),
      name: facts.holiday ?? '',
    });
    known.set(words, (known.get(words) ?? 0) + 1);
  }
  const put = (as: DayMark): void => props.onMark(from, to, as, name.trim());
  const named = name.trim() !== '';
  const rests = days.some((date) => calendar.restDays.includes(weekday(date)));
  return (
    <Box
      title={
        days.length === 1
          ? `${from} ${t(`calendar.weekday.long.d${weekdayKey(from)}`)}`
          : t('calendar.chosen.span', { from, to, n: days.length })
      }
    >
      <div className="cal-stack">
        <ul>
          {[...known].map(([words, n]) => (
            <li key={words}>{days.length === 1 ? words : t('calendar.chosen.some', { words, n })}</li>
          ))}
        </ul>
        <label htmlFor="holiday-name">
          <span>{t('calendar.chosen.name')}</span>
          <Input
            id="holiday-name"
            maxLength={30}
            value={name}
            placeholder={t('calendar.chosen.example')}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={() => named && put(days.length >= 7 ? 'long' : 'short')}
          />
        </label>
        <div className="cal-buttons">
          <Button disabled={!named} onClick={() => put('short')}>
            {t('calendar.set.short')}
          </Button>
          <Button disabled={!named} onClick={() => put('long')}>
            {t('calendar.set.long')}
          </Button>
          <Button disabled={!rests} onClick={() => put('makeup')}>
            {t('calendar.set.makeup')}
          </Button>
          <Button onClick={() => put('plain')}>{t('calendar.set.plain')}</Button>
        </div>
      </div>
    </Box>
  );
}

const keys = [1, 2, 3, 4, 5, 6, 7] as const;
const weekdayKey = (date: string): (typeof keys)[number] => keys[weekday(date) - 1] ?? 1;
