import { type Attention, attentionSchema, type Warning } from '../../../shared/contract/lanes.ts';
import type { PassageRules } from '../../../shared/domain/passage-rules.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Card, Debt } from '../../../shared/domain/registry.ts';
import type { Area, Site, Spaces } from '../../../shared/domain/site.ts';
import type { Doubt, Stay } from '../../../shared/domain/stay.ts';
import type { Terms } from '../../../shared/domain/terms.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { type Account, settledFen } from '../payments/bills.ts';
import { reviewedLately } from '../payments/review.ts';
import { decideTerms, type PlateFacts, type QuotaCounts } from './terms.ts';

/**
 * The rule book: who may pass, and on what terms. Pure, and the only place where that is decided; the machine carries out what
 * is said here. Each rule that stops a car names an attention; what a person has approved of this very passage stops it no more.
 */

/** A car that must wait for a person. `firm`: only with a reason, because a rule forbids it or money is at risk. */
export interface Wait {
  readonly kind: 'wait';
  readonly attention: Attention;
  readonly firm: boolean;
  readonly warnings: readonly Warning[];
}

/** A platform has the word at this lane, and has not spoken yet. */
export interface Ask {
  readonly kind: 'ask';
  readonly warnings: readonly Warning[];
}

/** What stops no car where a platform has the word alone. */
export const EVERYTHING: readonly Attention[] = attentionSchema.options;

const wait = (attention: Attention, firm = false, warnings: readonly Warning[] = []): Wait => ({
  kind: 'wait',
  attention,
  firm,
  warnings,
});

export interface EntryFacts {
  readonly plate: Plate;
  /** Of a car without a plate: what it scanned, or the virtual plate it was given. */
  readonly identity: string | null;
  /** The stay that this car already has inside, if any. */
  readonly inside: Stay | null;
  /** That stay began at this very lane within the same-plate interval: the camera sees the car again that just went in. */
  readonly enteredHereJustNow: boolean;
  readonly at: EpochMs;
  readonly registry: PlateFacts;
  readonly site: Site;
  readonly area: Area | null;
  readonly spaces: Spaces;
  readonly vehicleClass: VehicleClass;
  /** Cars of that class inside. */
  readonly classInside: number;
  /** Cars in the area that the lane leads into. */
  readonly areaInside: number;
  readonly quotas: QuotaCounts;
  readonly approved: readonly Attention[];
  readonly held: boolean;
  readonly hasAuthority: boolean;
}

export type EntryDecision =
  | { readonly kind: 'ignore' }
  /** `closing`: the stay that never left; it is closed as abnormal, visibly, and never billed. */
  | {
      readonly kind: 'admit';
      readonly terms: Terms;
      readonly closing: Stay | null;
      readonly warnings: readonly Warning[];
      /** Give the car a virtual plate. */
      readonly unlicensed: boolean;
    }
  /** Into an area inside this car park, or back from it: the stay goes on. */
  | { readonly kind: 'cross'; readonly stay: Stay; readonly warnings: readonly Warning[] }
  | Wait
  | Ask;

export function decideEntry(facts: EntryFacts): EntryDecision {
  const { site, registry } = facts;
  const { rules } = site;
  // Under a held arm the car is in already: it is written down as what it is, and no rule can stop it any more.
  const passes = (attention: Attention): boolean => facts.held || facts.approved.includes(attention);
  const asks = facts.hasAuthority && !passes('remote-refused');
  const unlicensed = facts.identity === null && !isReadable(facts.plate);
  const mayEnter = facts.plate.kind === 'none' && rules.unlicensed === 'admit';
  if (unlicensed && !mayEnter && !facts.approved.includes('unlicensed'))
    return wait(facts.plate.kind === 'none' ? 'unlicensed' : 'unread-plate');
  if (facts.enteredHereJustNow) return { kind: 'ignore' };

  const strategy = registry.black?.strategy;
  const barred = strategy === 'no-entry' || strategy === 'neither';
  if (barred && !passes('blacklisted')) return wait('blacklisted', true);
  const listed: Warning[] = barred || strategy === 'warn' ? ['listed'] : [];
  const owing = registry.debts.length > 0;
  // What a card, a debt or a full lot means was asked at the outer entrance; between two areas the stay goes on.
  const crossing = facts.area?.parent === undefined ? null : facts.inside;
  const intercepted = registry.debts.some((debt) => debt.intercept === 'entry' || debt.intercept === 'both');
  if (intercepted && !crossing && !passes('arrears')) return wait('arrears', true, listed);

  const decided = decideTerms(registry, facts.at, facts.area, site, facts.quotas);
  const warnings: Warning[] = [...listed, ...(owing ? (['owing'] as const) : []), ...decided.warnings];
  if (decided.obstacle && !crossing && !passes(decided.obstacle.kind))
    return wait(decided.obstacle.kind, decided.obstacle.firm, warnings);

  const closed = facts.area?.access === 'cards' && decided.terms.kind === 'temporary' && !isGuest(crossing, facts.at);
  if (closed && !passes('area-closed')) return wait('area-closed', true, warnings);
  const moves = crossing !== null && crossing.areaId !== facts.area?.id;
  const areaFull = moves && facts.area !== null && facts.area.spaces > 0 && facts.areaInside >= facts.area.spaces;
  const inner = areaFull ? rules.full[facts.vehicleClass] : 'admit';
  if (inner !== 'admit' && !passes('lot-full')) return wait('lot-full', inner === 'refuse', warnings);
  if (crossing) return asks ? { kind: 'ask', warnings } : { kind: 'cross', stay: crossing, warnings };

  const full = fullness(decided.terms, facts, rules);
  if (full !== 'admit' && !passes('lot-full')) return wait('lot-full', full === 'refuse', warnings);
  const confirm = decided.terms.kind === 'temporary' ? rules.confirm.temporaryEntry : rules.confirm.cardEntry;
  if (confirm && !passes('confirm')) return wait('confirm', false, warnings);
  if (asks) return { kind: 'ask', warnings };
  return { kind: 'admit', terms: decided.terms, closing: facts.inside, warnings, unlicensed };
}

