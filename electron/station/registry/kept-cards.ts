import type { Actor } from '../../../shared/domain/events.ts';
import type { Fen } from '../../../shared/domain/money.ts';
import type { Card } from '../../../shared/domain/registry.ts';
import type { CardType } from '../../../shared/domain/terms.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Tx } from '../store/store.ts';
import { collectedNumber, collectIn, TOUCHING_MS } from './card-collected.ts';
import type { CardChange, Cards } from './cards.ts';
import type { RegistryDeps } from './common.ts';

interface Period {
  readonly validFrom: EpochMs;
  readonly validTo: EpochMs;
}

/** A card as a platform keeps it: the whole of it each time, whatever of it changed. */
interface KeptCard extends Omit<CardChange, 'number' | 'type' | 'validFrom' | 'validTo'> {
  /** The platform's own. */
  readonly id: string;
  /** By which people know it, unless another card has that number. */
  readonly number: string;
  /** Of a new card; one that is there keeps its own, unless it is told which. */
  readonly type: CardType;
  readonly retype: boolean;
  readonly plates: readonly string[];
  readonly period: Period;
  /** What the platform was paid for this period. */
  readonly paidFen: Fen;
  /** A later period that touches that of the card is joined to it, so that no day that was paid for is lost. */
  readonly join: boolean;
}

/** Cards that a platform sells and keeps. */
export class KeptCards {
  readonly #deps: RegistryDeps;
  readonly #cards: Cards;

  constructor(deps: RegistryDeps, cards: Cards) {
    this.#deps = deps;
    this.#cards = cards;
  }

  /**
   * Makes the card what the platform says that it is, in use. Its plates may stand on other cards as well: a card may be renewed under
   * another id. What was paid is booked once for each period, and only for one that ends later than what the card had.
   */
  keep(given: KeptCard, actor: Actor): Card {
    const { id, number, type, retype, plates, period, paidFen, join, ...fields } = given;
    const cards = this.#cards;
    cards.refuseWhileImporting();
    return this.#deps.store.write((tx) => {
      const before = tx.cards.get(id);
      const all = { how: 'set', plates, share: true } as const;
      if (before) {
        cards.changeIn(tx, id, { ...fields, ...(retype && { type }) }, all, actor, 'edited');
        cards.suspendIn(tx, id, false, '', actor);
      } else {
        const free = tx.cards.byNumber(number) ? undefined : number;
        cards.createIn(tx, { ...fields, ...period, id, type, plates, number: free, share: true }, actor, 'edited');
      }
      const orderNo = `${period.validFrom}-${period.validTo}`;
      const booked = tx.cards.order(collectedNumber(actor, id, orderNo)) !== undefined;
      const longer = before === undefined || before.validTo < period.validTo;
      const sold = longer ? joined(before, period, join, this.#deps.clock.now()) : period;
      if (longer && !booked && (before || paidFen > 0)) return this.#book(tx, id, { ...sold, paidFen, orderNo }, actor);
      // That of a renewal that was joined to what the card had.
      if (before && booked && join && before.validTo === period.validTo && before.validFrom <= period.validFrom)
        return cards.get(tx, id);
      return cards.changeIn(tx, id, sold, all, actor, 'edited') ?? cards.get(tx, id);
    });
  }

  #book(tx: Tx, id: string, sale: Period & { readonly paidFen: Fen; readonly orderNo: string }, actor: Actor): Card {
    return collectIn(tx, this.#deps.clock, id, { ...sale, join: false, repeatMs: 0 }, actor);
  }
}

function joined(before: Card | undefined, period: Period, join: boolean, now: EpochMs): Period {
  const touches =
    before !== undefined && now <= before.validTo && period.validFrom <= before.validTo + TOUCHING_MS && join;
  return touches ? { ...period, validFrom: Math.min(before.validFrom, period.validFrom) } : period;
}
