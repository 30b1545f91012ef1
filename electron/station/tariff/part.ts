import { MAX_FEN } from '../../../shared/domain/money.ts';
import type { Tariff } from '../../../shared/domain/tariff.ts';
import { chargesOf } from './charges.ts';
import { blockDrafts } from './explain/blocks.ts';
import { type Draft, plainDraft, yuan } from './explain/draft.ts';
import { choicesDraft, roundingText } from './explain/notes.ts';
import { applyFree } from './free.ts';
import type { Span } from './occurrences.ts';
import type { Plan } from './plan.ts';
import { type Hole, type Slice, slicesOf } from './slices.ts';

/** What one rule asks for one stretch of time, and the steps that add up to it. */
export interface Part {
  readonly feeFen: number;
  readonly drafts: readonly Draft[];
}

const sumOf = (drafts: readonly Draft[]): number => drafts.reduce((sum, draft) => sum + draft.amountFen, 0);

/**
 * Prices a stretch of time under one rule: cut into slices, free time taken out, units counted, caps applied, explained, and the
 * amount rounded as the tariff says. The fee is the sum of its steps by construction.
 */
export function pricePart(tariff: Tariff, plan: Plan, span: Span, holes: readonly Hole[]): Part {
  const slices = span.minutes > 0 ? applyFree(plan, slicesOf(plan, span, holes)) : 'all';
  if (slices === 'all') return { feeFen: 0, drafts: [freeDraft(plan, span.minutes)] };
  const priced = chargesOf(plan, slices);
  const drafts = [...deductedDraft(plan, slices), ...blockDrafts(plan, span, priced)];
  if (drafts.length === 0)
    drafts.push(plainDraft('free', '不足一个计费单位，不收费', { day: 1, from: 0, to: span.minutes }));
  const exact = sumOf(drafts);
  const feeFen = rounded(exact, tariff.rounding);
  const last = { day: drafts.at(-1)?.day ?? 1, from: 0, to: span.minutes };
  if (feeFen !== exact && tariff.rounding !== undefined)
    drafts.push(
      plainDraft(
        'rounding',
        `${roundingText(tariff.rounding)}，${yuan(exact)} 计 ${yuan(feeFen)}`,
        last,
        feeFen - exact,
      ),
    );
  drafts.push(...choicesDraft(tariff, plan, span, priced));
  return { feeFen, drafts };
}

/** An amount rounded as a tariff says. */
function rounded(fen: number, rounding: Tariff['rounding']): number {
  if (rounding === undefined || rounding === 'none') return fen;
  const { toFen, mode } = rounding;
  const steps =
    mode === 'up' ? Math.ceil(fen / toFen) : mode === 'down' ? Math.floor(fen / toFen) : Math.round(fen / toFen);
  return steps * toFen;
}

/** The whole stay costs nothing. */
function freeDraft(plan: Plan, minutes: number): Draft {
  const limit = plan.free.ofPriced
    ? `收费时段停车未超过${plan.free.minutes}分钟，免费`
    : `${plan.free.minutes}分钟内免费`;
  const text = plan.free.minutes > 0 ? limit : '停车不足1分钟，不收费';
  return plainDraft('free', text, { day: 1, from: 0, to: minutes });
}

/** The free minutes at the start of a stay that is charged for the rest; those given each 24 hours are told where they fall. */
function deductedDraft(plan: Plan, slices: readonly Slice[]): Draft[] {
  if (!plan.free.deducted || plan.free.again) return [];
  const free = slices.filter((slice) => slice.state === 'free');
  const [first] = free;
  if (!first) return [];
  const text = `${plan.free.ofPriced ? '收费时段' : ''}前${plan.free.minutes}分钟免费，不计入收费时间`;
  return [plainDraft('free-deducted', text, { day: 1, from: first.from, to: free.at(-1)?.to ?? first.to })];
}

/** Cuts a sum to the largest fee that the station ever asks for. */
export function limitDrafts(totalFen: number, minutes: number): Draft[] {
  if (totalFen <= MAX_FEN) return [];
  const cut = totalFen - MAX_FEN;
  const text = `单次停车收费不超过${yuan(MAX_FEN)}，减免 ${yuan(cut)}`;
  return [plainDraft('limit', text, { day: 1, from: 0, to: minutes }, -cut)];
}
