import type { TariffRule } from '../../../shared/domain/tariff.ts';

const DAY_MINUTES = 1440;

/** What one window of 24 hours costs. All positions are whole minutes since the entry. */
export interface Window {
  /** Counted from 1. */
  readonly day: number;
  readonly from: number;
  readonly to: number;
  /** The first period, when this window charges it. */
  readonly first: { readonly from: number; readonly to: number; readonly feeFen: number } | null;
  /** Following periods that begin in this window. */
  readonly following: { readonly from: number; readonly to: number; readonly units: number; readonly feeFen: number };
  /** What the cap takes off; 0 when it does not bind. */
  readonly cutFen: number;
  readonly netFen: number;
}

/** How many periods of `length` that start at `base` have begun before `until`. */
const begun = (base: number, length: number, until: number): number =>
  until <= base ? 0 : Math.ceil((until - base) / length);

/**
 * Cuts the charged part of a stay of `minutes` into windows of 24 hours and prices each of them. Charging begins at minute
 * `start` (after deducted free minutes); the windows themselves are always counted from the entry, so deducted minutes use up
 * part of the first window's cap.
 *
 * `restart`: periods begin anew with each window, and a period under way when it ends is charged whole.
 * `continue`: periods run on across the windows, and each is charged in the window in which it begins.
 */
export function priceWindows(rule: TariffRule, start: number, minutes: number): readonly Window[] {
  const windows: Window[] = [];
  // Without a cap, windows mean nothing to periods that run on.
  const length =
    rule.eachDay === 'continue' && rule.capPer24hFen === undefined ? Number.POSITIVE_INFINITY : DAY_MINUTES;
  const firstWindow = Number.isFinite(length) ? Math.floor(start / length) : 0;
  for (let index = firstWindow; ; index++) {
    const from = Math.max(start, index === 0 ? 0 : index * length);
    const to = Math.min(minutes, (index + 1) * length);
    if (from >= minutes) return windows;
    windows.push(priceWindow(rule, index + 1, from, to, rule.eachDay === 'restart' ? from : start));
  }
}

function priceWindow(rule: TariffRule, day: number, from: number, to: number, origin: number): Window {
  const { firstPeriod, followingPeriod } = rule;
  const firstEnd = origin + (firstPeriod?.minutes ?? 0);
  const first =
    firstPeriod && from === origin ? { from, to: Math.min(firstEnd, to), feeFen: firstPeriod.feeFen } : null;
  const length = followingPeriod.minutes;
  const units = begun(firstEnd, length, to) - begun(firstEnd, length, from);
  const following = {
    from: Math.min(to, Math.max(from, firstEnd)),
    to,
    units,
    feeFen: units * followingPeriod.feeFen,
  };
  const grossFen = (first?.feeFen ?? 0) + following.feeFen;
  const netFen = Math.min(grossFen, rule.capPer24hFen ?? grossFen);
  return { day, from, to, first, following, cutFen: grossFen - netFen, netFen };
}

export const isFullDay = (window: Window): boolean => window.to - window.from === DAY_MINUTES;
