import { z } from 'zod';

/** `2026-10-01`: a day of Shanghai's calendar. */
const dateSchema = z.iso.date().describe('Date, yyyy-MM-dd');

/** `03-15`: a day of every year. */
const yearDaySchema = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be MM-dd')
  .describe('Day of the year, MM-dd');

/**
 * What a day is to a tariff: 工作日, 双休日, 小长假, 黄金周. The State Council's notice moves rest days and workdays about every
 * year, so a day's type is what the manager's calendar says, not what the weekday says.
 */
export const dayTypeSchema = z.enum(['workday', 'weekend', 'short-holiday', 'long-holiday']);
export type DayType = z.infer<typeof dayTypeSchema>;

const holidaySchema = z
  .strictObject({
    name: z.string().min(1).max(30),
    from: dateSchema,
    to: dateSchema,
    kind: z
      .enum(['short', 'long'])
      .describe('short: 小长假; long: 黄金周. Where a tariff knows one kind only, it names both'),
  })
  .refine((holiday) => holiday.from <= holiday.to, { path: ['to'], error: 'the holiday ends before it begins' });

const seasonSchema = z.strictObject({
  id: z.string().min(1).max(30),
  name: z.string().min(1).max(30),
  from: yearDaySchema,
  to: yearDaySchema.describe('Last day, included; before `from`: the season runs over the turn of the year'),
});

/**
 * The days of a car park, kept by the manager. A date is looked up in this order: holiday, makeup workday (调休上班), weekly
 * rest day, workday. Seasons are independent of that and may overlap.
 */
export const calendarSchema = z
  .strictObject({
    restDays: z
      .array(z.int().min(1).max(7))
      .max(7)
      .default([6, 7])
      .describe('Weekly rest days, 1 = Monday … 7 = Sunday'),
    holidays: z.array(holidaySchema).max(500).default([]),
    makeupWorkdays: z.array(dateSchema).max(500).default([]).describe('Rest days worked in exchange (调休上班)'),
    seasons: z.array(seasonSchema).max(50).default([]),
  })
  .superRefine((calendar, ctx) => {
    const holidays = calendar.holidays.map((holiday, index) => ({ holiday, index }));
    for (const { holiday, index } of holidays)
      if (
        holidays.some(
          (other) => other.index < index && other.holiday.from <= holiday.to && holiday.from <= other.holiday.to,
        )
      )
        ctx.addIssue({ code: 'custom', path: ['holidays', index], message: 'overlaps an earlier holiday' });
    for (const [index, date] of calendar.makeupWorkdays.entries())
      if (calendar.holidays.some((holiday) => holiday.from <= date && date <= holiday.to))
        ctx.addIssue({ code: 'custom', path: ['makeupWorkdays', index], message: 'lies in a holiday' });
    const seasons = calendar.seasons.map((season) => season.id);
    for (const [index, id] of seasons.entries())
      if (seasons.indexOf(id) < index)
        ctx.addIssue({ code: 'custom', path: ['seasons', index, 'id'], message: `season ${id} exists twice` });
  });
export type Calendar = z.infer<typeof calendarSchema>;

/** Saturdays and Sundays, and nothing else known. */
export const EMPTY_CALENDAR: Calendar = Object.freeze({
  restDays: [6, 7],
  holidays: [],
  makeupWorkdays: [],
  seasons: [],
});

/** What the calendar says of one date. */
export interface DayFacts {
  readonly type: DayType;
  /** Name of the holiday, for the explanation. */
  readonly holiday: string | null;
  readonly seasons: readonly string[];
}

/** The type and the seasons of `date` (`yyyy-MM-dd`, Shanghai). */
export function dayFacts(calendar: Calendar, date: string): DayFacts {
  const yearDay = date.slice(5);
  const seasons = calendar.seasons
    .filter(({ from, to }) => (from <= to ? from <= yearDay && yearDay <= to : yearDay >= from || yearDay <= to))
    .map((season) => season.id);
  const holiday = calendar.holidays.find(({ from, to }) => from <= date && date <= to);
  if (holiday)
    return { type: holiday.kind === 'long' ? 'long-holiday' : 'short-holiday', holiday: holiday.name, seasons };
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
  const rests = calendar.restDays.includes(weekday) && !calendar.makeupWorkdays.includes(date);
  return { type: rests ? 'weekend' : 'workday', holiday: null, seasons };
}
