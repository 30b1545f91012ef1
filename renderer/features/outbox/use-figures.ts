import { useEffect } from 'react';
import type { OutboxFigures } from '../../../shared/contract/outbox.ts';
import { useLive } from '../../lib/station/live.ts';
import { useAsk } from '../../office/use-ask.ts';

/** The curve moves on by itself this often; a delivery or a refusal is shown sooner. */
const EVERY_MS = 15_000;
const none: readonly OutboxFigures[] = [];

/** Today's counts and the rate of deliveries, as fresh as the live links say that something changed. */
export function useFigures(): readonly OutboxFigures[] {
  const pulse = useLive((state) =>
    (state.frame?.links ?? []).map((link) => `${link.waiting}/${link.refused}/${link.deliveredToday}`).join(),
  );
  const asked = useAsk(({ outbox }, signal) => outbox.figures(undefined, { signal }), [pulse]);
  const { again } = asked;
  useEffect(() => {
    const timer = setInterval(again, EVERY_MS);
    return () => clearInterval(timer);
  }, [again]);
  return asked.data ?? none;
}
