import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { listEntrySchema, listKindSchema } from '../../../../shared/domain/list.ts';
import {
  agreementSchema,
  bookingSchema,
  cardSchema,
  couponSchema,
  debtSchema,
  visitorSchema,
} from '../../../../shared/domain/registry.ts';
import { ListStore } from '../list-store.ts';
import { AgreementStore, BookingStore, CardStore, CouponStore, DebtStore, VisitorStore } from '../registry-stores.ts';

/** What a table of the registry is narrowed to; each table looks at what it knows. */
export const registryFilterSchema = z.object({
  /** Any part of a plate, as `normalisePlateText` writes it. */
  plate: z.string().optional(),
  text: z.string().optional(),
  list: listKindSchema.optional(),
  type: z.string().optional(),
  state: z.string().optional(),
  merchantId: z.string().optional(),
  endsBefore: z.int().optional(),
  endsAfter: z.int().optional(),
  offset: z.int().min(0),
  limit: z.int().min(1).max(500),
});
export type RegistryFilter = z.infer<typeof registryFilterSchema>;

/** The tables, and what a page of each holds. */
export const registryPages = {
  lists: z.object({ items: z.array(listEntrySchema), total: z.int() }),
  cards: z.object({ items: z.array(cardSchema), total: z.int() }),
  bookings: z.object({ items: z.array(bookingSchema), total: z.int() }),
  visitors: z.object({ items: z.array(visitorSchema), total: z.int() }),
  coupons: z.object({ items: z.array(couponSchema), total: z.int() }),
  debts: z.object({ items: z.array(debtSchema), total: z.int() }),
  agreements: z.object({ items: z.array(agreementSchema), total: z.int() }),
} as const;

export const registryTableSchema = z.enum(['lists', 'cards', 'bookings', 'visitors', 'coupons', 'debts', 'agreements']);
export type RegistryTable = z.infer<typeof registryTableSchema>;

export interface RegistryPage {
  readonly items: readonly unknown[];
  readonly total: number;
}

/** Searches of the registry: fifty thousand cards take tens of milliseconds, which no car should wait for. */
export function registrySearch(db: Database): (table: RegistryTable, filter: RegistryFilter) => RegistryPage {
  const stores: Readonly<Record<RegistryTable, { search(filter: RegistryFilter): RegistryPage }>> = {
    lists: new ListStore(db),
    cards: new CardStore(db),
    bookings: new BookingStore(db),
    visitors: new VisitorStore(db),
    coupons: new CouponStore(db),
    debts: new DebtStore(db),
    agreements: new AgreementStore(db),
  };
  return (table, filter) => stores[table].search(filter);
}
