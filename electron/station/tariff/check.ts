import { type Calendar, dayTypeSchema } from '../../../shared/domain/calendar.ts';
import type { Tariff } from '../../../shared/domain/tariff.ts';
import type { ScheduleRule, SegmentRule } from '../../../shared/domain/tariff-rule.ts';
import { fallReasons } from './may-fall.ts';
import { minuteOfDay } from './plan.ts';

/** Something about a tariff that its format allows and a manager hardly means. An `error` blocks publishing. */
export interface TariffFinding {
  readonly severity: 'error' | 'warning';
  readonly code:
    | 'segments-overlap'
    | 'time-without-price'
    | 'night-overlaps-next-day'
    | 'programme-unreachable'
    | 'day-without-programme'
    | 'unknown-season'
    | 'cap-below-price'
    | 'caps-fall'
    | 'remainder-lost'
    | 'segment-never-whole'
    | 'class-not-in-rule'
    | 'free-after-payment-unused'
    | 'may-fall';
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Looks through a tariff for contradictions that no shape can see. With a calendar, its seasons are looked up too. Pure. */
export function checkTariff(tariff: Tariff, calendar?: Calendar): TariffFinding[] {
  const findings: TariffFinding[] = [];
  if (tariff.freeAfterPayment !== undefined && tariff.afterGrace !== 'from-payment')
    findings.push({
      severity: 'error',
      code: 'free-after-payment-unused',
      path: ['freeAfterPayment'],
      message: 'only means something with afterGrace from-payment',
    });
  for (const [index, rule] of tariff.rules.entries()) {
    const add: Add = (severity, code, path, message) =>
      findings.push({ severity, code, path: ['rules', index, ...path], message });
    for (const reason of fallReasons(rule))
      add(
        'warning',
        'may-fall',
        [reason === 'entry-side' ? 'entrySideUpToMinutes' : 'wholeDay'],
        'a longer stay may cost less',
      );
    if (rule.kind === 'schedule') checkSchedule(rule, add, calendar);
    else {
      const least = rule.firstPeriod?.feeFen ?? rule.followingPeriod.feeFen;
      if (rule.capPer24hFen !== undefined && rule.capPer24hFen < least)
        add('warning', 'cap-below-price', ['capPer24hFen'], 'the cap is below the first price');
    }
  }
  return findings;
}

type Add = (
  severity: TariffFinding['severity'],
  code: TariffFinding['code'],
  path: readonly (string | number)[],
  message: string,
) => void;

function checkSchedule(rule: ScheduleRule, add: Add, calendar: Calendar | undefined): void {
  checkDays(rule, add, calendar);
  for (const vehicleClass of ['small', 'medium', 'large'] as const)
    if (rule.classFactors?.[vehicleClass] && !rule.vehicleClasses.includes(vehicleClass))
      add('error', 'class-not-in-rule', ['classFactors', vehicleClass], 'the rule is not for this class');
  const caps = rule.caps?.per24hFen;
  if (typeof caps === 'object' && caps.some((cap, index) => cap < (caps[index - 1] ?? 0)))
    add('warning', 'caps-fall', ['caps', 'per24hFen'], 'a later day has a lower cap than an earlier one');
  for (const [p, programme] of rule.programmes.entries()) {
    const path = ['programmes', p, 'segments'];
    checkHours(programme.segments, (severity, code, rest, message) => add(severity, code, [...path, ...rest], message));
    for (const [s, segment] of programme.segments.entries())
      checkSegment(rule, segment, (severity, code, rest, message) =>
        add(severity, code, [...path, s, ...rest], message),
      );
  }
}

function checkDays(rule: ScheduleRule, add: Add, calendar: Calendar | undefined): void {
  const always = rule.programmes.findIndex((programme) => !programme.dayTypes && !programme.seasons);
  for (let index = always + 1; always >= 0 && index < rule.programmes.length; index++)
    add('error', 'programme-unreachable', ['programmes', index], 'an earlier programme fits every day');
  const allYear = rule.programmes.filter((programme) => !programme.seasons);
  const types = dayTypeSchema.options.filter(
    (type) => !allYear.some((programme) => programme.dayTypes?.includes(type) ?? true),
  );
  if (types.length > 0)
    add('warning', 'day-without-programme', ['programmes'], `nothing is charged on some days: ${types.join(', ')}`);
  for (const [index, programme] of rule.programmes.entries())
    for (const season of programme.seasons ?? [])
      if (calendar && !calendar.seasons.some((known) => known.id === season))
        add('error', 'unknown-season', ['programmes', index, 'seasons'], `the calendar has no season ${season}`);
  if (rule.acrossMidnight === 'start-day' && rule.programmes.length > 1) checkMornings(rule, add);
}

/** A night that reaches into a day whose own first segment begins earlier: the night has the time between. */
function checkMornings(rule: ScheduleRule, add: Add): void {
  const latest = Math.max(
    ...rule.programmes.flatMap(({ segments }) => segments.filter(wraps).map((one) => minuteOfDay(one.to))),
  );
  for (const [p, { segments }] of rule.programmes.entries())
    for (const [s, segment] of segments.entries())
      if (!wraps(segment) && minuteOfDay(segment.from) < latest)
        add(
          'warning',
          'night-overlaps-next-day',
          ['programmes', p, 'segments', s],
          'the night of the day before may still be running',
        );
}

const wraps = (segment: SegmentRule): boolean => minuteOfDay(segment.to) <= minuteOfDay(segment.from);

function checkHours(segments: readonly SegmentRule[], add: Add): void {
  const owner = new Array<number>(1440).fill(-1);
  const overlapping = new Set<number>();
  for (const [index, segment] of segments.entries()) {
    const start = minuteOfDay(segment.from);
    const end = wraps(segment) ? minuteOfDay(segment.to) + 1440 : minuteOfDay(segment.to);
    for (let minute = start; minute < end; minute++) {
      if (owner[minute % 1440] !== -1) overlapping.add(index);
      owner[minute % 1440] = index;
    }
  }
  for (const index of overlapping) add('error', 'segments-overlap', [index], 'shares hours with an earlier segment');
  const open = owner.filter((one) => one === -1).length;
  if (open > 0)
    add('warning', 'time-without-price', [], `${open} minutes of the day are in no segment and cost nothing`);
}

function checkSegment(rule: ScheduleRule, segment: SegmentRule, add: Add): void {
  const { price, capFen, wholeAfterMinutes } = segment;
  const least =
    price.kind === 'units' ? price.steps[0]?.unitFen : price.kind === 'brackets' ? price.brackets[0]?.totalFen : 0;
  const daily = rule.caps?.per24hFen;
  const caps = [
    capFen,
    rule.caps?.perNaturalDayFen,
    rule.caps?.perStayFen,
    typeof daily === 'number' ? daily : daily?.[0],
  ];
  if (caps.some((cap) => cap !== undefined && cap < (least ?? 0)))
    add('warning', 'cap-below-price', ['price'], 'a cap is below the first price');
  if (price.kind === 'units' && price.part !== 'up') {
    let from = 0;
    for (const [index, step] of price.steps.entries()) {
      if (step.upToMinutes !== undefined && (step.upToMinutes - from) % step.unitMinutes !== 0)
        add(
          'warning',
          'remainder-lost',
          ['price', 'steps', index],
          'the step is no whole number of units: the rest is not charged',
        );
      from = step.upToMinutes ?? from;
    }
  }
  const length = minuteOfDay(segment.to) - minuteOfDay(segment.from) + (wraps(segment) ? 1440 : 0);
  if (wholeAfterMinutes !== undefined && rule.restart === 'segment' && wholeAfterMinutes >= length)
    add('warning', 'segment-never-whole', ['wholeAfterMinutes'], 'the segment is not longer than this');
}
