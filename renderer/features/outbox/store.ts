import { create } from 'zustand';
import type { MessageStatus } from '../../../shared/contract/outbox.ts';
import type { PlatformId } from '../../../shared/domain/site.ts';

export interface OutboxFilter {
  readonly platform: PlatformId | null;
  readonly status: MessageStatus | null;
  /** Uid of a stay; empty means all. */
  readonly key: string;
  readonly page: number;
  readonly pageSize: number;
}

export const noFilter: OutboxFilter = { platform: null, status: null, key: '', page: 1, pageSize: 50 };

/** The filter outlives the screen, so that a look at the booth does not lose the place. */
export const useOutboxFilter = create<OutboxFilter>(() => noFilter);

/** Changing what is looked for starts at the first page again. */
export function setFilter(change: Partial<OutboxFilter>): void {
  useOutboxFilter.setState({ page: 1, ...change });
}
