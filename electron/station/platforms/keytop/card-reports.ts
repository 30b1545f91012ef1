import { z } from 'zod';
import type { EventBody } from '../../../../shared/domain/events.ts';
import type { Card } from '../../../../shared/domain/registry.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { codeOfCardType } from './codes.ts';
import type { KeytopContext } from './context.ts';
import { instant } from './fields.ts';

/** Cards as 3.1 tells of them: all that are in force first, then each that changes. */

export const cardTold = z.strictObject({
  id: z.string().min(1).max(64),
  userName: z.string().max(60),
  telPhone: z.string().max(40),
  carType: z.int().min(0).max(99_999),
  validFrom: instant,
  validTo: instant,
  plates: z.array(z.string().min(1).max(16)).max(50),
  etcNos: z.array(z.string().min(1).max(40)).max(50),
});

/** One card's messages keep their order: no change overtakes its first upload. */
const keyOf = (id: string): string => `card:${id}`;

/** A card that is out of force at `at` (cancelled, suspended, removed) ends then: the interface knows no other way to say so (G22). */
function told(card: Card, at: EpochMs, inForce: boolean): z.output<typeof cardTold> {
  const validTo = inForce ? card.validTo : Math.min(card.validTo, at);
  return {
    ...{ id: card.id, userName: card.owner, telPhone: card.phone, carType: codeOfCardType(card.type) },
    // One that ends before it began never was in force.
    ...{ validFrom: Math.min(card.validFrom, validTo), validTo },
    ...{ plates: [...card.plates], etcNos: [...card.icNumbers] },
  };
}

/** What a stay used of a card, or got back, is nothing that 3.1 tells; a recharge that is given back may shorten the card. */
export function cardReading(
  { change, why, card, uid }: EventBody<'card-changed'>,
  seq: number,
  at: EpochMs,
  { settings }: Pick<KeytopContext, 'settings'>,
) {
  if (why === 'used' || (why === 'returned' && uid !== null)) return undefined;
  const gone = change === 'removed' || card.state === 'cancelled';
  if (gone && settings.readings.deletedCard === 'untold') return undefined;
  return { recordId: String(seq), key: keyOf(card.id), body: told(card, at, !gone && card.state === 'active') };
}

/** A card of the first upload (`card-upload.ts`). */
export const firstReading = (card: Card, whom: string, now: EpochMs) => ({
  recordId: `first-${whom}`,
  key: keyOf(card.id),
  body: told(card, now, true),
});
