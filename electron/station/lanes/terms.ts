import type { ListEntry } from '../../../shared/domain/list.ts';
import type { PassageRules } from '../../../shared/domain/passage-rules.ts';
import type { Booking, Card, Debt, Visitor } from '../../../shared/domain/registry.ts';
import type { Area, Site } from '../../../shared/domain/site.ts';
import type { ParkingType, Stay } from '../../../shared/domain/stay.ts';
import { FREE_WHILE_VALID, TEMPORARY, type Terms } from '../../../shared/domain/terms.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { cardEnd } from '../payments/coverage.ts';

/**
 * On what terms a car may stand inside: white list, card, booking, visit, or as a temporary car. Pure. Looked up by the exact
 * plate only: a plate that is merely near never gets a card's or the white list's terms.
 */

/** What the registry knows of a plate at this moment. */
export interface PlateFacts {
  readonly black: ListEntry | null;
  readonly white: ListEntry | null;
  readonly cards: readonly Card[];
  /** Cars inside now on the terms of each of those cards, without the car in question. */
  readonly onCard: ReadonlyMap<string, number>;
  readonly bookings: readonly Booking[];
  readonly visitors: readonly Visitor[];
  readonly debts: readonly Debt[];
}

/** A plate that nobody has ever heard of. */
export const UNKNOWN_PLATE: PlateFacts = Object.freeze({
  black: null,
  white: null,
  cards: [],
  onCard: new Map<string, number>(),
  bookings: [],
  visitors: [],
  debts: [],
});

/** Cars standing on each reserved quota. */
export type QuotaCounts = ReadonlyMap<string, number>;

export type TermsObstacle = 'card-expired' | 'card-surplus' | 'quota-full';
export type TermsWarning =
  | 'card-expires-soon'
  | 'card-expired'
  | 'card-surplus'
  | 'card-used-up'
  | 'card-suspended'
  | 'quota-borrowed';

export interface TermsDecision {
  readonly terms: Terms;
  /** A rule says that somebody must look, or that the car may not enter on these terms. */
  readonly obstacle: { readonly kind: TermsObstacle; readonly firm: boolean } | null;
  readonly warnings: readonly TermsWarning[];
}

const plain = (terms: Terms, ...warnings: TermsWarning[]): TermsDecision => ({ terms, obstacle: null, warnings });

/** The terms of a car that enters now. */
export function decideTerms(
  facts: PlateFacts,
  at: EpochMs,
  area: Area | null,
  site: Site,
  quotas: QuotaCounts,
): TermsDecision {
  if (facts.white) return plain({ ...TEMPORARY, kind: 'whitelist', id: facts.white.id });
  if (facts.black?.strategy === 'free') return plain({ ...TEMPORARY, kind: 'free', id: facts.black.id });
  const card = pickCard(facts.cards, at, area, site.rules);
  if (card && usable(card, at, site.rules)) return onCard(card, facts, at, site, quotas);
  const booking = facts.bookings.find((each) => bookingCounts(each, at));
  if (booking)
    return plain({ ...TEMPORARY, kind: 'booking', id: booking.id, coveredFrom: booking.from, coveredTo: booking.to });
  const visitor = facts.visitors.find((each) => visitorCounts(each, at));
  if (visitor) return plain(visitorTerms(visitor, at));
  if (card) return withoutCard(card, at, site.rules);
  const elsewhere = facts.cards.find(
    (each) => each.state === 'active' && each.validFrom <= at && each.areas.length > 0,
  );
  return plain(
    elsewhere ? { ...TEMPORARY, id: elsewhere.id, cardType: elsewhere.type, fallback: 'other-area' } : TEMPORARY,
  );
}

/** The card that speaks for the car: one that is usable now before one that is not. */
function pickCard(cards: readonly Card[], at: EpochMs, area: Area | null, rules: PassageRules): Card | null {
  const here = cards.filter((card) => card.areas.length === 0 || (area !== null && card.areas.includes(area.id)));
  return here.find((card) => usable(card, at, rules)) ?? here.find((card) => card.validFrom <= at) ?? null;
}

function usable(card: Card, at: EpochMs, rules: PassageRules): boolean {
  return card.state === 'active' && card.validFrom <= at && at <= cardEnd(card, rules) && !usedUp(card);
}

const usedUp = (card: Card): boolean =>
  (card.type === 'hours' && card.minutesLeft === 0) || (card.type === 'counted' && card.timesLeft === 0);

