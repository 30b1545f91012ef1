import type { Calendar } from '../../../shared/domain/calendar.ts';
import { DAY_MINUTES, factsOfDay } from './days.ts';
import type { Plan, PlanProgramme, PlanSegment } from './plan.ts';

/** One day period, one night: a segment on a certain date. Positions are minutes since the entry. */
export interface Occurrence {
  readonly segment: PlanSegment;
  readonly from: number;
  readonly to: number;
}

/** Where a stay lies on the wall clock, and by which calendar its days are judged. */
export interface Span {
  /** Wall minute of the entry. */
  readonly entry: number;
  readonly minutes: number;
  readonly calendar: Calendar;
}

function programmeOf(plan: Plan, calendar: Calendar, day: number): PlanProgramme | undefined {
  const facts = factsOfDay(calendar, day);
  return plan.programmes.find(
    ({ dayTypes, seasons }) =>
      (dayTypes?.includes(facts.type) ?? true) && (seasons?.some((season) => facts.seasons.includes(season)) ?? true),
  );
}

/** The programme of a date under the rule's choice of days. Two dates of one programme give the same object. */
export function programmeOn(plan: Plan, span: Span, day: number): PlanProgramme | undefined {
  return programmeOf(plan, span.calendar, plan.byEntryDay ? Math.floor(span.entry / DAY_MINUTES) : day);
}

/**
 * The segments that a stay touches, in order and without overlap: of two that claim the same minutes, the one that began earlier
 * has them. Time between them is not charged.
 */
export function occurrencesOf(plan: Plan, span: Span): Occurrence[] {
  if (plan.whole) return [{ segment: plan.whole, from: 0, to: span.minutes }];
  const list: Occurrence[] = [];
  let reached = 0;
  const add = (segment: PlanSegment, from: number, to: number): void => {
    const start = Math.max(reached, from - span.entry);
    const end = Math.min(span.minutes, to - span.entry);
    if (end <= start) return;
    list.push({ segment, from: start, to: end });
    reached = end;
  };
  const firstDay = Math.floor(span.entry / DAY_MINUTES) - 1;
  const lastDay = Math.floor((span.entry + span.minutes - 1) / DAY_MINUTES);
  let before = programmeOn(plan, span, firstDay - 1);
  let today = programmeOn(plan, span, firstDay);
  for (let day = firstDay; day <= lastDay; day++) {
    const tomorrow = programmeOn(plan, span, day + 1);
    const midnight = day * DAY_MINUTES;
    // The morning of a night that began under another programme: this day's own programme has it from midnight on.
    if (!plan.nightToStartDay && today !== before)
      for (const segment of today?.segments ?? [])
        if (segment.end > DAY_MINUTES) add(segment, midnight, midnight + segment.end - DAY_MINUTES);
    for (const segment of today?.segments ?? []) {
      const cut = !plan.nightToStartDay && tomorrow !== today;
      add(segment, midnight + segment.start, midnight + (cut ? Math.min(segment.end, DAY_MINUTES) : segment.end));
    }
    before = today;
    today = tomorrow;
  }
  return list;
}
