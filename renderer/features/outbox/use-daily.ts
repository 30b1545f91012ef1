import { useEffect } from 'react';
import type { DayState } from '../../../shared/contract/reconciliations.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { useAsk } from '../../office/use-ask.ts';

/** A day is compared in the night, or when somebody begins it and comes back here. */
const EVERY_MS = 30_000;
const none: readonly DayState[] = [];

/** How the newest finished day of each platform stands; nothing for people who may not look. */
export function useDaily(on = ''): readonly DayState[] {
  const look = useSession((state) => may(state.user, 'outbox.look'));
  const { data, again } = useAsk(
    ({ reconciliations }, signal) => (look ? reconciliations.daily(undefined, { signal }) : null),
    [look, on],
  );
  useEffect(() => {
    const timer = setInterval(again, EVERY_MS);
    return () => clearInterval(timer);
  }, [again]);
  return data ?? none;
}
