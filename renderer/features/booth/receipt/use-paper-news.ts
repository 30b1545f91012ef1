import { useEffect, useRef } from 'react';
import { type EventBody, eventBodies } from '../../../../shared/domain/events.ts';
import { useLive } from '../../../lib/station/live.ts';
import { shownLane } from '../store.ts';
import { sayOfPrinter } from './say.ts';

/** A receipt or a change ticket that should have come by itself and did not: the strip says so once, for a driver who waits for it. What a person asked for says so itself. */
export function usePaperNews(): void {
  const newest = useLive((state) => state.events[0]?.seq ?? 0);
  /** What was told by then, or before this window looked. */
  const known = useRef<number | null>(null);
  useEffect(() => {
    const before = known.current ?? Number.POSITIVE_INFINITY;
    known.current = newest;
    const { events, frame } = useLive.getState();
    const booth = shownLane()?.booth;
    const isHere = (laneId: string | null): boolean =>
      booth === undefined || frame?.lanes.find(({ id }) => id === laneId)?.booth === booth;
    for (const { seq, kind, laneId, body } of events) {
      if (seq <= before) break;
      const failed = kind === 'receipt-printed' && isHere(laneId) ? failedByItself(body) : undefined;
      if (!failed) continue;
      const [missing, doubtful] =
        failed.what === 'change'
          ? (['receiptMissingChange', 'receiptDoubtfulChange'] as const)
          : (['receiptMissing', 'receiptDoubtful'] as const);
      const key = failed.outcome === 'refused' ? missing : doubtful;
      return sayOfPrinter({ tone: 'problem', key, params: { detail: failed.detail }, moneyAct: false });
    }
  }, [newest]);
}

function failedByItself(body: unknown): EventBody<'receipt-printed'> | undefined {
  const read = eventBodies['receipt-printed'].safeParse(body);
  return read.success && read.data.automatic && read.data.outcome !== 'done' ? read.data : undefined;
}
