import { z } from 'zod';

/**
 * On what terms a car stands inside: decided at the entry, carried by the stay, and the ground of its bill. A change while it
 * is inside (the family's first car left, a card was renewed) is an event of its own.
 */

/** Kinds of cards for internal cars (Keytop appendix 1.1, without 0 temporary and 100 booked, which are terms of their own). */
export const cardTypeSchema = z.enum([
  'vip',
  'monthly',
  'stored-value',
  'hours',
  'owner',
  'counted',
  'guest',
  'staff',
  'coach',
  'shared-space',
]);
export type CardType = z.infer<typeof cardTypeSchema>;

export const termsKindSchema = z.enum([
  /** 临时车 */
  'temporary',
  /** 白名单: pays nothing. */
  'whitelist',
  /** 内部车, on a card of any type. */
  'card',
  /** 预约车 */
  'booking',
  /** 访客车 */
  'visitor',
  /** Let through by a platform or a list entry that says: free passage. */
  'free',
]);
export type TermsKind = z.infer<typeof termsKindSchema>;

export const termsSchema = z.object({
  kind: termsKindSchema,
  /** Id of the card, booking, visitor or list entry. */
  id: z.string().nullable(),
  cardType: cardTypeSchema.nullable(),
  /** Nothing is charged for time in this span; null at an end is open. Both null with kind `temporary`: nothing is covered. */
  coveredFrom: z.int().nullable(),
  coveredTo: z.int().nullable(),
  /** The reserved quota whose space the car takes; null: one of the open spaces. */
  quotaId: z.string().nullable(),
  /** Why a car with a card stands here as temporary: 一位多车 surplus, 过期, 未授权区域 …; null when it does not. */
  fallback: z.enum(['surplus', 'expired', 'suspended', 'other-area', 'used-up', 'quota-full']).nullable(),
});
export type Terms = z.infer<typeof termsSchema>;

/** 临时车: pays for every minute. */
export const TEMPORARY: Terms = Object.freeze({
  kind: 'temporary',
  id: null,
  cardType: null,
  coveredFrom: null,
  coveredTo: null,
  quotaId: null,
  fallback: null,
});

/** Types whose holder pays nothing while the card is valid. The others pay with what the card holds. */
export const FREE_WHILE_VALID: ReadonlySet<CardType> = new Set([
  'vip',
  'monthly',
  'owner',
  'guest',
  'staff',
  'coach',
  'shared-space',
]);
