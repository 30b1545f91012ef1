import { safe } from '@orpc/client';
import { useEffect } from 'react';
import { station } from '../../lib/station/client.ts';
import { useLive } from '../../lib/station/live.ts';
import { useSession } from '../../lib/station/session.ts';
import { useBoothHere } from './booth-shift.ts';
import { useShift } from './store.ts';

const OF_SHIFTS = new Set(['shift-changed', 'paid-out']);
const OF_CASH = new Set([
  'bill-paid',
  'payment-reversed',
  'refund-changed',
  'card-changed',
  'shift-changed',
  'paid-out',
]);

/** Keeps the shifts of this booth, and the rules of the screens, as the station knows them. */
export function useFollowShifts(): void {
  const online = useSession((state) => state.link === 'online' && state.user?.locked !== true);
  const name = useSession((state) => state.user?.name);
  const booth = useBoothHere();
  const ready = useLive((state) => state.frame !== null);
  const round = useShift((state) => state.round);
  const blind = useShift((state) => state.rules.blindCount);
  const news = useLive((state) => state.events.find(({ kind }) => (blind ? OF_SHIFTS : OF_CASH).has(kind))?.seq ?? 0);
  const newRules = useLive((state) => state.events.find(({ kind }) => kind === 'access-changed')?.seq ?? 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the others say when to ask again
  useEffect(() => {
    if (!online || !ready || name === undefined) return;
    let overtaken = false;
    void safe(Promise.resolve().then(() => station().shifts.current({ booth }))).then((answer) => {
      if (!overtaken && answer.isSuccess) useShift.setState(answer.data);
    });
    return () => {
      overtaken = true;
    };
  }, [online, ready, name, booth, round, news]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the others say when to ask again
  useEffect(() => {
    if (!online || name === undefined) return;
    let overtaken = false;
    void safe(Promise.resolve().then(() => station().access.get())).then((answer) => {
      if (!overtaken && answer.isSuccess) useShift.setState({ rules: answer.data });
    });
    return () => {
      overtaken = true;
    };
  }, [online, name, newRules]);
}
