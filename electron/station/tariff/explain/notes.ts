import type { Tariff } from '../../../../shared/domain/tariff.ts';
import type { PartUnit, SegmentPrice } from '../../../../shared/domain/tariff-rule.ts';
import type { PricedSlice } from '../charges.ts';
import { DAY_MINUTES } from '../days.ts';
import type { Span } from '../occurrences.ts';
import type { Plan } from '../plan.ts';
import { type Draft, plainDraft } from './draft.ts';

const PARTS = { up: '不足一个计费单位按一个单位计', down: '不足一个计费单位不计' } as const;

const partText = (part: PartUnit): string =>
  typeof part === 'object' ? `尾数超过${part.aboveMinutes}分钟才按一个计费单位计` : PARTS[part];

const ROUNDING = { up: '进位', down: '舍去', nearest: '四舍五入' } as const;

/** How an amount is rounded, in words. */
export function roundingText(rounding: NonNullable<Tariff['rounding']>): string {
  if (rounding === 'none') return '金额不取整';
  return `金额按${rounding.toFen / 100}元${ROUNDING[rounding.mode]}`;
}

const RESTARTS = {
  segment: '每次进入时段重新计时计价',
  '24h': '每满24小时重新计时计价',
  never: '跨日连续计时，首段价格只计一次',
} as const;

/** The choices of a schedule that had a part in this stay, in one line; nothing for a plain rule, which names its own in each line. */
export function choicesDraft(tariff: Tariff, plan: Plan, span: Span, priced: readonly PricedSlice[]): Draft[] {
  const rule = plan.schedule;
  if (!rule) return [];
  const charged = priced.filter((one) => one.charges.length > 0).map((one) => one.slice);
  const segments = new Set(priced.map((one) => one.slice.segment));
  const prices: SegmentPrice[] = rule.programmes.flatMap((programme) => programme.segments.map((each) => each.price));
  const parts = new Set(prices.filter((price) => price.kind === 'units').map((price) => partText(price.part)));
  const crossesMidnight =
    Math.floor(span.entry / DAY_MINUTES) !== Math.floor((span.entry + span.minutes - 1) / DAY_MINUTES);
  const words = [...parts];
  if (plan.factorPercent !== 100) words.push(`本车型价格为基准的${plan.factorPercent / 100}倍`);
  if (plan.free.minutes > 0) {
    words.push(
      plan.free.deducted ? `免费${plan.free.minutes}分钟始终扣除` : `超过免费${plan.free.minutes}分钟后从头计费`,
    );
    if (plan.free.ofPriced) words.push('免费时间只计收费时段');
    if (span.minutes > DAY_MINUTES) words.push(plan.free.again ? '免费时间每24小时一次' : '免费时间每次停车只给一次');
  }
  if (span.minutes <= plan.entrySideUpTo) words.push(`停车不超过${plan.entrySideUpTo}分钟，全程按入场时段计`);
  else if (segments.size > 1)
    words.push(plan.unitsRunAcross ? '跨时段的计费单位按其开始时的价格' : '跨时段时两侧分别计费，各自起算计费单位');
  if (new Set(charged.map((slice) => slice.occurrence)).size > 1 || span.minutes > DAY_MINUTES)
    words.push(RESTARTS[rule.restart]);
  if (crossesMidnight && rule.programmes.length > 1) {
    words.push(plan.byEntryDay ? '日期类型以入场日为准' : '逐日按各自的日期类型');
    if (!plan.byEntryDay) words.push(plan.nightToStartDay ? '跨零点的时段归其开始的那天' : '零点起按新的一天');
  }
  if (tariff.rounding !== undefined) words.push(roundingText(tariff.rounding));
  return words.length === 0
    ? []
    : [plainDraft('note', `计费约定：${words.join('；')}`, { day: 1, from: 0, to: span.minutes })];
}
