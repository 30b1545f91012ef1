import { useMemo } from 'react';
import { type EventBody, eventBodies } from '../../../../shared/domain/events.ts';
import { useLive } from '../../../lib/station/live.ts';

export type PaidPart = Pick<EventBody<'bill-paid'>, 'billId' | 'method' | 'paidFen'>;

/** What the car on show has paid here so far, the first part in front. */
export function usePaidParts(passageId: string): readonly PaidPart[] {
  const events = useLive((state) => state.events);
  return useMemo(
    () =>
      events
        .flatMap((event) => {
          if (event.kind !== 'bill-paid' || event.passageId !== passageId) return [];
          const told = eventBodies['bill-paid'].safeParse(event.body);
          return told.success ? [told.data] : [];
        })
        .reverse(),
    [events, passageId],
  );
}
