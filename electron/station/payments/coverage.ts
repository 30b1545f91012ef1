import type { PassageRules } from '../../../shared/domain/passage-rules.ts';
import type { Card } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { FREE_WHILE_VALID, type Terms } from '../../../shared/domain/terms.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';

/** Which part of a stay is paid for by what the car stands on: a card, a booking, a visit. Pure. */

export interface Span {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** The last instant at which a card counts: with the days of grace that the site gives, none for one that was cancelled. */
export const cardEnd = (card: Pick<Card, 'validTo' | 'state'>, rules: Pick<PassageRules, 'cardGraceDays'>): EpochMs =>
  card.validTo + (card.state === 'cancelled' ? 0 : rules.cardGraceDays * 86_400_000);

/**
 * The card that speaks for a stay. One that had ended, or was used up, when the car came in speaks again from the moment it is
 * renewed; one whose spaces were taken does not.
 */
export function cardOf(terms: Terms): string | null {
  const waits = terms.fallback === 'expired' || terms.fallback === 'used-up';
  return terms.kind === 'card' || waits ? terms.id : null;
}

/**
 * The covered span of a stay up to `at`; null when every minute is charged. A card is taken as it is now: renewed while the car
 * stood inside it covers longer, cancelled it ends then. A card that is gone covers what it covered at the entry.
 */
export function coverageOf(stay: Stay, card: Card | null, rules: PassageRules, at: EpochMs): Span | null {
  const { terms } = stay;
  if (terms.kind === 'temporary' && cardOf(terms) === null) return null;
  const span = card && cardOf(terms) === card.id ? cardSpan(stay, card, rules, at) : termsSpan(stay, at);
  if (!span) return null;
  const from = Math.max(stay.enteredAt, span.from);
  const to = Math.min(at, span.to);
  return from < to || (from === to && from === at) ? { from, to } : null;
}

function termsSpan({ terms, enteredAt }: Stay, at: EpochMs): Span | null {
  const open = terms.kind === 'whitelist' || terms.kind === 'free';
  if (!open && terms.coveredFrom === null && terms.coveredTo === null) return null;
  return { from: terms.coveredFrom ?? enteredAt, to: terms.coveredTo ?? at };
}

function cardSpan(stay: Stay, card: Card, rules: PassageRules, at: EpochMs): Span | null {
  const end = cardEnd(card, rules);
  if (card.state === 'suspended') return null;
  if (FREE_WHILE_VALID.has(card.type)) return { from: card.validFrom, to: end };
  if (card.type === 'hours')
    return { from: stay.enteredAt, to: Math.min(end, stay.enteredAt + card.minutesLeft * 60_000) };
  if (card.type === 'counted') return card.timesLeft > 0 ? { from: stay.enteredAt, to: Math.min(at, end) } : null;
  // A stored-value card pays; it covers no time.
  return null;
}

/** What of a stay remains to be charged: before the covered span, and after it. */
export function uncovered(stay: Span, covered: Span | null): readonly Span[] {
  if (!covered) return [stay];
  return [
    { from: stay.from, to: covered.from },
    { from: covered.to, to: stay.to },
  ].filter((span) => span.from < span.to);
}

/** Minutes of an hours card that a stay used up: begun ones count. */
export const coveredMinutes = (covered: Span | null): number =>
  covered ? Math.ceil((covered.to - covered.from) / 60_000) : 0;