/** Booked or expected, and still in its time: the entry used the visit up, so that the registry no longer tells. */
function isGuest(stay: Stay | null, at: EpochMs): boolean {
  if (stay?.terms.kind !== 'booking' && stay?.terms.kind !== 'visitor') return false;
  return stay.terms.coveredTo === null || at <= stay.terms.coveredTo;
}

/** Whether the car finds a space. Only cars that take an open one are asked; a car that is counted inside already takes no new one. */
function fullness(terms: Terms, facts: EntryFacts, rules: PassageRules): 'admit' | 'wait' | 'refuse' {
  if (terms.kind !== 'temporary' || facts.inside) return 'admit';
  const limit = rules.classSpaces[facts.vehicleClass];
  const full = facts.spaces.free <= 0 || (limit !== undefined && facts.classInside >= limit);
  return full ? rules.full[facts.vehicleClass] : 'admit';
}

export interface ExitFacts {
  readonly plate: Plate;
  readonly identity: string | null;
  readonly inside: Stay | null;
  /** When the car stands at the exit, by the wall clock. */
  readonly at: EpochMs;
  /** What the stay comes to now; null when no tariff knows its class, or there is no stay. */
  readonly account: Account | null;
  /** Somebody else prices every stay: without an account they are asked. */
  readonly pricedOutside: boolean;
  /** The card that the stay is on, as it is now. */
  readonly card: Card | null;
  readonly registry: PlateFacts;
  readonly site: Site;
  readonly area: Area | null;
  /** Doubts about the stay that nobody has looked at. */
  readonly doubts: readonly Doubt[];
  /** Stays whose plates are near the one that was read, the nearest first; looked up only when no stay has the plate itself. */
  readonly candidates: readonly NearStay[];
  /** The one among them that may be accepted alone: unambiguous, and a temporary car. */
  readonly unambiguous: Stay | null;
  /** This plate left a moment ago: what is read now may be another car, or the exit was feigned. */
  readonly leftJustNow: Stay | null;
  readonly held: boolean;
  readonly approved: readonly Attention[];
  /** Whether a platform has the word here, and whose fee counts once it said: open. */
  readonly authority: 'none' | 'platform-fees' | 'local-fees';
}

/** A stay whose plate is near the one that was read (see `shared/domain/plate-match.ts`). */
export interface NearStay {
  readonly uid: string;
  readonly plate: string;
  readonly cost: number;
}

export type ExitDecision =
  | {
      readonly kind: 'pass';
      /** paid: inside, before it came here, and still in time. */
      readonly how: 'free' | 'whitelist' | 'covered' | 'paid' | 'held-open' | 'remote';
      readonly stay: Stay;
      readonly account: Account | null;
      readonly warnings: readonly Warning[];
    }
  | {
      readonly kind: 'charge';
      readonly stay: Stay;
      readonly account: Account;
      readonly warnings: readonly Warning[];
    }
  /** The car is the one of `stay`, though its plate was read a little differently. */
  | { readonly kind: 'matched'; readonly stay: Stay }
  | { readonly kind: 'cross'; readonly stay: Stay; readonly warnings: readonly Warning[] }
  /** Somebody else prices the stay, and has not done so yet. */
  | { readonly kind: 'price'; readonly stay: Stay; readonly warnings: readonly Warning[] }
  | Wait
  | Ask;

