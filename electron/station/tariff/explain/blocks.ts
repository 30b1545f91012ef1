import { frameCap } from '../caps.ts';
import { type Charge, netFen, type PricedSlice } from '../charges.ts';
import { DAY_MINUTES } from '../days.ts';
import type { Span } from '../occurrences.ts';
import type { Plan } from '../plan.ts';
import { FOLD_ABOVE, type Slice } from '../slices.ts';
import { type Draft, plainDraft, product, yuan } from './draft.ts';
import { chargeDraft, clockLabel, dayLabel, dayOf, leadOf } from './lines.ts';

/** A stay of more days than this is told in whole days only, but for its first and last. */
const TELL_AT_MOST = 62;
/** More runs of equal days than this (workdays and weekends by turns) are told by what a day costs, not one after the other. */
const RUNS_AT_MOST = 31;

/** The slices of one 24 hours or one natural day. */
interface Block {
  readonly key: number;
  readonly slices: readonly PricedSlice[];
  readonly netFen: number;
  /** A whole day without time elsewhere: comparable with its neighbours. */
  readonly full: boolean;
}

/** Explains a priced stay in the order of time; long stays in few steps. */
export function blockDrafts(plan: Plan, span: Span, priced: readonly PricedSlice[]): Draft[] {
  const blocks = blocksOf(plan, span, priced);
  const runs: (readonly Block[])[] = [];
  for (let index = 0; index < blocks.length; ) {
    const run = runOf(blocks, index);
    runs.push(run);
    index += run.length;
  }
  const folds = (run: readonly Block[]): boolean => {
    const [head] = run;
    const inside = head !== blocks[0] && head !== blocks.at(-1);
    return run.length > 1 || (inside && head?.full === true && blocks.length > TELL_AT_MOST);
  };
  return (runs.length > RUNS_AT_MOST ? byPrice(runs, folds) : runs).flatMap((run) => {
    const [head] = run;
    if (!head) return [];
    return folds(run) ? [foldedDraft(plan, span, head, run)] : oneBlock(plan, span, head, head === blocks[0]);
  });
}

/** Puts folded runs of the same price together, where the first of them is. */
function byPrice(runs: readonly (readonly Block[])[], folds: (run: readonly Block[]) => boolean): (readonly Block[])[] {
  const together = new Map<number | Block, Block[]>();
  for (const run of runs) {
    const [head] = run;
    if (!head) continue;
    const key = folds(run) ? head.netFen : head;
    const known = together.get(key);
    if (known) known.push(...run);
    else together.set(key, [...run]);
  }
  return [...together.values()];
}

function blocksOf(plan: Plan, span: Span, priced: readonly PricedSlice[]): Block[] {
  const byDay = !plan.framed && !plan.whole && span.minutes > FOLD_ABOVE * DAY_MINUTES;
  const keyOf = (slice: Slice): number => (plan.framed ? slice.frame : byDay ? slice.day : 0);
  const blocks: Block[] = [];
  for (let start = 0; start < priced.length; ) {
    const head = priced[start];
    if (!head) break;
    const key = keyOf(head.slice);
    let end = start;
    let sum = 0;
    let open = 0;
    for (let one = priced[end]; one && keyOf(one.slice) === key; one = priced[end]) {
      for (const charge of one.charges) sum += netFen(charge);
      sum += one.wholeDayFen;
      if (one.slice.state === 'open' || (one.slice.state === 'free' && plan.schedule))
        open += one.slice.to - one.slice.from;
      end++;
    }
    blocks.push({ key, slices: priced.slice(start, end), netFen: sum, full: open === DAY_MINUTES });
    start = end;
  }
  return blocks;
}

/** The block at `index` and those after it that are full days of the same price; alone in a short stay. */
function runOf(blocks: readonly Block[], index: number): readonly Block[] {
  const head = blocks[index];
  let end = index + 1;
  if (head?.full && blocks.length > FOLD_ABOVE)
    for (let next = blocks[end]; next?.full && next.netFen === head.netFen; next = blocks[end]) end++;
  return blocks.slice(index, end);
}

function foldedDraft(plan: Plan, span: Span, head: Block, run: readonly Block[]): Draft {
  const last = run.at(-1) ?? head;
  const units = run.length;
  const from = head.slices[0]?.slice.from ?? 0;
  const to = last.slices.at(-1)?.slice.to ?? from;
  const unbroken = last.key - head.key === units - 1;
  const each = plan.framed ? '每个24小时' : '每日';
  const days = plan.framed
    ? `第${head.key + 1}至${last.key + 1}个24小时`
    : `${dayLabel(span, head.key)}至${dayLabel(span, last.key)}`;
  const text = `${days}${unbroken ? '' : `其中${units}${plan.framed ? '个' : '日'}`}，${each} ${product(head.netFen, units)}`;
  const amountFen = units * head.netFen;
  return { kind: 'full-days', day: head.key + 1, from, to, units, unitFen: head.netFen, amountFen, text };
}

