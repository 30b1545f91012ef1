import type { Calendar, DayType } from '../../../shared/domain/calendar.ts';
import type { Tariff } from '../../../shared/domain/tariff.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { DAY_MINUTES, dateOfDay, wallMinute } from './days.ts';
import { programmeOn } from './occurrences.ts';
import { pricePart } from './part.ts';
import { type Plan, type PlanProgramme, planOf } from './plan.ts';

/** The lengths that a price table shows, in minutes. */
export const TABLE_MINUTES = [15, 30, 60, 90, 120, 180, 240, 360, 480, 720, 1440, 2880, 4320] as const;

/** One line of a price table (价目表): what stays of several lengths cost that begin at a certain time of a certain kind of day. */
export interface PriceRow {
  /** Index of the rule in the tariff. */
  readonly rule: number;
  readonly vehicleClass: VehicleClass;
  /** Absent: of all types, and all year. */
  readonly dayTypes?: readonly DayType[] | undefined;
  readonly seasons?: readonly string[] | undefined;
  /** The day that stands for its kind. */
  readonly date: string;
  /** `HH:mm` of the entry. */
  readonly entry: string;
  readonly freeMinutes: number;
  readonly prices: readonly { readonly minutes: number; readonly feeFen: number }[];
}

/** How many days are searched for one of each kind. */
const SEARCH_DAYS = 400;

/**
 * The price table of a tariff for the editor and for paper. Each kind of day is shown by its first date on or after `from`; a kind that does
 * not come within the next 400 days has no rows. Pure.
 */
export function priceTable(tariff: Tariff, calendar: Calendar, from: EpochMs): PriceRow[] {
  const rows: PriceRow[] = [];
  const firstDay = Math.floor(wallMinute(from) / DAY_MINUTES);
  for (const [rule, { vehicleClasses }] of tariff.rules.entries())
    for (const vehicleClass of vehicleClasses) {
      const one = tariff.rules[rule];
      if (!one) continue;
      const plan = planOf(one, vehicleClass);
      const head = { rule, vehicleClass, freeMinutes: plan.free.minutes };
      const at = (day: number, minute: number) => ({
        date: dateOfDay(day),
        entry: clockOf(minute),
        prices: pricesFrom(tariff, plan, calendar, day * DAY_MINUTES + minute),
      });
      if (plan.whole) rows.push({ ...head, ...at(firstDay, 540) });
      for (const programme of plan.programmes) {
        const day = firstDayOf(plan, programme, calendar, firstDay);
        if (day === undefined) continue;
        const { dayTypes, seasons } = programme;
        for (const minute of entriesOf(programme)) rows.push({ ...head, dayTypes, seasons, ...at(day, minute) });
      }
    }
  return rows;
}

function firstDayOf(plan: Plan, programme: PlanProgramme, calendar: Calendar, from: number): number | undefined {
  for (let day = from; day < from + SEARCH_DAYS; day++)
    if (programmeOn(plan, { entry: day * DAY_MINUTES, minutes: 1, calendar }, day) === programme) return day;
  return undefined;
}

/** Where prices begin to differ: the start of each segment. A day without segments is shown from the morning. */
function entriesOf(programme: PlanProgramme): readonly number[] {
  const starts = [...new Set(programme.segments.map((segment) => segment.start))].sort((a, b) => a - b);
  return starts.length > 0 ? starts : [540];
}

const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

function pricesFrom(tariff: Tariff, plan: Plan, calendar: Calendar, entry: number): PriceRow['prices'] {
  return TABLE_MINUTES.map((minutes) => ({
    minutes,
    feeFen: pricePart(tariff, plan, { entry, minutes, calendar }, []).feeFen,
  }));
}