export function decideExit(facts: ExitFacts): ExitDecision {
  const { approved, registry, inside } = facts;
  const named = facts.identity !== null || isReadable(facts.plate);
  if (!named && !inside) return wait(facts.plate.kind === 'none' ? 'unlicensed' : 'unread-plate');
  const strategy = registry.black?.strategy;
  const stopped = strategy === 'no-exit' || strategy === 'neither';
  if (stopped && !facts.held && !approved.includes('blacklisted')) return wait('blacklisted', true);
  const warnings: Warning[] = strategy === 'warn' ? ['listed'] : [];
  if (endsSoon(facts)) warnings.push('card-expires-soon');
  if (!inside) return unknownCar(facts);

  const outer = facts.area?.parent;
  if (outer !== undefined) {
    return remoteOr(facts, { kind: 'cross', stay: inside, warnings });
  }
  const account = facts.authority === 'platform-fees' ? null : facts.account;
  if (facts.held) return { kind: 'pass', how: 'held-open', stay: inside, account, warnings };
  if (isFreeByList(registry, inside))
    return remoteOr(facts, { kind: 'pass', how: 'whitelist', stay: inside, account: null, warnings });
  // Where the platform prices and collects, its word is the whole answer.
  if (facts.authority === 'platform-fees')
    return remoteOr(facts, { kind: 'pass', how: 'remote', stay: inside, account: null, warnings });
  // Somebody set the clock while the car was inside: no fee worked out from that is right, not even none.
  if (facts.at < inside.enteredAt) return wait('clock-reversed');
  if (!account && facts.pricedOutside) return withoutPrice(facts, inside, warnings);
  if (!account) return wait('no-tariff');
  return money(facts, inside, account, warnings);
}

/** White-listed, or let through free by the list: nobody prices such a stay. */
export const isFreeByList = ({ white, black }: Pick<PlateFacts, 'white' | 'black'>, { terms }: Stay): boolean =>
  white !== null || terms.kind === 'whitelist' || black?.strategy === 'free';

/** What stops the car whatever it comes to is said before anybody is asked for the price. */
function withoutPrice({ registry, approved }: ExitFacts, stay: Stay, warnings: readonly Warning[]): ExitDecision {
  if (registry.debts.some(stopsAtExit) && !approved.includes('arrears'))
    return wait('arrears', false, [...warnings, 'owing']);
  return { kind: 'price', stay, warnings };
}

/** The driver is reminded on the way out, too: that is when there is time to renew. */
function endsSoon({ card, inside, at, site }: ExitFacts): boolean {
  if (!card || inside?.terms.kind !== 'card') return false;
  const left = card.validTo - at;
  return left >= 0 && left <= site.rules.cardReminderDays * 86_400_000;
}

function unknownCar(facts: ExitFacts): ExitDecision {
  if (facts.unambiguous && facts.site.rules.nearMatch === 'alone') return { kind: 'matched', stay: facts.unambiguous };
  if (facts.candidates.length > 0) return wait('near-match');
  return wait(facts.leftJustNow ? 'seen-again' : 'no-entry');
}

/** The stay is known and can be priced: may the bill be shown, and is there one? */
function money(facts: ExitFacts, stay: Stay, account: Account, before: readonly Warning[]): ExitDecision {
  const { approved, registry } = facts;
  const { rules } = facts.site;
  const owing = registry.debts.length > 0;
  const warnings: Warning[] = [...before, ...(owing ? (['owing'] as const) : [])];
  const intercepted = registry.debts.some(stopsAtExit);
  if (intercepted && !approved.includes('arrears')) return wait('arrears', false, warnings);
  if (account.dueFen > 0 && facts.doubts.length > 0 && !approved.includes('doubtful'))
    return wait('doubtful', false, warnings);
  // Who typed when the car came in settled that doubt, and has not seen yet what it comes to.
  const typed = stay.doubts.some(({ kind, at }) => kind === 'no-entry' && at === stay.reviewedAt);
  const checked = approved.includes('amount-check') || (!typed && reviewedLately(stay, facts.at));
  if (rules.verifyAboveFen > 0 && account.dueFen > rules.verifyAboveFen && !checked)
    return wait('amount-check', false, warnings);
  // A debt that stops nothing waits for a bill; the others are paid before the car goes, with a bill or without.
  const due = account.dueFen > 0 || intercepted;
  const settled = settledFen(stay) > 0;
  const ask = stay.terms.kind === 'temporary' ? rules.confirm.freeExit && !settled : rules.confirm.cardExit;
  const confirm = ask && !due;
  if (confirm && !approved.includes('confirm')) return wait('confirm', false, warnings);
  if (due) return remoteOr(facts, { kind: 'charge', stay, account, warnings });
  const covered = stay.terms.kind !== 'temporary' && account.chargeFen === 0;
  const how = settled ? 'paid' : covered ? 'covered' : 'free';
  return remoteOr(facts, { kind: 'pass', how, stay, account, warnings });
}

/** Where a platform has the word, it is asked before anything is decided. */
function remoteOr(facts: ExitFacts, decision: ExitDecision & { readonly warnings: readonly Warning[] }): ExitDecision {
  const settled = facts.authority === 'none' || facts.held || facts.approved.includes('remote-refused');
  return settled ? decision : { kind: 'ask', warnings: decision.warnings };
}

/** Whether a debt stops its car at an exit until it is paid. */
export const stopsAtExit = ({ intercept }: Pick<Debt, 'intercept'>): boolean =>
  intercept === 'exit' || intercept === 'both';

/** A plate that can stand for one car: neither missing nor unread. */
export function isReadable(plate: Plate): boolean {
  return plate.text !== '' && plate.kind !== 'unread' && plate.kind !== 'none';
}
