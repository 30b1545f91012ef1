import { safe } from '@orpc/client';
import { useEffect } from 'react';
import { create } from 'zustand';
import { station } from '../../../lib/station/client.ts';
import { useLive } from '../../../lib/station/live.ts';
import { useSession } from '../../../lib/station/session.ts';

/** What the booth knows of change that a platform gives. */
export const useChange = create<{
  /** Who gives it; null: change is given in cash only. */
  readonly platform: string | null;
  /** What the code for drivers who come in says. */
  readonly entryPage: string | null;
  /** Orders that wait for their driver. */
  readonly open: number;
}>(() => ({ platform: null, entryPage: null, open: 0 }));

/** The newest row of the journal about a change order: whoever lists them looks again when it moves. */
export const useChangeNews = (): number =>
  useLive((state) => state.events.find(({ kind }) => kind === 'change-order-changed')?.seq ?? 0);

/** Keeps {@link useChange} in line with the station. */
export function useFollowedChange(): void {
  const online = useSession((state) => state.link === 'online');
  const appliedAt = useLive((state) => state.events.find(({ kind }) => kind === 'config-applied')?.seq ?? 0);
  const news = useChangeNews();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another configuration is why they are read again
  useEffect(() => {
    if (!online) return;
    void safe(Promise.resolve().then(() => station().tickets.pages())).then((answer) => {
      if (answer.isSuccess)
        useChange.setState({ platform: answer.data.change?.platform ?? null, entryPage: answer.data.entry });
    });
  }, [online, appliedAt]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: news of an order is why they are counted again
  useEffect(() => {
    if (!online) return;
    void safe(Promise.resolve().then(() => station().changeOrders.list({ state: 'open', page: 1, pageSize: 1 }))).then(
      (answer) => {
        if (answer.isSuccess) useChange.setState({ open: answer.data.total });
      },
    );
  }, [online, news]);
}