function onCard(card: Card, facts: PlateFacts, at: EpochMs, site: Site, quotas: QuotaCounts): TermsDecision {
  const { rules } = site;
  const surplus = (facts.onCard.get(card.id) ?? 0) >= card.spaces;
  if (surplus)
    return {
      terms: { ...TEMPORARY, id: card.id, cardType: card.type, fallback: 'surplus' },
      obstacle: obstacle(rules.surplusCar, 'card-surplus'),
      warnings: ['card-surplus'],
    };
  const soon = card.validTo - at <= rules.cardReminderDays * 86_400_000 ? (['card-expires-soon'] as const) : [];
  const terms: Terms = {
    ...TEMPORARY,
    kind: 'card',
    id: card.id,
    cardType: card.type,
    coveredFrom: FREE_WHILE_VALID.has(card.type) ? card.validFrom : null,
    coveredTo: FREE_WHILE_VALID.has(card.type) ? cardEnd(card, rules) : null,
    quotaId: card.quotaId,
  };
  const quota = site.quotas.find((each) => each.id === card.quotaId);
  if (!quota || (quotas.get(quota.id) ?? 0) < quota.spaces)
    return { terms: quota ? terms : { ...terms, quotaId: null }, obstacle: null, warnings: soon };
  if (rules.quotaFull === 'borrow')
    return { terms: { ...terms, quotaId: null }, obstacle: null, warnings: [...soon, 'quota-borrowed'] };
  if (rules.quotaFull === 'temporary')
    return plain({ ...TEMPORARY, id: card.id, cardType: card.type, fallback: 'quota-full' });
  return {
    terms: { ...terms, quotaId: null },
    obstacle: obstacle(rules.quotaFull, 'quota-full'),
    warnings: soon,
  };
}

/** There is a card, and it does not count: the car is a temporary one, or waits, as the rules say. */
function withoutCard(card: Card, at: EpochMs, rules: PassageRules): TermsDecision {
  const temporary = { ...TEMPORARY, id: card.id, cardType: card.type };
  if (card.state !== 'active') return plain({ ...temporary, fallback: 'suspended' }, 'card-suspended');
  if (usedUp(card)) return plain({ ...temporary, fallback: 'used-up' }, 'card-used-up');
  if (at > cardEnd(card, rules))
    return {
      terms: { ...temporary, fallback: 'expired' },
      obstacle: obstacle(rules.expiredCard, 'card-expired'),
      warnings: ['card-expired'],
    };
  return plain(TEMPORARY);
}

const obstacle = (rule: 'temporary' | 'wait' | 'refuse', kind: TermsObstacle): TermsDecision['obstacle'] =>
  rule === 'temporary' ? null : { kind, firm: rule === 'refuse' };

const bookingCounts = (booking: Booking, at: EpochMs): boolean =>
  booking.state === 'active' &&
  booking.from <= at &&
  at <= booking.to &&
  (booking.passes === 'many' || booking.used === 0);

const visitorCounts = (visitor: Visitor, at: EpochMs): boolean =>
  visitor.state === 'active' && visitor.from <= at && at <= visitor.to && visitor.visitsLeft !== 0;

const visitorTerms = (visitor: Visitor, at: EpochMs): Terms => ({
  ...TEMPORARY,
  kind: 'visitor',
  id: visitor.id,
  // From its entry, however long it stood at the barrier.
  coveredFrom: null,
  coveredTo: visitor.freeMinutes === null ? visitor.to : Math.min(visitor.to, at + visitor.freeMinutes * 60_000),
});

/** What cities are told of the terms: 临时 / 包月 / 共享 / 特殊. */
export function parkingTypeOf(terms: Terms): ParkingType {
  if (terms.kind === 'whitelist' || terms.kind === 'free') return 'special';
  if (terms.kind !== 'card') return 'temporary';
  if (terms.cardType === 'shared-space') return 'shared';
  return terms.cardType !== null && FREE_WHILE_VALID.has(terms.cardType) ? 'monthly' : 'temporary';
}

/** The surplus car of a family takes over the space that the car before it leaves, when that happens soon after its entry. */
export function takesOver(surplus: Stay, card: Card, now: EpochMs, rules: PassageRules): boolean {
  return (
    rules.surplusBecomesFixedMinutes > 0 &&
    surplus.terms.fallback === 'surplus' &&
    surplus.terms.id === card.id &&
    now - surplus.enteredAt <= rules.surplusBecomesFixedMinutes * 60_000
  );
}
