import type { ListEntry, ListKind, ListStrategy } from '../../../../shared/domain/list.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { NO_END } from '../../registry/lists.ts';
import type { ShenzhenSettings } from './config.ts';

/** What the city's words about a list entry (6.3.18) mean here. */

export const listOf = (blacklistType: 1 | 2): ListKind => (blacklistType === 1 ? 'white' : 'black');

/** outInType: 0 may not drive in, so that a person decides at the barrier · 1 may drive in: what then, the settings say. */
export const strategyOf = (
  outInType: 0 | 1,
  { lists }: Pick<ShenzhenSettings, 'lists'>,
): Extract<ListStrategy, 'no-entry' | 'no-exit' | 'warn'> => (outInType === 0 ? 'no-entry' : lists.entryAllowed);

/**
 * When an entry counts that is added. Without a beginning it counts from now on, unless it does already; without an end it has none. A
 * change leaves what it does not name.
 */
export function spanOf(
  given: { readonly startDate?: EpochMs | undefined; readonly endDate?: EpochMs | undefined },
  existing: ListEntry | undefined,
  { adding, now }: { readonly adding: boolean; readonly now: EpochMs },
): { readonly validFrom?: EpochMs | undefined; readonly validTo?: EpochMs | undefined } {
  const { startDate, endDate } = given;
  if (!adding && existing) return { validFrom: startDate, validTo: endDate };
  const counts = existing !== undefined && existing.validFrom <= now && now <= existing.validTo;
  const validTo = endDate ?? NO_END;
  const validFrom = startDate ?? (counts ? existing.validFrom : Math.min(Math.floor(now / 1000) * 1000, validTo));
  return { validFrom, validTo };
}
