import { type KeyboardEvent, useMemo } from 'react';
import type { Calendar } from '../../../shared/domain/calendar.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { between, shift, weekday } from './days.ts';
import { MonthGrid } from './MonthGrid.tsx';

export interface Span {
  /** Where the choosing began; the other end moves. */
  readonly anchor: string;
  readonly end: string;
}

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;

/**
 * A year at a glance. Days are chosen by click, by drag or with the keyboard: arrows move, Shift and arrows choose several, Page Up
 * and Down go by four weeks.
 */
export function YearGrid(props: {
  year: number;
  calendar: Calendar;
  today: string;
  span: Span | null;
  onSpan: (span: Span) => void;
  onYear: (year: number) => void;
  /** Enter or Space on a day. */
  onEdit: () => void;
}) {
  const { t } = useWords();
  const { year, span } = props;
  const chosen = useMemo(() => new Set(span ? between(span.anchor, span.end) : []), [span]);
  const within = (date: string): boolean => date.startsWith(`${year}-`);
  const active = span && within(span.end) ? span.end : within(props.today) ? props.today : `${year}-01-01`;
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -7,
      ArrowDown: 7,
      PageUp: -28,
      PageDown: 28,
      Home: 1 - weekday(active),
      End: 7 - weekday(active),
    };
    const step = steps[event.key];
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (!span) props.onSpan({ anchor: active, end: active });
      props.onEdit();
      return;
    }
    if (step === undefined) return;
    event.preventDefault();
    const end = shift(active, step);
    props.onSpan({ anchor: event.shiftKey && span ? span.anchor : end, end });
    if (!within(end)) props.onYear(Number(end.slice(0, 4)));
    setTimeout(() => document.getElementById(`day-${end}`)?.focus(), 0);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame and is no place to scroll
    <div className="cal-year" role="group" aria-label={t('calendar.year', { year })} onKeyDown={onKeyDown}>
      {months.map((month) => (
        <MonthGrid
          key={month}
          {...{ year, month, active, chosen, calendar: props.calendar, today: props.today }}
          onPress={(date, extend) => props.onSpan({ anchor: extend && span ? span.anchor : date, end: date })}
          onDrag={(date) => span && props.onSpan({ ...span, end: date })}
        />
      ))}
    </div>
  );
}
