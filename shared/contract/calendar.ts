import { z } from 'zod';
import { calendarSchema } from '../domain/calendar.ts';
import { procedure } from './base.ts';

const tags = ['fees'];

/** A list of the calendar; checked as a whole by the station, so that a refusal names each fault with its path. */
const list = z.array(z.unknown()).max(500);

/** 日历: what each day is to a tariff. A list that is given replaces the one before. */
export const calendar = {
  get: procedure({ access: 'attendant', method: 'GET', path: '/calendar', summary: 'The calendar', tags }).output(
    calendarSchema,
  ),
  change: procedure({ access: 'manager', method: 'PATCH', path: '/calendar', summary: 'Change the calendar', tags })
    .input(
      z
        .object({ restDays: list, holidays: list, makeupWorkdays: list, seasons: list })
        .partial()
        .describe('Each as GET /calendar gives it'),
    )
    .output(calendarSchema),
  importYear: procedure({
    access: 'manager',
    method: 'POST',
    path: '/calendar/holidays',
    summary: "Put in a year's official holidays as a list of dates, in the place of those it had",
    tags,
  })
    .input(
      z.object({
        year: z.int().min(2020).max(2100),
        days: z
          .array(
            z.object({
              date: z.iso.date(),
              name: z.string().min(1).max(30),
              kind: z.enum(['short', 'long']).optional().describe('Absent: long from 7 days on'),
            }),
          )
          .max(100)
          .describe('Days of one name that follow each other are one holiday'),
        makeupWorkdays: z.array(z.iso.date()).max(100).default([]),
      }),
    )
    .output(calendarSchema),
};
