import { z } from 'zod';
import { type Calendar, calendarSchema } from '../../../shared/domain/calendar.ts';
import type { Actor } from '../../../shared/domain/events.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Store } from '../store/store.ts';
import { calendarFaults } from './calendar-faults.ts';
import { by, contentSha256 } from './common.ts';
import { type HolidayDay, withYear } from './holidays.ts';
import { pathText } from './parse.ts';
import type { Versions } from './versions.ts';

const chinese = z.locales.zhCN().localeError;

/** What a manager may change of the calendar; a list that is named is replaced as a whole. */
export type CalendarPatch = { readonly [K in keyof Calendar]?: unknown };

/**
 * 日历: which days are workdays, weekends and holidays, and the seasons. There is one for all versions of all tariffs, because it says
 * what was true of a day: a holiday that was forgotten and is put in later counts for the cars that are still inside.
 */
export class CalendarDesk {
  readonly #store: Store;
  readonly #versions: Versions;

  constructor(deps: { readonly store: Store; readonly versions: Versions }) {
    this.#store = deps.store;
    this.#versions = deps.versions;
  }

  current(): Calendar {
    return this.#store.read.calendars.current();
  }

  /** @throws ConflictError `calendar-invalid`, naming every fault with its path */
  change(patch: CalendarPatch, actor: Actor): Calendar {
    const parsed = calendarSchema.safeParse({ ...this.current(), ...patch }, { error: chinese });
    if (!parsed.success) throw refused(parsed.error.issues.map((issue) => `${pathText(issue.path)}: ${issue.message}`));
    return this.#put(parsed.data, actor);
  }

  /**
   * Puts in a year's official holidays and makeup workdays in the place of those it had for that year.
   *
   * @throws ConflictError `holidays-invalid` | `calendar-invalid`
   */
  importYear(year: number, days: readonly HolidayDay[], makeupWorkdays: readonly string[], actor: Actor): Calendar {
    const { holidays, makeupWorkdays: workdays } = withYear(this.current(), year, days, makeupWorkdays);
    return this.change({ holidays, makeupWorkdays: workdays }, actor);
  }

  #put(calendar: Calendar, actor: Actor): Calendar {
    const before = this.current();
    const faults = calendarFaults(calendar, before, this.#priced());
    if (faults.length > 0) throw refused(faults);
    if (contentSha256(calendar) === contentSha256(before)) return before;
    this.#store.write((tx) => tx.record({ ...by(actor), kind: 'calendar-changed', body: { calendar, before } }));
    return calendar;
  }

  #priced() {
    const living = this.#versions.all().filter((version) => {
      const state = this.#versions.state(version);
      return state === 'in-force' || state === 'scheduled';
    });
    return living.map((version) => version.tariff);
  }
}

const refused = (faults: readonly string[]): ConflictError =>
  new ConflictError('calendar-invalid', `日历有误：${faults.slice(0, 30).join('；')}`);
