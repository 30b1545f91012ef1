import { type Calendar, dayFacts } from '../../../shared/domain/calendar.ts';
import type { ScheduleRule, SegmentPrice, SegmentRule } from '../../../shared/domain/tariff-rule.ts';

/**
 * What a stay costs under a schedule, told by somebody who stands beside the car and looks at his watch once a minute. Slow, and
 * built on nothing of the engine. Knows no units that run across boundaries, no entry side, no whole-day price and no rounding.
 */
export function feeByTheMinute(rule: ScheduleRule, calendar: Calendar, enteredAt: number, minutes: number): number {
  const entry = Math.floor(enteredAt / 60_000) + 480;
  const programmes = new Map<number, number>();
  const programmeOn = (day: number): number => {
    const index =
      programmes.get(day) ?? programmeOf(rule, calendar, rule.dayType === 'entry-day' ? Math.floor(entry / 1440) : day);
    programmes.set(day, index);
    return index;
  };
  const where = Array.from({ length: minutes }, (_, minute) => locate(rule, programmeOn, entry + minute));
  const percent = rule.classFactors?.small?.percent ?? 100;
  const scale = (fen: number): number => Math.round((fen * percent) / 100);
  const freeAt = freeMinutes(rule, where);
  const meters = new Map<SegmentRule, { scope: string; shown: number }>();
  const sums = new Map<string, number>();
  let total = 0;
  for (const [minute, place] of where.entries()) {
    if (!place || freeAt[minute] || place.segment.price.kind === 'free') continue;
    const { segment, occurrence } = place;
    const frame = Math.floor(minute / 1440);
    const scope = rule.restart === 'segment' ? occurrence : rule.restart === '24h' ? `${frame}` : '';
    const known = meters.get(segment);
    const meter = known?.scope === scope ? known : { scope, shown: 0 };
    meters.set(segment, meter);
    const due =
      meter.shown < (segment.wholeAfterMinutes ?? Number.POSITIVE_INFINITY)
        ? dueAt(segment.price, meter.shown, scale)
        : 0;
    meter.shown += 1;
    const day = Math.floor((entry + minute) / 1440);
    const per24h = rule.caps?.per24hFen;
    const frameCap = typeof per24h === 'object' ? (per24h[frame] ?? per24h.at(-1)) : per24h;
    const caps: [string, number | undefined][] = [
      [`segment ${occurrence}`, segment.capFen],
      [`day ${day}`, rule.caps?.perNaturalDayFen],
      [`frame ${frame}`, frameCap],
      ['stay', rule.caps?.perStayFen],
    ];
    let net = due;
    for (const [key, cap] of caps) if (cap !== undefined) net = Math.min(net, scale(cap) - (sums.get(key) ?? 0));
    for (const [key] of caps) sums.set(key, (sums.get(key) ?? 0) + net);
    total += net;
  }
  return total;
}

interface Place {
  readonly segment: SegmentRule;
  readonly occurrence: string;
}

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

function programmeOf(rule: ScheduleRule, calendar: Calendar, day: number): number {
  const facts = dayFacts(calendar, new Date(day * 86_400_000).toISOString().slice(0, 10));
  return rule.programmes.findIndex(
    ({ dayTypes, seasons }) =>
      (dayTypes?.includes(facts.type) ?? true) && (seasons?.some((id) => facts.seasons.includes(id)) ?? true),
  );
}

/** The segment that a minute of the wall clock lies in, and which occurrence of it. */
function locate(rule: ScheduleRule, programmeOn: (day: number) => number, wall: number): Place | null {
  const day = Math.floor(wall / 1440);
  const clock = wall % 1440;
  const [yesterday, today] = [programmeOn(day - 1), programmeOn(day)];
  const nightOf = (programme: number): SegmentRule | undefined =>
    rule.programmes[programme]?.segments.find(
      (one) => minuteOf(one.to) <= minuteOf(one.from) && clock < minuteOf(one.to),
    );
  const night = nightOf(rule.acrossMidnight === 'start-day' ? yesterday : today);
  const began = rule.acrossMidnight === 'start-day' || yesterday === today ? day - 1 : day;
  if (night) return { segment: night, occurrence: `${night.name} ${began} ${began === day ? 'morning' : ''}` };
  const own = rule.programmes[today]?.segments.find((one) => {
    const [from, to] = [minuteOf(one.from), minuteOf(one.to)];
    return from <= clock && (clock < to || to <= from);
  });
  return own ? { segment: own, occurrence: `${own.name} ${day} ` } : null;
}

/** Which minutes are free. */
function freeMinutes(rule: ScheduleRule, where: readonly (Place | null)[]): boolean[] {
  const minutes = rule.classFactors?.small?.freeMinutes ?? rule.free?.minutes ?? 0;
  const counted = where.map(
    (place) => rule.free?.of !== 'priced-time' || (place !== null && place.segment.price.kind !== 'free'),
  );
  const frames = new Map<number, number>();
  const frameOf = (minute: number): number => (rule.free?.again === 'each-24h' ? Math.floor(minute / 1440) : 0);
  const order = counted.map((counts, minute) => {
    const before = frames.get(frameOf(minute)) ?? 0;
    frames.set(frameOf(minute), before + (counts ? 1 : 0));
    return before;
  });
  if (minutes === 0) return where.map(() => false);
  if (rule.free?.mode === 'deducted') return order.map((before) => before < minutes);
  return where.map((_, minute) => (frames.get(frameOf(minute)) ?? 0) <= minutes);
}

/** What falls due in the minute after the meter has shown `shown`. */
function dueAt(price: SegmentPrice, shown: number, scale: (fen: number) => number): number {
  if (price.kind === 'free') return 0;
  if (price.kind === 'flat') return shown === 0 ? scale(price.feeFen) : 0;
  if (price.kind === 'units') {
    let from = 0;
    for (const step of price.steps) {
      const to = step.upToMinutes ?? Number.POSITIVE_INFINITY;
      const late = price.part === 'up' ? 0 : price.part === 'down' ? step.unitMinutes - 1 : price.part.aboveMinutes;
      if (shown < to) return (shown - from) % step.unitMinutes === late ? scale(step.unitFen) : 0;
      from = to;
    }
    return 0;
  }
  const end = price.brackets.at(-1)?.upToMinutes ?? 0;
  const at = price.beyond === 'repeat' ? shown % end : shown;
  if (at >= end)
    return typeof price.beyond === 'object' && (at - end) % price.beyond.unitMinutes === 0
      ? scale(price.beyond.unitFen)
      : 0;
  const starts = [0, ...price.brackets.map((bracket) => bracket.upToMinutes)];
  const index = starts.indexOf(at);
  if (index < 0) return 0;
  return (
    scale(price.brackets[index]?.totalFen ?? 0) - (index > 0 ? scale(price.brackets[index - 1]?.totalFen ?? 0) : 0)
  );
}
