import type { ListKind, ListStrategy } from '../../../../shared/domain/list.ts';
import type { ShenzhenSettings } from './config.ts';

/** What the city's words about a list entry (6.3.18) mean here. */

export const listOf = (blacklistType: 1 | 2): ListKind => (blacklistType === 1 ? 'white' : 'black');

/** outInType: 0 may not drive in, so that a person decides at the barrier · 1 may drive in: what then, the settings say. */
export const strategyOf = (
  outInType: 0 | 1,
  { lists }: Pick<ShenzhenSettings, 'lists'>,
): Extract<ListStrategy, 'no-entry' | 'no-exit' | 'warn'> => (outInType === 0 ? 'no-entry' : lists.entryAllowed);
