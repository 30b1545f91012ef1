import { z } from 'zod';
import type { ListKind, ListStrategy } from '../../../shared/domain/list.ts';
import { normalisePlateText } from '../../../shared/domain/plates.ts';
import { cardSchema } from '../../../shared/domain/registry.ts';
import { cardTypeSchema } from '../../../shared/domain/terms.ts';
import { fromRfc3339, timestampSchema } from '../../../shared/domain/time.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Log } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';
import type { Cards } from './cards.ts';
import { type Lists, NO_END } from './lists.ts';

const PROVISION = { kind: 'station', name: 'provision' } as const;

interface SeedEntry {
  readonly list: ListKind;
  readonly plate: string;
  readonly strategy?: ListStrategy | undefined;
  readonly validFrom?: string | undefined;
  readonly validTo?: string | undefined;
  readonly remark?: string | undefined;
}

/** Entries that a provision file brings. What stands on a list already was changed since, or came from a platform: it stays. */
export function seedLists(lists: Lists, store: Store, entries: readonly SeedEntry[]): void {
  for (const entry of entries) {
    if (store.read.lists.find(entry.list, normalisePlateText(entry.plate))) continue;
    lists.put(
      {
        list: entry.list,
        plate: entry.plate,
        strategy: entry.strategy,
        remark: entry.remark,
        validFrom: entry.validFrom === undefined ? 0 : fromRfc3339(entry.validFrom),
        validTo: entry.validTo === undefined ? undefined : fromRfc3339(entry.validTo),
      },
      PROVISION,
    );
  }
}

const { shape } = cardSchema;

/** A card that a provision file brings, known by its number. */
export const seedCardSchema = z.strictObject({
  number: shape.number,
  type: cardTypeSchema,
  plates: shape.plates.min(1),
  spaces: shape.spaces.optional(),
  areas: shape.areas.optional(),
  quotaId: shape.quotaId.optional(),
  vehicleClass: shape.vehicleClass.optional(),
  validFrom: timestampSchema.optional(),
  validTo: timestampSchema.optional(),
  balanceFen: shape.balanceFen.optional(),
  minutesLeft: shape.minutesLeft.optional(),
  timesLeft: shape.timesLeft.optional(),
  owner: shape.owner.optional(),
  phone: shape.phone.optional(),
  remark: shape.remark.optional(),
  sharePlates: z.boolean().optional().describe('Its plates may stand on other cards as well'),
});
type SeedCard = z.output<typeof seedCardSchema>;

/**
 * Cards that a provision file brings. One that is there was changed, recharged or cancelled since: it stays. One that contradicts
 * what is there (its plate went to another card) is left out and said so: that is no reason not to open the gates.
 */
export function seedCards(cards: Cards, store: Store, entries: readonly SeedCard[], log: Log): void {
  for (const { sharePlates, ...entry } of entries) {
    if (store.read.cards.byNumber(entry.number)) continue;
    const card = {
      ...entry,
      validFrom: entry.validFrom === undefined ? 0 : fromRfc3339(entry.validFrom),
      validTo: entry.validTo === undefined ? NO_END : fromRfc3339(entry.validTo),
      share: sharePlates,
    };
    try {
      cards.create(card, PROVISION);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      log.warn('a card of the provision file was left out', { number: entry.number, reason: error.message });
    }
  }
}
