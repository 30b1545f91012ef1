import { safe } from '@orpc/client';
import { useEffect } from 'react';
import { station } from '../../../lib/station/client.ts';
import { useLive } from '../../../lib/station/live.ts';
import { useSession } from '../../../lib/station/session.ts';
import { useBooth } from '../store.ts';
import { readTries, renewCode } from './charge.ts';
import { usePay } from './pay-store.ts';

/** However soon a code runs out, the next is not asked for sooner. */
const LEAST_MS = 5000;

/** Keeps the channels in line with the station, and puts 扫码收款 away with the bill that it was for. */
export function useFollowedPay(): void {
  const online = useSession((state) => state.link === 'online');
  const appliedAt = useLive((state) => state.events.find(({ kind }) => kind === 'config-applied')?.seq ?? 0);
  const laneId = useBooth((state) => state.laneId);
  const billId = useLive((state) => {
    const lane = state.frame?.lanes.find((each) => each.id === laneId);
    return lane?.phase === 'charging' ? lane.passage?.bill?.id : undefined;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another configuration is why they are read again
  useEffect(() => {
    if (!online) return;
    void safe(Promise.resolve().then(() => station().payments.channels())).then((answer) => {
      if (answer.isSuccess) usePay.setState({ channels: answer.data });
    });
  }, [online, appliedAt]);
  useEffect(() => {
    if (online && billId !== undefined) void readTries(billId);
  }, [online, billId]);
  const shown = usePay((state) => state.shown);
  useEffect(() => {
    if (!online || shown?.text == null || shown.forMs === undefined) return;
    const timer = setTimeout(() => void renewCode(shown), Math.max(LEAST_MS, shown.forMs));
    return () => clearTimeout(timer);
  }, [online, shown]);
  useEffect(() => {
    usePay.setState(({ shown }) => (shown !== null && shown.billId !== billId ? { shown: null } : {}));
  }, [billId]);
}
