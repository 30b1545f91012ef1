import type { DayType } from '../../../shared/domain/calendar.ts';
import type { PeriodRule, ScheduleRule, SegmentRule, TariffRule } from '../../../shared/domain/tariff-rule.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { ENDLESS, type Ladder, ladderOf, type Rung } from './ladder.ts';
import { remembered } from './memo.ts';

/** A segment ready to be counted. `start` and `end` are minutes of the day it begins on; across midnight `end` is beyond 1440. */
export interface PlanSegment extends Ladder {
  /** Which meter counts its time. */
  readonly meter: number;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** The meter stops here: the whole segment is paid. */
  readonly stopAt: number;
  readonly capFen: number | null;
}

export interface PlanProgramme {
  readonly dayTypes: readonly DayType[] | undefined;
  readonly seasons: readonly string[] | undefined;
  readonly segments: readonly PlanSegment[];
}

/** A rule for one vehicle class, as the engine reads it: both forms of a rule become this. */
export interface Plan {
  /** One price for all hours; `programmes` is empty then. */
  readonly whole: PlanSegment | null;
  readonly programmes: readonly PlanProgramme[];
  readonly meters: number;
  readonly free: {
    readonly minutes: number;
    readonly deducted: boolean;
    readonly again: boolean;
    readonly ofPriced: boolean;
  };
  readonly restart: 'segment' | '24h' | 'never';
  readonly unitsRunAcross: boolean;
  readonly entrySideUpTo: number;
  readonly byEntryDay: boolean;
  readonly nightToStartDay: boolean;
  /** Whether anything is counted by 24 hours from the entry. */
  readonly framed: boolean;
  readonly frameCaps: readonly number[];
  readonly naturalDayCap: number | null;
  readonly stayCap: number | null;
  readonly wholeDay: { readonly afterMinutes: number; readonly feeFen: number } | null;
  readonly factorPercent: number;
  readonly schedule: ScheduleRule | null;
}

const plansOf = remembered((_rule: TariffRule) => new Map<VehicleClass, Plan>());

/** The plan of a rule for a class. */
export function planOf(rule: TariffRule, vehicleClass: VehicleClass): Plan {
  const plans = plansOf(rule);
  const before = plans.get(vehicleClass);
  if (before) return before;
  const plan = rule.kind === 'schedule' ? ofSchedule(rule, vehicleClass) : ofPeriods(rule);
  plans.set(vehicleClass, plan);
  return plan;
}

function ofPeriods(rule: PeriodRule): Plan {
  const { firstPeriod: first, followingPeriod: next } = rule;
  const rungs: Rung[] = [];
  const from = first?.minutes ?? 0;
  if (first) rungs.push({ from: 0, to: from, unit: from, unitFen: first.feeFen, tail: 0, style: 'unit' });
  rungs.push({ from, to: ENDLESS, unit: next.minutes, unitFen: next.feeFen, tail: 0, style: 'unit' });
  const frameCaps = rule.capPer24hFen === undefined ? [] : [rule.capPer24hFen];
  return {
    whole: { rungs, repeat: ENDLESS, meter: 0, name: '', start: 0, end: 1440, stopAt: ENDLESS, capFen: null },
    programmes: [],
    meters: 1,
    free: { minutes: rule.freeMinutes, deducted: rule.freeMinutesMode === 'deducted', again: false, ofPriced: false },
    restart: rule.eachDay === 'restart' ? '24h' : 'never',
    unitsRunAcross: false,
    entrySideUpTo: 0,
    byEntryDay: false,
    nightToStartDay: true,
    // Without a cap, 24 hours mean nothing to periods that run on.
    framed: rule.eachDay === 'restart' || frameCaps.length > 0,
    frameCaps,
    naturalDayCap: null,
    stayCap: null,
    wholeDay: null,
    factorPercent: 100,
    schedule: null,
  };
}

/** Minutes since midnight of `HH:mm`. */
export const minuteOfDay = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

function ofSchedule(rule: ScheduleRule, vehicleClass: VehicleClass): Plan {
  const factor = rule.classFactors?.[vehicleClass];
  const percent = factor?.percent ?? 100;
  const scale = (fen: number): number => Math.round((fen * percent) / 100);
  const scaled = (fen: number | undefined): number | null => (fen === undefined ? null : scale(fen));
  let meters = 0;
  const segment = (one: SegmentRule): PlanSegment => {
    const start = minuteOfDay(one.from);
    const to = minuteOfDay(one.to);
    return {
      ...ladderOf(one.price, scale),
      meter: meters++,
      name: one.name,
      start,
      end: to > start ? to : to + 1440,
      stopAt: one.wholeAfterMinutes ?? ENDLESS,
      capFen: scaled(one.capFen),
    };
  };
  const programmes = rule.programmes.map(({ dayTypes, seasons, segments }) => ({
    dayTypes,
    seasons,
    segments: segments.map(segment).sort((a, b) => a.start - b.start),
  }));
  const caps = rule.caps;
  const per24h = caps?.per24hFen;
  const frameCaps = (per24h === undefined ? [] : typeof per24h === 'number' ? [per24h] : per24h).map(scale);
  const again = rule.free?.again === 'each-24h';
  const framed = rule.restart === '24h' || frameCaps.length > 0 || again || rule.wholeDay !== undefined;
  const whole =
    framed && rule.restart !== 'segment' && caps?.perNaturalDayFen === undefined ? allHours(programmes) : null;
  return {
    whole,
    programmes: whole ? [] : programmes,
    meters,
    free: {
      minutes: factor?.freeMinutes ?? rule.free?.minutes ?? 0,
      deducted: rule.free?.mode === 'deducted',
      again,
      ofPriced: rule.free?.of === 'priced-time',
    },
    restart: rule.restart,
    unitsRunAcross: rule.crossing === 'unit-start',
    entrySideUpTo: rule.entrySideUpToMinutes ?? 0,
    byEntryDay: rule.dayType === 'entry-day',
    nightToStartDay: rule.acrossMidnight === 'start-day',
    framed,
    frameCaps,
    naturalDayCap: scaled(caps?.perNaturalDayFen),
    stayCap: scaled(caps?.perStayFen),
    wholeDay: rule.wholeDay ? { ...rule.wholeDay, feeFen: scale(rule.wholeDay.feeFen) } : null,
    factorPercent: percent,
    schedule: rule,
  };
}

/** The one segment of a schedule that has the same price at all hours of all days, so that midnight means nothing to it. */
function allHours(programmes: readonly PlanProgramme[]): PlanSegment | null {
  const [programme, ...others] = programmes;
  const [segment, ...more] = programme?.segments ?? [];
  if (!programme || !segment || others.length > 0 || more.length > 0) return null;
  const always = programme.dayTypes === undefined && programme.seasons === undefined;
  return always && segment.end - segment.start === 1440 && segment.capFen === null ? segment : null;
}