function oneBlock(plan: Plan, span: Span, block: Block, first: boolean): Draft[] {
  const drafts: Draft[] = [];
  let noted = !first;
  for (const [index, priced] of block.slices.entries()) {
    for (const charge of priced.charges) {
      const draft = chargeDraft(plan, span, charge);
      // Price lists rarely say whether free time counts once it is exceeded: the driver hears it with the first charge.
      drafts.push(noted ? draft : { ...draft, text: `${draft.text}${exceeded(plan)}` });
      noted = true;
    }
    if (priced.charges.length === 0) addUncharged(plan, span, drafts, priced.slice);
    const next = block.slices[index + 1]?.slice;
    if (next?.occurrence !== priced.slice.occurrence) addCut(plan, span, drafts, block, index, 'segment');
    if (next?.day !== priced.slice.day) addCut(plan, span, drafts, block, index, 'naturalDay');
  }
  addCut(plan, span, drafts, block, block.slices.length - 1, 'frame');
  addWholeDay(plan, drafts, block);
  addCut(plan, span, drafts, block, block.slices.length - 1, 'stay');
  return drafts;
}

const exceeded = (plan: Plan): string =>
  plan.free.minutes > 0 && !plan.free.deducted ? `（已超过${plan.free.minutes}分钟免费时间，从入场起计费）` : '';

/** Time for which nothing is asked, and why. */
function addUncharged(plan: Plan, span: Span, drafts: Draft[], slice: Slice): void {
  const { from, to } = slice;
  const at = { day: dayOf(plan, slice), from, to };
  if (slice.state === 'hole') drafts.push(plainDraft('other-area', `其间${to - from}分钟停在另行计费的区域`, at));
  else if (slice.state === 'free' && plan.free.deducted && plan.free.again)
    drafts.push(plainDraft('free-deducted', `${leadOf(plan, span, slice)}${to - from}分钟免费，不计入收费时间`, at));
  else if (slice.state === 'free' && !plan.free.deducted)
    drafts.push(plainDraft('free', `${leadOf(plan, span, slice)}未超过${plan.free.minutes}分钟，免费`, at));
  else if (slice.state === 'open' && (slice.segment?.rungs.length ?? 0) === 0) {
    const hours = `${clockLabel(span, from)}—${clockLabel(span, to)}`;
    drafts.push(plainDraft('unpriced', `${leadOf(plan, span, slice)}${hours} 不收费`, at));
  }
}

type CutKind = keyof Charge['cuts'];

const CUT_STEPS = {
  segment: 'segment-cap',
  naturalDay: 'natural-day-cap',
  frame: 'daily-cap',
  stay: 'stay-cap',
} as const;

/** What a cap took off the charges of its period up to the slice at `last`, as far as they lie in this block. */
function addCut(plan: Plan, span: Span, drafts: Draft[], block: Block, last: number, kind: CutKind): void {
  const end = block.slices[last]?.slice;
  if (!end) return;
  let cut = 0;
  let from = end.from;
  for (let index = last; index >= 0; index--) {
    const priced = block.slices[index];
    if (!priced) break;
    const { slice } = priced;
    if (kind === 'segment' && slice.occurrence !== end.occurrence) break;
    if (kind === 'naturalDay' && slice.day !== end.day) break;
    for (const charge of priced.charges) cut += charge.cuts[kind];
    if (slice.state === 'open') from = slice.from;
  }
  if (cut === 0) return;
  const at = { day: dayOf(plan, end), from, to: end.to };
  drafts.push(plainDraft(CUT_STEPS[kind], `${capText(plan, span, end, kind)}，减免 ${yuan(cut)}`, at, -cut));
}

function capText(plan: Plan, span: Span, slice: Slice, kind: CutKind): string {
  if (kind === 'segment') return `${slice.segment?.name ?? ''}封顶 ${yuan(slice.segment?.capFen ?? 0)}`;
  if (kind === 'naturalDay') return `${dayLabel(span, slice.day)}当日封顶 ${yuan(plan.naturalDayCap ?? 0)}`;
  if (kind === 'stay') return `单次停车封顶 ${yuan(plan.stayCap ?? 0)}`;
  return `第${slice.frame + 1}个24小时封顶 ${yuan(frameCap(plan, slice.frame))}`;
}

function addWholeDay(plan: Plan, drafts: Draft[], block: Block): void {
  const last = block.slices.at(-1);
  if (!plan.wholeDay || !last || last.wholeDayFen === 0) return;
  const { afterMinutes, feeFen } = plan.wholeDay;
  const change = last.wholeDayFen > 0 ? `补 ${yuan(last.wholeDayFen)}` : `减 ${yuan(-last.wholeDayFen)}`;
  const text = `第${block.key + 1}个24小时停车超过${afterMinutes}分钟，按全天 ${yuan(feeFen)}，${change}`;
  const from = block.slices[0]?.slice.from ?? 0;
  drafts.push(plainDraft('whole-day', text, { day: block.key + 1, from, to: last.slice.to }, last.wholeDayFen));
}
