import type { Tariff, TariffRule } from '../../../shared/domain/tariff.ts';

/** Why a longer stay may cost less than a shorter one under a rule. */
export type FallReason = 'entry-side' | 'whole-day';

/** The reasons of one rule; empty: its fee never falls as a stay grows. */
export function fallReasons(rule: TariffRule): readonly FallReason[] {
  if (rule.kind !== 'schedule') return [];
  const reasons: FallReason[] = [];
  // Past the limit the dearer side of the entry no longer counts for the other side's time.
  const segments = rule.programmes.reduce((sum, programme) => sum + programme.segments.length, 0);
  if (rule.entrySideUpToMinutes !== undefined && segments > 0) reasons.push('entry-side');
  const { wholeDay, caps } = rule;
  if (wholeDay) {
    const cap = caps?.per24hFen;
    const highest = cap === undefined ? Number.POSITIVE_INFINITY : typeof cap === 'number' ? cap : Math.max(...cap);
    if (highest > wholeDay.feeFen) reasons.push('whole-day');
  }
  return reasons;
}

/** Whether some longer stay may cost less than a shorter one under this tariff: legal, but the manager is to know. */
export const mayFall = (tariff: Tariff): boolean => tariff.rules.some((rule) => fallReasons(rule).length > 0);
