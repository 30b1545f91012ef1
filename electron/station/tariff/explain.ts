import { fenToYuanText, MAX_FEN } from '../../../shared/domain/money.ts';
import type { FeeStep, TariffRule } from '../../../shared/domain/tariff.ts';
import { type EpochMs, toRfc3339 } from '../../../shared/domain/time.ts';
import { isFullDay, type Window } from './windows.ts';

/** A stay of more windows than this has runs of equal full days folded into one step each. */
const FOLD_ABOVE = 7;

const yuan = (fen: number): string => `${fenToYuanText(fen)}元`;

type Draft = Omit<FeeStep, 'from' | 'to' | 'minutes'> & { readonly from: number; readonly to: number };

/** Turns steps in minutes since the entry into steps with instants. */
export function toSteps(drafts: readonly Draft[], enteredAt: EpochMs): FeeStep[] {
  const at = (minute: number): string => toRfc3339(enteredAt + minute * 60_000);
  return drafts.map((draft) => ({
    ...draft,
    from: at(draft.from),
    to: at(draft.to),
    minutes: draft.to - draft.from,
  }));
}

/** The whole stay costs nothing. */
export function freeStep(freeMinutes: number, minutes: number): Draft {
  const text = freeMinutes > 0 ? `${freeMinutes}分钟内免费` : '停车不足1分钟，不收费';
  return { kind: 'free', day: 1, from: 0, to: minutes, units: 0, unitFen: 0, amountFen: 0, text };
}

/** The free minutes at the start of a stay that is charged for the rest. */
export function deductedStep(freeMinutes: number): Draft {
  const text = `前${freeMinutes}分钟免费，不计入收费时间`;
  return { kind: 'free-deducted', day: 1, from: 0, to: freeMinutes, units: 0, unitFen: 0, amountFen: 0, text };
}

/** The fee is cut to the largest amount that the station ever asks for. */
export function limitStep(totalFen: number, minutes: number): Draft {
  const cut = totalFen - MAX_FEN;
  const text = `单次停车收费不超过${yuan(MAX_FEN)}，减免 ${yuan(cut)}`;
  return { kind: 'limit', day: 1, from: 0, to: minutes, units: 0, unitFen: 0, amountFen: -cut, text };
}

/** Explains every window, in order; long stays in few steps. */
export function windowSteps(rule: TariffRule, windows: readonly Window[]): Draft[] {
  const steps: Draft[] = [];
  for (let index = 0; index < windows.length; ) {
    const run = windows.length > FOLD_ABOVE ? equalFullDays(windows, index) : windows.slice(index, index + 1);
    const [window] = run;
    if (!window) break;
    steps.push(...(run.length > 1 ? [foldedStep(run, window)] : oneWindow(rule, window, index === 0)));
    index += run.length;
  }
  return steps;
}

/** The window at `index` and those after it that are full days of the same price. */
function equalFullDays(windows: readonly Window[], index: number): readonly Window[] {
  const head = windows[index];
  let end = index + 1;
  if (head && isFullDay(head))
    for (let next = windows[end]; next && isFullDay(next) && next.netFen === head.netFen; next = windows[end]) end++;
  return windows.slice(index, end);
}

function foldedStep(run: readonly Window[], head: Window): Draft {
  const last = run.at(-1) ?? head;
  const amountFen = run.length * head.netFen;
  return {
    kind: 'full-days',
    day: head.day,
    from: head.from,
    to: last.to,
    units: run.length,
    unitFen: head.netFen,
    amountFen,
    text: `第${head.day}至${last.day}个24小时，每个24小时 ${yuan(head.netFen)} × ${run.length} = ${yuan(amountFen)}`,
  };
}

function oneWindow(rule: TariffRule, window: Window, charged: boolean): Draft[] {
  const { day, first, following, cutFen } = window;
  const steps: Draft[] = [];
  const prefix = day > 1 ? `第${day}个24小时 ` : '';
  // Price lists rarely say whether free time counts once it is exceeded: the driver hears it with the first charge.
  const note =
    charged && rule.freeMinutes > 0 && rule.freeMinutesMode === 'threshold'
      ? `（已超过${rule.freeMinutes}分钟免费时间，从入场起计费）`
      : '';
  if (first && rule.firstPeriod) {
    const { minutes, feeFen } = rule.firstPeriod;
    const text = `${prefix}首${minutes}分钟 ${yuan(feeFen)}${note}`;
    steps.push({
      kind: 'first-period',
      day,
      from: first.from,
      to: first.to,
      units: 1,
      unitFen: feeFen,
      amountFen: feeFen,
      text,
    });
  }
  if (following.units > 0) {
    const { minutes, feeFen } = rule.followingPeriod;
    const lead = rule.firstPeriod ? '之后每' : '每';
    const sum = `${yuan(feeFen)} × ${following.units} = ${yuan(following.feeFen)}`;
    steps.push({
      kind: 'following-periods',
      day,
      from: following.from,
      to: following.to,
      units: following.units,
      unitFen: feeFen,
      amountFen: following.feeFen,
      text: `${prefix}${lead}${minutes}分钟 ${sum}${first ? '' : note}`,
    });
  }
  if (cutFen > 0 && rule.capPer24hFen !== undefined)
    steps.push({
      kind: 'daily-cap',
      day,
      from: window.from,
      to: window.to,
      units: 0,
      unitFen: 0,
      amountFen: -cutFen,
      text: `第${day}个24小时封顶 ${yuan(rule.capPer24hFen)}，减免 ${yuan(cutFen)}`,
    });
  return steps;
}
