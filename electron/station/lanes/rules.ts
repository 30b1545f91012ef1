import type { Attention } from '../../../shared/contract/lanes.ts';
import type { ListKind } from '../../../shared/domain/list.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { Fee } from '../../../shared/domain/tariff.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';

/**
 * The rule book: who may pass, and on what terms. Pure, and the only place where that is decided; the machine carries out what
 * is said here. Today it knows the plain entry and the plain paid exit, and the two lists. Cards, bookings, full lots, arrears,
 * areas and the strategies of lists belong here when they come.
 */

export interface EntryFacts {
  readonly plate: Plate;
  readonly listed: ListKind | null;
  /** The stay that this plate already has inside, if any. */
  readonly inside: Stay | null;
  /** That stay began at this very lane within the same-plate interval: the camera sees the car again that just went in. */
  readonly enteredHereJustNow: boolean;
}

export type EntryDecision =
  | { readonly kind: 'ignore' }
  /** `closing`: the stay that never left; it is closed as abnormal, visibly, and never billed. */
  | { readonly kind: 'admit'; readonly parkingType: 'temporary' | 'special'; readonly closing: Stay | null }
  | { readonly kind: 'wait'; readonly attention: Attention };

export function decideEntry(facts: EntryFacts): EntryDecision {
  if (!isReadable(facts.plate)) return { kind: 'wait', attention: 'unread-plate' };
  if (facts.enteredHereJustNow) return { kind: 'ignore' };
  if (facts.listed === 'black') return { kind: 'wait', attention: 'blacklisted' };
  return { kind: 'admit', parkingType: facts.listed === 'white' ? 'special' : 'temporary', closing: facts.inside };
}

export interface ExitFacts {
  readonly plate: Plate;
  readonly listed: ListKind | null;
  readonly inside: Stay | null;
  /** When the car stands at the exit, by the wall clock. */
  readonly at: EpochMs;
  /** What the stay costs up to now; null when no tariff knows its class. */
  readonly fee: Fee | null;
}

export type ExitDecision =
  | { readonly kind: 'pass'; readonly how: 'free' | 'whitelist'; readonly stay: Stay; readonly chargeFen: number }
  | { readonly kind: 'charge'; readonly stay: Stay; readonly fee: Fee; readonly dueFen: number }
  | { readonly kind: 'wait'; readonly attention: Attention };

export function decideExit(facts: ExitFacts): ExitDecision {
  if (!isReadable(facts.plate)) return { kind: 'wait', attention: 'unread-plate' };
  if (!facts.inside) return { kind: 'wait', attention: 'no-entry' };
  if (facts.listed === 'white') return { kind: 'pass', how: 'whitelist', stay: facts.inside, chargeFen: 0 };
  // Somebody set the clock while the car was inside: no fee worked out from that is right, not even none.
  if (facts.at < facts.inside.enteredAt) return { kind: 'wait', attention: 'clock-reversed' };
  if (!facts.fee) return { kind: 'wait', attention: 'no-tariff' };
  const dueFen = Math.max(0, facts.fee.feeFen - facts.inside.paidFen);
  if (dueFen === 0) return { kind: 'pass', how: 'free', stay: facts.inside, chargeFen: facts.fee.feeFen };
  return { kind: 'charge', stay: facts.inside, fee: facts.fee, dueFen };
}

/** A plate that can stand for one car: neither missing nor unread. */
export function isReadable(plate: Plate): boolean {
  return plate.text !== '' && plate.kind !== 'unread' && plate.kind !== 'none';
}
