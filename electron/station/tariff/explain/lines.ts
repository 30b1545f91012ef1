import type { Charge } from '../charges.ts';
import { DAY_MINUTES, dateOfDay } from '../days.ts';
import { ENDLESS, type Rung } from '../ladder.ts';
import type { Span } from '../occurrences.ts';
import type { Plan } from '../plan.ts';
import type { Slice } from '../slices.ts';
import { type Draft, product, yuan } from './draft.ts';

const pad = (value: number): string => String(value).padStart(2, '0');

/** `3月2日` of the `day`-th natural day of a stay. */
export function dayLabel(span: Span, day: number): string {
  const date = dateOfDay(Math.floor(span.entry / DAY_MINUTES) + day);
  return `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`;
}

/** `20:00` at a minute of the stay. */
export function clockLabel(span: Span, minute: number): string {
  const ofDay = (span.entry + minute) % DAY_MINUTES;
  return `${pad(Math.floor(ofDay / 60))}:${pad(ofDay % 60)}`;
}

/** Which 24 hours or day a step belongs to, from 1. */
export const dayOf = (plan: Plan, slice: Slice): number =>
  plan.framed ? slice.frame + 1 : plan.whole ? 1 : slice.day + 1;

/** `第2个24小时 3月3日 白天 `: what a line needs to be told apart from its neighbours. */
export function leadOf(plan: Plan, span: Span, slice: Slice): string {
  const frame = plan.framed && slice.frame > 0 ? `第${slice.frame + 1}个24小时 ` : '';
  if (plan.whole) return frame;
  const manyDays = Math.floor(span.entry / DAY_MINUTES) !== Math.floor((span.entry + span.minutes - 1) / DAY_MINUTES);
  const date = manyDays ? `${dayLabel(span, slice.day)} ` : '';
  return `${frame}${date}${slice.segment ? `${slice.segment.name} ` : ''}`;
}

/** The units of one price in one slice. */
export function chargeDraft(plan: Plan, span: Span, charge: Charge): Draft {
  const { slice, rung, from, to, units, grossFen } = charge;
  const rungs = slice.segment?.rungs ?? [];
  const stopped = charge.stopped && slice.segment ? `（满${slice.segment.stopAt}分钟按整个时段计）` : '';
  return {
    kind: kindOf(rungs, rung),
    day: dayOf(plan, slice),
    from,
    to,
    units,
    unitFen: rung.unitFen,
    amountFen: grossFen,
    text: `${leadOf(plan, span, slice)}${priceText(rungs, rung, units)}${stopped}`,
  };
}

const isSingle = (rung: Rung): boolean => rung.to - rung.from === rung.unit;

function kindOf(rungs: readonly Rung[], rung: Rung): Draft['kind'] {
  if (rung.style !== 'unit') return rung.style;
  return rungs.length > 1 && rung === rungs[0] && isSingle(rung) ? 'first-period' : 'following-periods';
}

function priceText(rungs: readonly Rung[], rung: Rung, units: number): string {
  const index = rungs.indexOf(rung);
  const { from, to, unit, unitFen } = rung;
  if (rung.style === 'flat') return `每次 ${yuan(unitFen)}`;
  if (rung.style === 'bracket') {
    const total = rungs.slice(0, index + 1).reduce((sum, each) => sum + each.unitFen, 0);
    if (units > 1) return `停车${to}分钟以内 ${product(unitFen, units)}`;
    if (index === 0) return `停车${to}分钟以内 ${yuan(unitFen)}`;
    return `停车${from}至${to}分钟共 ${yuan(total)}，加收 ${yuan(unitFen)}`;
  }
  const first = rungs[0];
  if (index === 0) {
    if (to >= ENDLESS) return `每${unit}分钟 ${product(unitFen, units)}`;
    return isSingle(rung) ? `首${unit}分钟 ${yuan(unitFen)}` : `前${to}分钟内每${unit}分钟 ${product(unitFen, units)}`;
  }
  if (to < ENDLESS) return `${from}至${to}分钟每${unit}分钟 ${product(unitFen, units)}`;
  const afterFirst = rungs.length === 2 && first !== undefined && first.style === 'unit' && isSingle(first);
  return `${afterFirst ? '之后' : `超过${from}分钟后`}每${unit}分钟 ${product(unitFen, units)}`;
}
