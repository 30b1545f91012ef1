import type { Actor } from '../../../shared/domain/events.ts';
import type { Area, Site } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { TEMPORARY, type Terms } from '../../../shared/domain/terms.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { isReadable } from '../lanes/rules.ts';
import { decideTerms } from '../lanes/terms.ts';
import type { Tx } from '../store/store.ts';
import { by } from './common.ts';

export interface TermsDeps {
  readonly site: Site;
  readonly areas: readonly Area[];
}

/** The terms on which a car would have come in, by the same rules as at a lane; nobody is refused for an entry long past. */
export function termsOf(tx: Tx, deps: TermsDeps, stay: Pick<Stay, 'uid' | 'plate' | 'areaId' | 'enteredAt'>): Terms {
  const { plate, enteredAt, uid } = stay;
  if (!isReadable(plate)) return TEMPORARY;
  const { site, areas } = deps;
  const cards = tx.cards.ofPlate(plate.text);
  const others = (id: string): number =>
    tx.stays.insideOnTerms(id).filter((each) => each.terms.kind === 'card' && each.uid !== uid).length;
  const facts = {
    ...tx.lists.valid(plate, enteredAt),
    cards,
    onCard: new Map(cards.map((card) => [card.id, others(card.id)])),
    bookings: tx.bookings.ofPlate(plate.text, enteredAt),
    visitors: tx.visitors.ofPlate(plate.text, enteredAt),
    debts: [],
  };
  const counts = tx.stays.counts();
  const quotas = new Map(
    site.quotas.map(({ id }) => [
      id,
      counts.filter((count) => count.quotaId === id).reduce((sum, count) => sum + count.cars, 0),
    ]),
  );
  const area = areas.find((each) => each.id === stay.areaId) ?? null;
  return decideTerms(facts, enteredAt, area, site, quotas).terms;
}

/** Counts an entry on a booking or a visit, or takes one back: `visits` is 1 or -1. */
export function countVisit(tx: Tx, terms: Terms, visits: 1 | -1, uid: string, at: EpochMs, actor: Actor): void {
  if (terms.id === null) return;
  const frame = by(actor, uid);
  const booking = terms.kind === 'booking' ? tx.bookings.get(terms.id) : undefined;
  if (booking) {
    const changed = { ...booking, used: Math.max(0, booking.used + visits), updatedAt: at };
    tx.record({ kind: 'booking-changed', ...frame, body: { change: 'updated', booking: changed } });
  }
  const visitor = terms.kind === 'visitor' ? tx.visitors.get(terms.id) : undefined;
  if (visitor && visitor.visitsLeft !== null) {
    const changed = { ...visitor, visitsLeft: Math.max(0, visitor.visitsLeft - visits), updatedAt: at };
    tx.record({ kind: 'visitor-changed', ...frame, body: { change: 'updated', visitor: changed } });
  }
}
